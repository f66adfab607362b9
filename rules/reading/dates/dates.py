"""Calendar phrases: a day, month, quarter or year as written, to the last day it allows.

Pure arithmetic of the labelling guideline §4. A year that is not written is the one that makes
the day fall on or after the document's date; without a date of the document nothing is resolved.
"""

import re
from calendar import monthrange
from datetime import date, timedelta

from rules.calendar.workdays import NoCalendar
from rules.text.typed import in_calendars

#: 31/3/2023, 20.7.2020, 20-11, ngày 02 tháng 9 năm 2022 (folded text).
DAY = (
    r"(?:ngay\s+)?(?:(?P<d>\d{1,2})\s*[/.-]\s*(?P<m>\d{1,2})(?:\s*[/.-]\s*(?P<y>\d{4}"
    r"|\d{2}(?!\d)))?(?![\d/%]|,\d)"
    r"|(?P<d2>\d{1,2})\s+thang\s+(?P<m2>\d{1,2})(?:\s+nam\s+(?P<y2>\d{4}|nay|sau)|\s*/\s*(?P<y3>\d{4}))?)"
)
MONTH = (
    r"(?:thang\s+|(?<!\w)t\.?\s?(?=\d{1,2}\s*/\s*\d{4}))(?P<month>\d{1,2})(?!\d)"
    # "tháng 6 và tháng 7", "tháng 9 - 10/2023": the last one counts.
    r"(?:\s*(?:(?:,|va\b|den\b|-)\s*thang\s+|-\s*(?=\d{1,2}\s*/\s*\d{4}))(?P<month_last>\d{1,2})(?!\d))?"
    r"(?:(?:\s*[/-]\s*"
    r"|\s+nam\s+)(?P<month_year>\d{4})"
    r"|(?P<month_nay>(?:\s+nam)?\s+nay))?"
)
QUARTER = (
    r"(?:qu[yi]\s+|(?<!\w)q\.?\s?)(?P<quarter>IV|III|II|I|[1-4]|iv|iii|ii|i)\b"
    r"(?:\s*(?:,|va\b|den\b|-)\s*(?:qu[yi]\s+(?P<quarter_last>iv|iii|ii|i|[1-4])\b|(?P<roman_last>iv|iii|ii)\b))?"
    r"(?:(?:\s*[/-]\s*"
    r"|\s+nam\s+)(?P<quarter_year>\d{4})|(?:\s+nam)?\s+nay)?"
)
YEAR = r"nam(?:\s+(?P<year>\d{4})|\s+nay)?"
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
WEEKDAYS = {
    "hai": 0,
    "2": 0,
    "ba": 1,
    "3": 1,
    "tu": 2,
    "4": 2,
    "nam": 3,
    "5": 3,
    "sau": 4,
    "6": 4,
    "bay": 5,
    "7": 5,
}
WEEKDAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def day_of(found: re.Match[str], base: date | None) -> date | None:
    """The day of a DAY match, or None when it is impossible or needs a missing base."""
    groups = found.groupdict()
    day, month = groups.get("d") or groups.get("d2"), groups.get("m") or groups.get("m2")
    year = groups.get("y") or groups.get("y2") or groups.get("y3")
    if day is None or month is None:
        return None
    if year in ("nay", "sau"):
        return valid(base.year + (year == "sau"), int(month), int(day)) if base else None
    if year:
        return valid(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    return next_day(int(month), int(day), base)


def has_year(found: re.Match[str]) -> bool:
    """Whether a DAY match carries its year."""
    groups = found.groupdict()
    return any(groups.get(name) for name in ("y", "y2", "y3"))


def next_day(month: int, day: int, base: date | None) -> date | None:
    """The next such day on or after ``base`` (guideline §4)."""
    if base is None:
        return None
    for year in range(base.year, base.year + 9):  # 29/02 may be years away
        found = valid(year, month, day)
        if found and found >= base:
            return found
    return None


def month_end(found: re.Match[str], base: date | None) -> date | None:
    """Last day of a MONTH match."""
    month = int(found["month_last"] or found["month"])
    if not 1 <= month <= 12:
        return None
    if found["month_year"]:
        return last_day(int(found["month_year"]), month)
    if base is None:
        return None
    return last_day(base.year + (month < base.month), month)


def quarter_end(found: re.Match[str], base: date | None) -> date | None:
    """Last day of a QUARTER match."""
    written = (found["quarter_last"] or found["roman_last"] or found["quarter"]).lower()
    quarter = _ROMAN.get(written) or int(written)
    if found["quarter_year"]:
        return last_day(int(found["quarter_year"]), quarter * 3)
    if base is None:
        return None
    return last_day(base.year + (quarter * 3 < base.month), quarter * 3)


def year_end(found: re.Match[str], base: date | None) -> date | None:
    """31-12 of a YEAR match."""
    if found["year"]:
        return valid(int(found["year"]), 12, 31)
    return date(base.year, 12, 31) if base else None


def last_day(year: int, month: int) -> date | None:
    """Last day of a month."""
    return valid(year, month, monthrange(year, month)[1]) if in_calendars(year) else None


def friday_of_week(base: date, weeks_later: int) -> date:
    """Friday of the week of ``base``, so many weeks later ("tuần này", "tuần sau")."""
    return weekday_of_week(base, weeks_later, 4)


def weekday_of_week(base: date, weeks_later: int, weekday: int) -> date:
    """A weekday (Monday 0) of the week of ``base``, so many weeks later."""
    return base - timedelta(days=base.weekday()) + timedelta(weeks=weeks_later, days=weekday)


def add_working_days(base: date, count: int, calendar: object | None) -> date:
    """``count`` working days after ``base``, counted from the next day; None counts Monday-Friday."""
    if calendar is not None:
        added = calendar.add(base, count)  # type: ignore[attr-defined]
        assert isinstance(added, date)
        return added
    day = base
    while count > 0:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day


def is_day_off(day: date, calendar: object) -> bool:
    """Whether offices are closed on ``day``; a year of which the calendar knows nothing has weekends."""
    try:
        return not calendar.is_working(day)  # type: ignore[attr-defined]
    except NoCalendar:
        return day.weekday() > 4


def valid(year: int, month: int, day: int) -> date | None:
    """The day, or None: there is none such, or its year (0000, 9999) is beyond all calendars."""
    try:
        return date(year, month, day) if in_calendars(year) else None
    except ValueError:
        return None
