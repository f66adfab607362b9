"""The calendar of 2022 before and after its notice: the two days of Quốc khánh (1/9, 2/9) come or go."""

from dataclasses import replace
from datetime import date

from config.office import Office
from rules.calendar.workdays import WorkYear
from tests.cast import office

HOLIDAYS = (date(2022, 9, 1), date(2022, 9, 2))  # Thursday and Friday


def office_by(*off: date, notice: str | None = None) -> Office:
    """An office whose 2022 has these days off in September; without a notice it is provisional."""
    days = {day: name for day, name in office().calendar.years[2022].days_off.items() if day not in HOLIDAYS}
    days |= dict.fromkeys(off, "Nghỉ theo thông báo")
    return with_year(office(), WorkYear(2022, days, provisional=notice is None, notice=notice))


def with_year(of: Office, year: WorkYear) -> Office:
    """The same office under another calendar of one year."""
    years = {**of.calendar.years, year.year: year}
    return replace(of, calendar=replace(of.calendar, years=years))


#: What everybody counted by, and the notice that takes two working days away.
GUESSED = office_by()
KNOWN = office_by(*HOLIDAYS, notice="Thông báo số 1/TB-BLĐTBXH")
#: The other way round: two days that were counted as off are worked.
GUESSED_OFF = office_by(*HOLIDAYS)
KNOWN_WORKED = office_by(notice="Thông báo số 2/TB-BLĐTBXH")
