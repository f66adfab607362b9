"""Whose paper it is: the block at the top left, the place before the date, the names in the text."""

import re
from dataclasses import dataclass

from notifications.letters.kit.filters import one_line

_OFFICE = "Văn phòng "
_PROVINCE = re.compile(r"^(?:UBND|Ủy ban nhân dân) (?:tỉnh|thành phố) (?P<place>.+)$")
BLANK = "……………"


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The body above, the one that issues, as printed and as named in a sentence, and its place."""

    above: str  # ỦY BAN NHÂN DÂN TỈNH SÓC TRĂNG
    issuer: str  # VĂN PHÒNG
    issuer_name: str  # Văn phòng UBND tỉnh
    place: str  # Sóc Trăng; dots where the name of the body above does not tell


def letterhead(upper_name: str, secretariat_name: str) -> Letterhead:
    """Of a paper that the secretariat issues, by the names in the register."""
    upper, issuer = one_line(upper_name), one_line(secretariat_name)
    found = _PROVINCE.match(upper)
    place = found["place"] if found else BLANK
    own = issuer.removeprefix(_OFFICE)
    # "Văn phòng UBND tỉnh" under "UBND tỉnh Sóc Trăng": what stands above is not said twice.
    short = _OFFICE.strip() if own != issuer and upper.startswith(own) else issuer
    return Letterhead(_capitals(upper), _capitals(short), issuer, place)


def _capitals(name: str) -> str:
    return name.replace("UBND", "Ủy ban nhân dân").upper()
