"""Working days: the vectors of the design, and the arithmetic that must hold for any calendar."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.calendar.workdays import NoCalendar, WorkCalendar, WorkYear
from tests.cast import office

CALENDAR = office().calendar
DAYS = st.dates(date(2022, 3, 1), date(2027, 10, 31))


@st.composite
def calendars(draw: st.DrawFn) -> WorkCalendar:
    """Three invented years around 2022, any days off and any weekend days worked."""
    years = {}
    for year in (2021, 2022, 2023):
        first = date(year, 1, 1)
        days = st.integers(0, 364).map(lambda n, first=first: first + timedelta(days=n))
        off = draw(st.sets(days, max_size=25))
        worked = {day for day in draw(st.sets(days, max_size=25)) if day.weekday() > 4} - off
        years[year] = WorkYear(year, dict.fromkeys(off, "nghỉ"), frozenset(worked))
    return WorkCalendar(years)


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        ("2022-08-25", 5, "2022-09-05"),
        ("2022-08-31", 1, "2022-09-05"),
        ("2026-08-21", 1, "2026-08-22"),  # a Saturday worked instead
        ("2026-08-28", 5, "2026-09-09"),
        ("2026-11-23", 1, "2026-11-25"),
        ("2027-02-03", 1, "2027-02-11"),
        ("2022-09-05", -1, "2022-08-31"),
        ("2022-09-03", 0, "2022-09-03"),  # adding nothing moves nothing, also on a day off
    ],
)
def test_the_vectors_of_the_design(start: str, count: int, end: str) -> None:
    assert CALENDAR.add(date.fromisoformat(start), count) == date.fromisoformat(end)


def test_swapped_days_of_the_new_year_2026() -> None:
    assert not CALENDAR.is_working(date(2026, 1, 2))  # Friday
    assert CALENDAR.is_working(date(2026, 1, 10))  # Saturday


def test_a_year_without_data_is_an_error_that_says_what_to_do() -> None:
    with pytest.raises(NoCalendar, match=r"2028.*config/workdays/2028\.yaml"):
        CALENDAR.add(date(2027, 12, 31), 1)


def test_a_year_without_its_notice_is_provisional() -> None:
    assert CALENDAR.provisional(date(2027, 2, 11))
    known = WorkCalendar({2022: WorkYear(2022, {}, provisional=False, notice="1/TB")})
    assert not known.provisional(date(2022, 1, 3))


@given(calendars(), st.dates(date(2022, 1, 1), date(2022, 12, 31)), st.integers(-60, 60))
def test_add_and_between_are_inverse(calendar: WorkCalendar, day: date, count: int) -> None:
    end = calendar.add(day, count)
    if count >= 0 or calendar.is_working(day):
        assert calendar.between(day, end) == count
    else:  # backwards from a day off: that day itself is not among those counted
        assert calendar.between(end, day) in (-count, -count - 1)
    assert count == 0 or calendar.is_working(end)


@given(calendars(), st.dates(date(2022, 1, 1), date(2022, 12, 31)), st.integers(0, 60), st.integers(0, 60))
def test_adding_twice_is_adding_the_sum(calendar: WorkCalendar, day: date, one: int, two: int) -> None:
    assert calendar.add(calendar.add(day, one), two) == calendar.add(day, one + two)


@given(DAYS, DAYS)
def test_between_counts_days_one_by_one(first: date, last: date) -> None:
    first, last = min(first, last), max(first, last)
    last = min(last, first + timedelta(days=120))
    days = [first + timedelta(days=n) for n in range(1, (last - first).days + 1)]
    assert CALENDAR.between(first, last) == len([day for day in days if CALENDAR.is_working(day)])
    assert CALENDAR.between(last, first) == -CALENDAR.between(first, last)


@given(DAYS)
def test_the_nearest_working_days(day: date) -> None:
    before, after = CALENDAR.on_or_before(day), CALENDAR.on_or_after(day)
    assert CALENDAR.is_working(before)
    assert CALENDAR.is_working(after)
    assert before <= day <= after
    assert (before == after == day) is CALENDAR.is_working(day)
    inside = [before + timedelta(days=n) for n in range(1, (after - before).days)]
    assert not any(CALENDAR.is_working(other) for other in inside)


def test_reach_ends_where_the_data_end() -> None:
    assert CALENDAR.reach(date(2027, 12, 30), 1) == date(2027, 12, 31)
    assert CALENDAR.reach(date(2027, 12, 31), 1) is None
    assert CALENDAR.reach(date(2022, 1, 4), -1) is None


def test_the_offices_own_times_go_on_by_the_weekly_pattern() -> None:
    assert CALENDAR.guessing.add(date(2027, 12, 31), 1) == date(2028, 1, 3)  # a Monday
    assert not CALENDAR.guessing.is_working(date(2027, 11, 24))  # known holidays stay
    assert CALENDAR.guessing.provisional(date(2028, 1, 3))
    with pytest.raises(NoCalendar):
        CALENDAR.add(date(2027, 12, 31), 1)


def test_years_whose_notice_is_missing() -> None:
    assert CALENDAR.provisional_years(date(2026, 12, 30), date(2027, 1, 4)) == (2027,)
    assert CALENDAR.provisional_years(date(2028, 1, 3), date(2026, 1, 4)) == (2027, 2028)
    assert CALENDAR.provisional_years(date(2022, 1, 3), date(2026, 12, 31)) == ()
