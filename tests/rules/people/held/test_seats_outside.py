"""Whether a seat still lies within the days of its body."""

from datetime import date
from typing import Any

import pytest

from rules.people.held.days import Days
from rules.people.held.seats_taken import why_outside


def day(number: int) -> date:
    return date(2026, 3, number)


@pytest.mark.parametrize(
    ("bounds", "days", "outside"),
    [
        ((None, None), Days(day(1)), False),
        ((None, day(20)), Days(day(1), day(20)), False),
        ((None, day(20)), Days(day(1), day(21)), True),
        ((None, day(20)), Days(day(1)), True),
        ((day(5), None), Days(day(5)), False),
        ((day(5), None), Days(day(4)), True),
        ((None, day(20)), Days(day(25), day(24)), False),  # never held
    ],
)
def test_within_or_outside(bounds: tuple[Any, Any], days: Days, outside: bool) -> None:
    assert bool(why_outside("Sở", *bounds, days)) is outside
