"""A công văn đôn đốc: which tasks it names on a day, and what may be written on it.

Source: design of follow-up, "Reminders and urging"; the form of the number, day and signature is that
of Nghị định 30/2020/NĐ-CP. A paper names what its body still owed, late, on the day of issue.
"""

import re
from datetime import date

from rules.people.bodies import ended_by
from rules.refusal import Refusal
from rules.text.gaps import gaps
from rules.text.incoming import unseen
from rules.text.stacked_marks import composed
from rules.vocabulary import AWAITED, TaskStatus

MOST_CHARACTERS = 60
_MOST_OF_AN_OFFICE = 120
#: 512/UBND-TH, 15/VP-KGVX, 7a/2022/BCĐ-VP; people also type "Số:" in front and blanks around the strokes.
_NUMBER = re.compile(r"\d{1,6}[a-zđ]?(?:/(?:\w|[&.])+(?:[-–](?:\w|[&.])+)*)+", re.IGNORECASE)
_LABEL = re.compile(gaps(r"^số\s*:?\s*"), re.IGNORECASE)


class WrongEntry(Refusal):
    """What was typed cannot stand on a paper; the message is Vietnamese."""


def why_left_out(
    status: TaskStatus, due_on: date | None, day: date, ends_on: date | None = None
) -> str | None:
    """Why a paper of ``day`` does not name the task, in Vietnamese; None if it does.

    ``ends_on`` is the last day of its body: from then on no paper goes there.
    """
    if ends_on is not None and ended_by(ends_on, day):
        return f"cơ quan kết thúc hoạt động ngày {ends_on:%d/%m/%Y}, nhiệm vụ phải chuyển giao"
    if status not in AWAITED:
        return f"nhiệm vụ ở trạng thái «{status.label}»"
    if due_on is None:
        return "nhiệm vụ không còn thời hạn"
    return f"thời hạn mới là ngày {due_on:%d/%m/%Y}" if due_on >= day else None


def paper_number(typed: str) -> str:
    """The number and symbol as kept: 512/UBND-TH. Raises WrongEntry."""
    number = re.sub(gaps(r"\s*([/\-–])\s*"), r"\1", _LABEL.sub("", _one_line(typed, "Số, ký hiệu công văn")))
    if len(number) > MOST_CHARACTERS or not _NUMBER.fullmatch(number):
        raise WrongEntry(f"Số, ký hiệu «{number[:MOST_CHARACTERS]}» không hợp lệ; ví dụ: 512/UBND-TH.")
    return number


def signatory(typed: str) -> str:
    """The office of the one who signs, as kept. Raises WrongEntry."""
    office = _one_line(typed, "Chức vụ người ký")
    if len(office) > _MOST_OF_AN_OFFICE:
        raise WrongEntry(f"Chức vụ người ký dài {len(office)} ký tự, tối đa {_MOST_OF_AN_OFFICE}.")
    return office


def check_issue_day(day: date, prepared_on: date, today: date) -> None:
    """Raises WrongEntry for a day before the paper was prepared, or one that has not come yet."""
    if day < prepared_on:
        raise WrongEntry(
            f"Ngày ban hành {day:%d/%m/%Y} ở trước ngày chuẩn bị công văn ({prepared_on:%d/%m/%Y})."
        )
    if day > today:
        raise WrongEntry(f"Ngày ban hành {day:%d/%m/%Y} chưa tới; hôm nay là ngày {today:%d/%m/%Y}.")


def _one_line(typed: str, what: str) -> str:
    text = " ".join(composed(typed).split())
    if not text:
        raise WrongEntry(f"Chưa ghi {what[0].lower()}{what[1:]}.")
    if not text.isprintable() or unseen(text):
        raise WrongEntry(f"{what} có ký tự không in được; hãy gõ lại.")
    return text
