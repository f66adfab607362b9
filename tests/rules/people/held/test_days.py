"""Stretches of days against a count of them one by one."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from rules.people.held.days import Days, first_gap

START = date(2026, 1, 1)
WEEK = [START + timedelta(days=n) for n in range(14)]
DAY = st.sampled_from(WEEK)
STRETCH = st.builds(Days, DAY, st.none() | DAY)


@given(STRETCH, STRETCH)
def test_two_meet_where_a_day_is_in_both(one: Days, other: Days) -> None:
    """Break: compare the first days only."""
    assert one.meets(other) == other.meets(one) == any(one.has(day) and other.has(day) for day in WEEK)
    assert one.none == (not any(map(one.has, WEEK)))


@given(st.lists(STRETCH, max_size=4), DAY)
def test_the_first_day_that_none_covers(stretches: list[Days], start: date) -> None:
    """Break: stop at the first stretch that does not begin before the gap."""
    days = [start + timedelta(days=n) for n in range(30)]
    gap = next((day for day in days if not any(one.has(day) for one in stretches)), None)
    assert first_gap(stretches, start) == gap
