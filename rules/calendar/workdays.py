"""The working-day calendar: weekly pattern, holidays, swapped working Saturdays.

Three tables, as the offices keep them. Holidays and swaps are announced year by year, so a year
is data with the number of its notice; without one it is provisional ("tạm tính"), and a year
without any data is an error, never a guess.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from rules.refusal import NotFound

ONE_DAY = timedelta(days=1)
#: Saturday and Sunday (Monday = 0): the weekly days off of state offices since Quyết định 188/1999/QĐ-TTg.
WEEKEND = frozenset({5, 6})


class NoCalendar(NotFound):
    """No data for that year; the message is Vietnamese."""


@dataclass(frozen=True, slots=True)
class WorkYear:
    """The days of one year that differ from the weekly pattern."""

    year: int
    days_off: Mapping[date, str]  # day -> name of the holiday or "nghỉ bù", "hoán đổi"
    worked: frozenset[date] = frozenset()  # Saturdays or Sundays worked instead
    provisional: bool = True
    notice: str | None = None

    @property
    def days(self) -> str:
        """The days themselves as one text: two years with the same text count alike."""
        off = " ".join(day.isoformat() for day in sorted(self.days_off))
        worked = " ".join(day.isoformat() for day in sorted(self.worked))
        return f"nghỉ {off}; làm bù {worked}"


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """All known years. ``weekend`` uses Monday = 0; ``guesses`` is set by ``guessing`` only."""

    years: Mapping[int, WorkYear]
    weekend: frozenset[int] = field(default=WEEKEND)
    guesses: bool = False

    @property
    def guessing(self) -> "WorkCalendar":
        """The same calendar, in which a year without data has no holidays but its weekends.

        Only for times that the office sets itself (when a letter may leave, by when a rung should
        answer), so that the last days of a year do not stop them; never for a task's deadline.
        """
        return replace(self, guesses=True)

    def is_working(self, day: date) -> bool:
        """Whether offices work on ``day``. Raises NoCalendar for a year without data."""
        year = self._year(day)
        if day in year.worked:
            return True
        return day.weekday() not in self.weekend and day not in year.days_off

    def add(self, day: date, count: int) -> date:
        """The working day ``count`` working days after ``day`` (before it, if negative).

        Counting starts with the next day; ``day`` itself may be a day off.
        """
        step = ONE_DAY if count >= 0 else -ONE_DAY
        left = abs(count)
        while left:
            day += step
            left -= self.is_working(day)
        return day

    def reach(self, day: date, count: int) -> date | None:
        """As ``add``, but None where the counting leaves the years that have data."""
        try:
            return self.add(day, count)
        except NoCalendar:
            return None

    def on_or_before(self, day: date) -> date:
        """``day`` if it is worked, else the last working day before it."""
        return day if self.is_working(day) else self.add(day, -1)

    def on_or_after(self, day: date) -> date:
        """``day`` if it is worked, else the next working day."""
        return day if self.is_working(day) else self.add(day, 1)

    def between(self, first: date, last: date) -> int:
        """Working days after ``first`` up to and including ``last``; negative if reversed."""
        if last < first:
            return -self.between(last, first)
        days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
        return sum(self.is_working(day) for day in days)

    def provisional(self, day: date) -> bool:
        """Whether the year of ``day`` still waits for its notice."""
        return self._year(day).provisional

    def provisional_years(self, first: date, last: date) -> tuple[int, ...]:
        """The years from ``first`` to ``last`` (in either order) whose notice is still missing."""
        years = range(min(first, last).year, max(first, last).year + 1)
        return tuple(year for year in years if year not in self.years or self.years[year].provisional)

    def _year(self, day: date) -> WorkYear:
        try:
            return self.years[day.year]
        except KeyError:
            if self.guesses:
                return WorkYear(day.year, {})
            raise NoCalendar(
                f"Chưa có lịch ngày làm việc năm {day.year}: "
                f"hãy thêm tệp {day.year}.yaml vào thư mục workdays của văn phòng (không có thì là "
                f"config/workdays/{day.year}.yaml) theo thông báo nghỉ lễ, tết."
            ) from None
