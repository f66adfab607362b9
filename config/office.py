"""What every action needs to know of the office that it works for."""

from dataclasses import dataclass
from datetime import datetime

from config.committee import Policy
from rules.calendar.workdays import WorkCalendar


@dataclass(frozen=True, slots=True)
class Office:
    """The policy and the calendar of one committee's office."""

    policy: Policy
    calendar: WorkCalendar

    @property
    def mark_days(self) -> int:
        """After how many days an address that was refused is tried again."""
        return self.policy.delivery.mark_days

    def soonest(self, now: datetime) -> datetime:
        """The next instant at which letters leave, ``now`` or later (aware). Raises NoCalendar."""
        return self.policy.soonest(now, self.calendar)
