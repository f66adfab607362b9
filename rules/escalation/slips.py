"""The phiếu trình that a leader has signed: what the secretariat has to say of it to record a decision by it.

Source: the issue of accounts, section 3: many leaders will never sign in; what they sign has the force of
their own answer.
"""

from dataclasses import dataclass
from datetime import date

from rules.refusal import NotAllowed
from rules.text.incoming import cleaned

#: The kinds of file that a scan is.
SCANS = frozenset({"pdf", "png", "jpg", "tif"})
MOST_OF_A_NUMBER = 60
MOST_OF_A_NAME = 120


@dataclass(frozen=True, slots=True)
class Slip:
    """A signed slip: its number and symbol (45/PTr-VP), the name of who signed it, and the day."""

    number: str
    signed_by: str
    signed_on: date


def checked_slip(number: str, signed_by: str, signed_on: date | None, today: date) -> Slip:
    """The slip as it is kept. Raises NotAllowed, which names the field."""
    if signed_on is None:
        raise NotAllowed("Chưa ghi ngày ký phiếu trình.")
    if signed_on > today:
        raise NotAllowed(
            f"Ngày ký phiếu trình {signed_on:%d/%m/%Y} chưa tới; hôm nay là ngày {today:%d/%m/%Y}."
        )
    number = _line(number, "số phiếu trình", MOST_OF_A_NUMBER)
    return Slip(number, _line(signed_by, "họ tên người ký phiếu trình", MOST_OF_A_NAME), signed_on)


def check_scan(name: str, suffix: str) -> None:
    """Whether a file may be the scan of a signed paper. Raises NotAllowed."""
    if suffix not in SCANS:
        raise NotAllowed(f"Tệp «{name}» không phải bản chụp phiếu trình đã ký: hãy gửi tệp PDF hoặc ảnh.")


def _line(typed: str, what: str, most: int) -> str:
    text = " ".join(cleaned(typed).split())
    if not text:
        raise NotAllowed(f"Chưa ghi {what}.")
    if len(text) > most:
        raise NotAllowed(f"{what[0].upper()}{what[1:]} dài {len(text)} ký tự, tối đa {most}.")
    return text
