"""A pause stops the clock: who had n working days left has n left, who was late stays as late."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.deadlines.pauses import Shifted, paused_due
from tests.cast import office

CALENDAR = office().calendar
DAYS = st.dates(date(2022, 3, 1), date(2026, 6, 30))
SPANS = st.integers(0, 60).map(lambda n: timedelta(days=n))


@pytest.mark.parametrize(
    ("due", "paused", "resumed", "moved"),
    [
        ("2022-08-31", "2022-08-22", "2022-08-24", "2022-09-06"),  # over the holiday of 2/9
        ("2022-08-31", "2022-08-24", "2022-08-24", "2022-08-31"),  # no working day lost
        ("2022-09-02", "2022-09-02", "2022-09-04", "2022-09-02"),  # days off cost nothing
        ("2022-09-03", "2022-08-30", "2022-08-31", "2022-09-05"),  # Saturday: the next working day
    ],
)
def test_examples(due: str, paused: str, resumed: str, moved: str) -> None:
    found = paused_due(*(date.fromisoformat(day) for day in (due, paused, resumed)), CALENDAR)
    assert (str(found.with_pause), str(found.without)) == (moved, due)


def test_two_pauses_keep_the_figure_without_any() -> None:
    first = paused_due(date(2022, 8, 31), date(2022, 8, 22), date(2022, 8, 24), CALENDAR)
    second = paused_due(first.with_pause, date(2022, 8, 29), date(2022, 8, 30), CALENDAR, first.without)
    assert second == Shifted(date(2022, 9, 7), date(2022, 8, 31), 1)


def test_a_pause_cannot_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="before it begins"):
        paused_due(date(2022, 8, 31), date(2022, 8, 24), date(2022, 8, 23), CALENDAR)


@given(DAYS, DAYS, SPANS)
def test_what_was_left_is_left(due: date, paused: date, rest: timedelta) -> None:
    due = CALENDAR.on_or_after(min(max(due, paused - timedelta(days=90)), paused + timedelta(days=90)))
    resumed = paused + rest
    moved = paused_due(due, paused, resumed, CALENDAR).with_pause
    assert CALENDAR.between(resumed, moved) == CALENDAR.between(paused, due)
    assert moved >= due
    assert (moved < resumed) or (due >= paused)  # who was late is still late
