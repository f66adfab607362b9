"""The days of a refusal. Seen to fail when the day of assignment is counted."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.refusal import NotAllowed
from rules.tasks.refusing import check_refusal, last_day_to_refuse
from tests.cast import office

CALENDAR = office().calendar


@pytest.mark.parametrize(
    ("assigned", "within", "last"),
    [
        ("2022-08-15", 2, "2022-08-17"),
        ("2022-08-31", 2, "2022-09-06"),  # over the holidays of 1/9 and 2/9 and a weekend
        ("2022-08-15", 0, "2022-08-15"),
        ("2026-08-21", 1, "2026-08-22"),  # a Saturday that is worked
    ],
)
def test_the_last_day(assigned: str, within: int, last: str) -> None:
    day = date.fromisoformat(last)
    given_on = date.fromisoformat(assigned)
    assert last_day_to_refuse(given_on, within, CALENDAR) == day
    check_refusal(given_on, day, within, CALENDAR)
    with pytest.raises(NotAllowed, match=f"đến hết ngày {day:%d/%m/%Y}"):
        check_refusal(given_on, CALENDAR.add(day, 1), within, CALENDAR)


@given(st.dates(date(2022, 1, 1), date(2026, 12, 1)), st.integers(0, 10))
def test_there_are_just_so_many_working_days(assigned: date, within: int) -> None:
    assert CALENDAR.between(assigned, last_day_to_refuse(assigned, within, CALENDAR)) == within
