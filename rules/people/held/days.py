"""Stretches of days, both ends included: whether two meet, and which day none of them covers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Days:
    """From ``first`` to ``last``; None is open. A ``last`` before ``first`` is no day at all."""

    first: date
    last: date | None = None

    def has(self, day: date) -> bool:
        """Whether ``day`` is one of them."""
        return self.first <= day and (self.last is None or day <= self.last)

    def meets(self, other: "Days") -> bool:
        """Whether some day is in both."""
        later = max(self.first, other.first)
        return self.has(later) and other.has(later)

    @property
    def none(self) -> bool:
        """Whether it is no day at all."""
        return self.last is not None and self.last < self.first

    def __str__(self) -> str:
        if self.last == self.first:
            return f"ngày {self.first:%d/%m/%Y}"
        since = f"từ ngày {self.first:%d/%m/%Y}"
        return since if self.last is None else f"{since} đến hết ngày {self.last:%d/%m/%Y}"


def first_gap(stretches: Iterable[Days], start: date) -> date | None:
    """The first day from ``start`` on that none of them has; None if they cover all days to come."""
    day = start
    for one in sorted(stretches, key=lambda days: days.first):
        if one.has(day):
            if one.last is None:
                return None
            day = one.last + _DAY
    return day
