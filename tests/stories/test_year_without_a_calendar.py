"""The office forgot the calendar of 2027: the known part of December 2026 goes on, January stops loudly."""

from datetime import date

import pytest

from rules.calendar.workdays import NoCalendar
from tests.cast import FINANCE, PLANNING, at, by, directive, dump
from tests.stories.told import Told, without_year


def test_december_goes_on_and_january_stops(told: Told) -> None:
    told.office = without_year(told.office, 2027)
    told.issue(
        "2026-12-14",
        directive("Báo cáo năm.", FINANCE, due=by(date(2026, 12, 30))),
        directive("Kế hoạch năm.", PLANNING, due=by(date(2027, 1, 8))),
    )
    told.mornings("2026-12-15", "2026-12-31")
    # Reminded before, on the day, and urged on the 31st: all of it lies in the known year.
    known = ["2026-12-23", "2026-12-25", "2026-12-29", "2026-12-30", "2026-12-31"]
    assert told.days_heard("stc", since="2026-12-16") == known
    assert told.reports[-1].follow_up.beyond == 2027  # and said so
    before = dump(told.engine)
    with pytest.raises(NoCalendar, match="2027"):
        told.pause_at("2027-01-04", "07:30")
    assert dump(told.engine) == before
    told.office = without_year(told.office, 0)
    assert at("2027-01-04").year == 2027
