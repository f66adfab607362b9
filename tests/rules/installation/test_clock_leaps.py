"""When a clock is not believed, and which instant is taken instead."""

from datetime import date, timedelta

import pytest

from rules.installation.clock_leaps import believed, carried_on, leaped
from tests.cast import at

HELD, SEEN = at("2022-08-16", "07:35"), at("2022-10-20", "07:35")
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("today", "most", "found"),
    [
        ("2022-08-30", 15, False),
        ("2022-08-31", 15, True),
        ("2022-08-15", 15, False),
        ("2022-08-01", 15, False),
        ("9999-12-31", 15, True),
        ("2022-08-31", 16, False),
        ("2022-08-17", 1, True),
    ],
)
def test_more_days_than_the_office_allows(today: str, most: int, found: bool) -> None:
    assert leaped(date.fromisoformat(today), date(2022, 8, 15), most) is found


def test_a_first_day_is_no_leap() -> None:
    assert not leaped(date(2022, 8, 15), None, 15)


@pytest.mark.parametrize(
    ("trusted", "shown", "instant"),
    [
        (at("2022-08-15", "09:00"), at("2022-10-20", "09:00"), at("2022-08-15", "09:00")),
        (at("2022-08-15", "09:00"), at("2022-10-20", "09:01"), at("2022-08-15", "09:01")),
        (at("2022-08-15", "09:00"), at("2022-10-20", "07:35"), at("2022-08-16", "07:35")),
        (at("2022-08-15", "23:59"), at("2023-10-20", "00:01"), at("2022-08-16", "00:01")),
    ],
)
def test_the_time_of_day_is_believed_the_date_is_not(trusted: object, shown: object, instant: object) -> None:
    assert believed(trusted, shown) == instant  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("passed", "held"),
    [
        (timedelta(), HELD),
        (5 * MINUTE, HELD + 5 * MINUTE),
        (15 * DAY, HELD + 15 * DAY),
        (-MINUTE, HELD),
        (30 * DAY + 5 * MINUTE, HELD + 5 * MINUTE),
        (-30 * DAY + 5 * MINUTE, HELD + 5 * MINUTE),
    ],
)
def test_as_much_time_passes_as_on_the_clock_but_no_leap_of_it(passed: timedelta, held: object) -> None:
    assert carried_on(HELD, SEEN, SEEN + passed, 15) == held
