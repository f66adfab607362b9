"""What sending needs to know of this office, handed down from the edge as one value."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from config.clock import office_day
from config.committee import Policy
from rules.workdays import WorkCalendar


@dataclass(frozen=True, slots=True)
class PostOffice:
    """Hours and retries, the working days, and the right side of our Message-IDs."""

    policy: Policy
    calendar: WorkCalendar
    mail_domain: str
    _late: dict[tuple[date, date], int] = field(default_factory=dict, init=False, repr=False, compare=False)

    def soonest(self, instant: datetime) -> datetime:
        """``instant`` if people may be written to then, else the next working morning."""
        return self.policy.soonest(instant, self.calendar)

    def next_morning(self, instant: datetime) -> datetime:
        """When the letters of the next working day go out."""
        day = self.calendar.guessing.on_or_after(office_day(instant) + timedelta(days=1))
        return self.policy.morning_of(day)

    def working_day(self, instant: datetime) -> date:
        """The office's day of ``instant``; on a day off the working day after it."""
        return self.calendar.guessing.on_or_after(office_day(instant))

    def first_morning(self, day: date) -> datetime:
        """When letters go out on ``day``, or on the first working day after it."""
        return self.policy.morning_of(self.calendar.guessing.on_or_after(day))

    def days_late(self, due_on: date, today: date) -> int:
        """How many working days ``today`` lies behind a deadline; counted once for each pair of days."""
        key = due_on, today
        if key not in self._late:
            self._late[key] = self.calendar.between(due_on, today) if due_on < today else 0
        return self._late[key]

    def is_open(self, instant: datetime) -> bool:
        """Whether people may be written to at ``instant``."""
        return self.policy.open_hours(instant, self.calendar)

    def give_up_at(self, instant: datetime) -> datetime:
        """Until when a message made at ``instant`` is tried."""
        return self.policy.give_up_at(instant, self.calendar)
