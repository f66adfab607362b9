"""Spans counted from the paper and days near it: "trong 48 giờ", "nửa tháng", "chiều mai", "tháng tới".

Each pattern names a day by the document's date alone; what is counted from an event ("kể từ khi nhận") is not
here. The source is the labelling guideline §4 by its sense: the last day allowed.
"""

import re
from calendar import monthrange
from datetime import date, timedelta

from rules.reading.dates.phrases import LIMIT, spaced

_NUMBERS = {
    "mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10,
}  # fmt: skip
_COUNT = rf"(?P<count>\d{{1,3}}|{'|'.join(_NUMBERS)})"
_WITHIN = (
    r"\b(?:trong(?: vong| thoi han| thoi gian)?|cham nhat(?: la)?(?: sau| trong)?|khong qua|sau|toi da"
    r"|thoi han) "
)
#: The span ends the phrase, or what follows says that it is counted from now.
_ENDS = r"(?=\s*(?:[,;.)]|$|\n|ke tu (?:ngay |khi )?(?:ban hanh|ky|thong bao|hop)|toi\b|nua\b|phai\b))"

HOURS = spaced(
    rf"{_WITHIN}{_COUNT} (?:gio|tieng|h)\b(?!\s*(?:ngay|\d))"
    r"(?! (?:ke tu|tinh tu|sau khi|lam viec|moi|doi voi))"
)
WEEKS = spaced(rf"{_WITHIN}{_COUNT} tuan{_ENDS}")
MONTHS = spaced(rf"{_WITHIN}{_COUNT} thang{_ENDS}")
HALF_MONTH = spaced(rf"{_WITHIN}nua thang\b(?! (?:ke tu|tinh tu|dau|cuoi))")
PART_OF_DAY = spaced(
    r"\b(?:ngay trong |trong |ngay |xong |(?:truoc|cham nhat)(?: la)? "
    r"(?:\d{1,2}\s*(?:gio|h|g)(?:\s*\d{1,2})? )?)"
    r"(?:sang|trua|chieu|toi|dem) (?:ngay )?(?:hom )?(?P<day>nay|mai)\b"
)
NEXT_PERIOD = spaced(
    r"\b(?:trong|ngay trong|het|den het|truoc het|truoc) (?P<period>thang|qu[yi]) "
    r"(?:toi|sau|ke tiep|tiep theo)\b"
)
DAY_OF_NEXT_MONTH = spaced(
    rf"\b{LIMIT} (?:ngay )?(?P<n>\d{{1,2}}) thang (?P<which>toi|sau|ke tiep|tiep theo|nay)\b(?: lien ke)?"
)

#: Spans that "khi phát hiện …" before them counts from an event.
SPANS = frozenset({"hours", "weeks", "months", "half_month"})
PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("hours", HOURS),
    ("weeks", WEEKS),
    ("months", MONTHS),
    ("half_month", HALF_MONTH),
    ("part_of_day", PART_OF_DAY),
    ("next_period", NEXT_PERIOD),
    ("day_of_next_month", DAY_OF_NEXT_MONTH),
)
#: What a pattern cannot match without, told much faster: most clauses name no such time.
NEEDED: dict[str, re.Pattern[str]] = {
    "hours": spaced(r"\b(?:gio|tieng)\b|\d\s*h\b"),
    "weeks": spaced(r"\btuan\b"),
    "months": spaced(rf"\b(?:\d{{1,3}}|{'|'.join(_NUMBERS)}) thang\b"),
    "half_month": spaced(r"\bnua thang\b"),
    "part_of_day": spaced(r"\b(?:sang|trua|chieu|toi|dem) (?:ngay )?(?:hom )?(?:nay|mai)\b"),
    "next_period": spaced(r"\b(?:thang|qu[yi]) (?:toi|sau|ke|tiep)\b"),
    "day_of_next_month": spaced(r"\d thang (?:toi|sau|ke|tiep|nay)\b"),
}
ANY_NEEDED = re.compile("|".join(needed.pattern for needed in NEEDED.values()))


def day_named(name: str, match: re.Match[str], base: date) -> date | None:
    """The last day that a phrase allows in a paper of ``base``; None for a day that no month has."""
    if name == "hours":
        return base + timedelta(days=-(-_count(match) // 24))
    if name == "weeks":
        return base + timedelta(weeks=_count(match))
    if name == "months":
        return _months_later(base, _count(match), base.day)
    if name == "half_month":
        return base + timedelta(days=15)
    if name == "part_of_day":
        return base + timedelta(days=match["day"] == "mai")
    if name == "next_period":
        ahead = 1 if match["period"] == "thang" else 3 - (base.month - 1) % 3 + 2
        return _months_later(base, ahead, 31)
    day = int(match["n"])
    found = _months_later(base, 0 if match["which"] == "nay" else 1, day)
    return found if found and found.day == day else None


def _count(match: re.Match[str]) -> int:
    return int(match["count"]) if match["count"].isdigit() else _NUMBERS[match["count"]]


def _months_later(base: date, count: int, day: int) -> date | None:
    year, month = divmod(base.year * 12 + base.month - 1 + count, 12)
    return date(year, month + 1, min(day, monthrange(year, month + 1)[1])) if day else None
