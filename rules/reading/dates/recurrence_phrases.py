"""Recurring deadlines, in the notation of the labelling guideline §4."""

import re
from dataclasses import dataclass

from rules.calendar.recurrence import is_rule
from rules.reading.dates.dates import WEEKDAY_NAMES, WEEKDAYS
from rules.text.gaps import gaps

_EVERY_MONTH = r"(?:(?:hang|moi)\s+thang|cua\s+thang(?:\s+(?:sau|tiep theo|do))?(?!\s+(?:cuoi|dau|\d)))"
_DAYS = (
    r"(?:ngay\s+)?(?P<n1>\d{1,2})(?!\d|\s*[/.-]\s*\d)(?:\s*(?:,|va"
    r"|;)\s*(?:(?:truoc\s+)?ngay\s+)?(?P<n2>\d{1,2}|cuoi(?: cung)?(?: cua)?(?: thang)?)(?!\d"
    r"|\s*/))?"
)
_WEEKDAY = (
    r"(?:(?:sang|chieu|cuoi ngay)\s+)?(?:(?:thu\s+(?P<weekday>hai|ba|tu|nam|sau|bay|[2-7]))"
    r"|(?P<sunday>chu nhat))"
)
_HABITUAL_NOUN = re.compile(
    gaps(
        r"(?:ke hoach|du toan|chi tieu|muc tieu|dip|tu danh gia|xep loai|le hoi|tang truong|binh "
        r"quan|kinh phi)\s+$"
    )
)
#: Without one of these words no pattern below can match.
_CYCLE_WORD = re.compile(
    gaps(
        r"(?:hang|moi)\s+(?:ngay|tuan|thang|qu[yi]|nam)|lan\b|moi\s+(?:sang|chieu|toi|thu|buoi)\b|dinh\s+ky|so\s+ket|cua\s+thang|(?:6|sau)\s+thang"
        r"|thang\s+(?:dau|cuoi)|cuoi\s+(?:[a-z]+\s+){0,3}?(?:thang|qu[yi])"
    )
)


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A recurring deadline found at ``[start, end)`` of the text searched."""

    rule: str
    start: int
    end: int
    read_by: str


def find_recurrence(folded: str, start: int, end: int) -> Recurrence | None:
    """The recurrence that a clause states, or None. The most precise pattern wins.

    A cycle on a day that no month has ("ngày 55 hằng tháng") is none: the words stay without a deadline,
    which is doubted, instead of leaving a coarser cycle that nobody wrote.
    """
    if not _CYCLE_WORD.search(folded, start, end):
        return None
    for name, pattern, build in _PATTERNS:
        for found in pattern.finditer(folded, start, end):
            if _HABITUAL_NOUN.search(folded, max(start, found.start() - 20), found.start()):
                continue
            rule = build(found)
            if rule:
                if not is_rule(rule):
                    return None
                return Recurrence(rule, found.start(), found.end(), name)
    return None


def _yearly(found: re.Match[str]) -> str:
    days = [
        f"{int(found[f'yd{i}']):02d}-{int(found[f'ym{i}']):02d}"
        for i in (1, 2)
        if found.groupdict().get(f"yd{i}")
    ]
    return "yearly " + ", ".join(days)


def _monthly(found: re.Match[str]) -> str:
    second = found.groupdict().get("n2")
    if second is None:
        return f"monthly day {int(found['n1'])}"
    return f"monthly day {int(found['n1'])}, " + (str(int(second)) if second.isdigit() else "last-day")


def _weekly(found: re.Match[str]) -> str:
    if found["sunday"]:
        return "weekly sunday"
    return f"weekly {WEEKDAY_NAMES[WEEKDAYS[found['weekday']]]}"


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(gaps(pattern.replace(" ", r"\s+")))


_DATES = (
    r"(?:ngay\s+)?(?<!\d)(?P<yd1>\d{1,2})\s*[/-]\s*(?P<ym1>\d{1,2})(?!\s*/\s*\d)"
    r"(?:[^;.]{0,40}?\b(?:ngay\s+|truoc\s+)?(?<!\d)(?P<yd2>\d{1,2})\s*[/-]\s*(?P<ym2>\d{1,2})(?!\s*/\s*\d))?"
)
_GAP = r"[^;.]{0,80}?"
#: "ngày hai lần", "tuần một lần".
_TIMES = r"(?:mot|hai|ba|0?[1-3])\s+lan\b"
_PATTERNS = (
    (
        "half_yearly_dates",
        _compiled(rf"(?:0?6 thang|so ket)[^;.]{{0,20}}\(?(?:truoc|cham nhat)?\s*{_DATES}"),
        _yearly,
    ),
    (
        "half_yearly_and_yearly_dates",
        _compiled(
            rf"0?6 thang(?: dau nam)?(?: va|,) (?:ca )?nam(?! \d)[^;.]{{0,60}}?(?:truoc|cham nhat) {_DATES}"
        ),
        _yearly,
    ),
    ("yearly_dates_before", _compiled(rf"{_DATES}\)? (?:hang|moi) nam"), _yearly),
    (
        "yearly_dates_after",
        _compiled(
            rf"(?:(?:hang|moi) nam|nam mot lan)\s*[,:(]?\s*(?:{_GAP})(?:truoc|cham nhat|vao)\s*(?:ngay "
            rf")?{_DATES}"
        ),
        _yearly,
    ),
    (
        "next_quarter_day",
        _compiled(rf"{_DAYS} (?:cua )?thang (?:dau(?: tien)?(?: cua)? qu[yi]|dau) (?:sau|tiep theo|ke tiep)"),
        lambda f: f"quarterly next day {int(f['n1'])}",
    ),
    (
        "quarter_day",
        _compiled(
            rf"{_DAYS} (?:cua )?(?:thang (?:cuoi(?: cung)?)(?: cua)?|cuoi)(?: (?:moi |tung |hang )?qu[yi])"
        ),
        lambda f: f"quarterly day {int(f['n1'])}",
    ),
    (
        "month_day_and_last_day",
        _compiled(
            r"(?:ngay\s+)?(?P<n1>\d{1,2}) (?:,|va) (?:truoc )?(?:ngay )?(?:lam viec )?(?P<n2>cuoi)(?: "
            r"cung)?(?: cua)?(?: (?:hang|moi))? thang"
        ),
        _monthly,
    ),
    (
        "month_last_day",
        _compiled(
            r"(?:ngay (?:lam viec )?cuoi (?:cung )?(?:cua )?(?:hang |moi )?thang|cuoi (?:hang|moi) "
            r"thang)(?! \d)"
        ),
        lambda f: "monthly last-day",
    ),
    ("month_days", _compiled(rf"{_DAYS}(?:\s*,)? {_EVERY_MONTH}"), _monthly),
    (
        "month_then_days",
        _compiled(
            rf"(?:(?:hang|moi) thang(?: (?:mot|hai|1|2|02) lan)?|thang (?:hai|2) "
            rf"lan)\s*[,:(]?\s*{_GAP}(?:truoc|vao|cham nhat(?: la)?|ngay)\s+{_DAYS}"
        ),
        _monthly,
    ),
    ("weekday", _compiled(rf"{_WEEKDAY},? (?:hang|moi) tuan"), _weekly),
    ("weekday_of_each", _compiled(rf"moi {_WEEKDAY}(?! (?:tuan|ngay))"), _weekly),
    ("week_then_day", _compiled(rf"(?:hang|moi) tuan\s*[,:(]?\s*{_GAP}{_WEEKDAY}"), _weekly),
    (
        "daily",
        re.compile(
            gaps(
                r"(?:hang|moi)\s+ngay(?!\s+\d)|\b(?:cu|moi)\s+\d{1,2}\s+(?:gio|tieng)\s+(?:mot|0?1)\s+lan"
                r"|\bmoi\s+(?:buoi\s+)?(?:sang|chieu|toi)\b(?!\s+(?:thu|chu|ngay))"
                rf"|\bngay\s+{_TIMES}"
            )
        ),
        lambda f: "daily",
    ),
    (
        "weekly",
        re.compile(
            gaps(
                r"(?:hang|moi)\s+tuan\b|\blan\s*/\s*tuan\b|(?:1|mot|01)\s+tuan(?:/|\s+)(?:1\s+)?lan"
                rf"|\btuan\s+{_TIMES}"
            )
        ),
        lambda f: "weekly",
    ),
    (
        "half_yearly",
        _compiled(
            r"dinh ky (?:0?6|sau) thang(?: (?:mot lan|1 lan))?|(?:0?6|sau) thang (?:mot|1|01) lan|0?6 "
            r"thang/lan|(?:0?6 thang),? (?:va )?(?:hang )?nam"
        ),
        lambda f: "semiannual",
    ),
    (
        "monthly",
        re.compile(
            gaps(
                r"(?:hang|moi)\s+thang\b|(?<!\d)(?:mot|0?1)\s+thang\s+(?:mot|0?1)\s+lan"
                r"|\blan\s*/\s*thang\b"
            )
        ),
        lambda f: "monthly",
    ),
    (
        "quarterly",
        re.compile(gaps(r"(?:hang|moi)\s+qu[yi]\b|dinh\s+ky\s+qu[yi]\b|\blan\s*/\s*qu[yi]\b")),
        lambda f: "quarterly",
    ),
    ("yearly", re.compile(gaps(r"dinh\s+ky\s+hang\s+nam\b|^\s*hang\s+nam\s*$")), lambda f: "yearly"),
)
