"""When the leadership digest is owed: by the week, and ahead of meetings."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.calendar.workdays import NoCalendar, WorkCalendar
from rules.follow_up.digest_days import DigestDue, digest_day, digest_due, first_ahead, provisional_digest_day
from tests.cast import at, office
from tests.rules.calendar.test_workdays import calendars

CALENDAR = office().calendar
MONDAY, THURSDAY = 0, 3


def days(*texts: str) -> list[date]:
    return [date.fromisoformat(text) for text in texts]


def due(today: str, *meetings: str, before: int = 1, weekday: int = MONDAY) -> tuple[str, ...] | None:
    """``since``, then the meetings, as text."""
    found = digest_due(date.fromisoformat(today), weekday, before, days(*meetings), CALENDAR)
    return None if found is None else tuple(map(str, (found.since, *found.meetings)))


@pytest.mark.parametrize(
    ("held_on", "before", "goes_out"),
    [
        ("2022-12-21", 1, "2022-12-20"),
        ("2022-12-19", 1, "2022-12-16"),  # a Monday: the Friday before
        ("2022-12-17", 1, "2022-12-16"),  # on a Saturday
        ("2022-09-05", 2, "2022-08-30"),  # over the holidays of 1/9 and 2/9
        ("2022-12-21", 0, "2022-12-21"),
        ("2022-12-18", 0, "2022-12-16"),  # on a Sunday nobody is written to
        ("2026-08-24", 1, "2026-08-22"),  # a Saturday that is worked
        ("2028-01-04", 1, "2028-01-03"),  # no file for 2028: by the weekly pattern
        ("2028-01-03", 1, "2027-12-31"),
    ],
)
def test_the_working_day_before_a_meeting(held_on: str, before: int, goes_out: str) -> None:
    assert [digest_day(day, before, CALENDAR) for day in days(held_on)] == days(goes_out)


@pytest.mark.parametrize(
    ("today", "meetings", "found"),
    [
        ("2022-12-19", (), ("2022-12-19",)),  # a Monday
        ("2022-12-23", (), ("2022-12-19",)),  # still owed on Friday if it was missed
        ("2022-12-19", ("2022-12-22",), ("2022-12-19",)),
        ("2022-12-21", ("2022-12-22",), ("2022-12-21", "2022-12-22")),
        ("2022-12-22", ("2022-12-22",), ("2022-12-21", "2022-12-22")),  # late, on the day itself
        ("2022-12-23", ("2022-12-22",), ("2022-12-19",)),  # over
        ("2022-12-19", ("2022-12-20",), ("2022-12-19", "2022-12-20")),  # one digest for week and meeting
        ("2022-12-21", ("2022-12-22", "2022-12-22"), ("2022-12-21", "2022-12-22")),
        ("2022-12-22", ("2022-12-22", "2022-12-23"), ("2022-12-22", "2022-12-22", "2022-12-23")),
        ("2022-12-17", ("2022-12-19",), None),  # a Saturday: held back to Monday, the meeting's morning
        ("2022-12-19", ("2022-12-19",), ("2022-12-19", "2022-12-19")),
        ("2022-09-01", ("2022-09-05",), None),  # a holiday
    ],
)
def test_what_is_owed(today: str, meetings: tuple[str, ...], found: tuple[str, ...] | None) -> None:
    assert due(today, *meetings) == found


def test_other_policies() -> None:
    assert due("2022-12-21", "2022-12-22", before=0) == ("2022-12-19",)
    assert due("2022-12-22", "2022-12-22", before=0) == ("2022-12-22", "2022-12-22")
    assert due("2022-12-20", "2022-12-23", before=3) == ("2022-12-20", "2022-12-23")
    assert due("2022-12-21", weekday=THURSDAY) == ("2022-12-15",)


def test_a_year_without_a_calendar() -> None:
    assert due("2027-12-31", "2028-01-03") == ("2027-12-31", "2028-01-03")
    with pytest.raises(NoCalendar, match="2028"):
        due("2028-01-03", "2028-01-04")
    [near, far, known] = days("2028-01-03", "2028-03-01", "2022-12-21")
    assert provisional_digest_day(near, 1, CALENDAR)
    assert provisional_digest_day(far, 1, CALENDAR)
    assert provisional_digest_day(known, 1, CALENDAR) is CALENDAR.provisional(known)


def test_a_meeting_lies_ahead_until_noon() -> None:
    [day, next_day] = days("2022-12-22", "2022-12-23")
    assert first_ahead(at(day, "00:00")) == day
    assert first_ahead(at(day, "11:59")) == day
    assert first_ahead(at(day, "12:00")) == next_day


FIRST = date(2022, 3, 1)
OFFSETS = st.integers(0, 40)


def lived(
    runs: set[int], weekday: int, before: int, meetings: list[date], calendar: WorkCalendar
) -> Iterator[tuple[date, DigestDue]]:
    """The digests that sweeps on these days write, each day asked twice."""
    last: date | None = None
    for day in (FIRST + timedelta(n) for n in sorted(runs)):
        for _ in range(2):
            found = digest_due(day, weekday, before, meetings, calendar)
            if found and (last is None or last < found.since):
                last = day
                yield day, found


@given(calendars(), st.integers(0, 6), st.integers(0, 4), st.sets(OFFSETS, max_size=4), st.sets(OFFSETS))
def test_whatever_days_the_sweep_runs_on(
    calendar: WorkCalendar, weekday: int, before: int, held: set[int], runs: set[int]
) -> None:
    """One a day, never on a day off, each for a reason; nobody meets without a digest of these days."""
    meetings = [FIRST + timedelta(n) for n in sorted(held)]
    written = list(lived(runs, weekday, before, meetings, calendar))
    issued = [day for day, _ in written]
    swept = [day for n in runs if calendar.is_working(day := FIRST + timedelta(n))]
    assert len(set(issued)) == len(issued)
    assert set(issued) <= set(swept)
    assert len({found.since for _, found in written}) == len(written)
    for day, found in written:
        assert found.since <= day
        assert found.since.weekday() == weekday or found.meetings
        assert all(digest_day(one, before, calendar) <= day <= one for one in found.meetings)
    for one in meetings:
        window = (digest_day(one, before, calendar), one)
        if any(window[0] <= day <= window[1] for day in swept):
            assert any(window[0] <= day <= window[1] for day in issued)
    for week in (FIRST + timedelta(n) for n in range(40) if (FIRST + timedelta(n)).weekday() == weekday):
        span = [week + timedelta(n) for n in range(7)]
        if set(span) & set(swept):
            assert set(span) & set(issued)
