"""What sending needs to know of this office at this instant, handed down from the edge as one value."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from config.clock import office_day
from config.committee import Policy
from config.office import Office
from rules.calendar.workdays import WorkCalendar
from rules.outbox.seated_readers import LettersTo


@dataclass(frozen=True, slots=True)
class PostOffice:
    """One round of letters: the office, the instant, and the right side of our Message-IDs.

    ``now`` is aware, and stays while the round lasts.
    """

    office: Office
    now: datetime
    mail_domain: str
    letters_to: LettersTo = LettersTo.BOTH
    _late: dict[date, int] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def policy(self) -> Policy:
        """The office's settings."""
        return self.office.policy

    @property
    def calendar(self) -> WorkCalendar:
        """The office's working days."""
        return self.office.calendar

    @property
    def today(self) -> date:
        """The office's day of ``now``."""
        return office_day(self.now)

    @property
    def mark_days(self) -> int:
        """After how many days an address that was refused is tried again."""
        return self.office.mark_days

    def soonest(self, instant: datetime | None = None) -> datetime:
        """``instant`` (now) if people may be written to then, else the next working morning."""
        return self.policy.soonest(instant or self.now, self.calendar)

    def next_morning(self) -> datetime:
        """When the letters of the next working day go out."""
        return self.first_morning(self.today + timedelta(days=1))

    def working_day(self) -> date:
        """The office's day; on a day off the working day after it."""
        return self.calendar.guessing.on_or_after(self.today)

    def first_morning(self, day: date) -> datetime:
        """When letters go out on ``day``, or on the first working day after it."""
        return self.policy.morning_of(self.calendar.guessing.on_or_after(day))

    def days_late(self, due_on: date) -> int:
        """How many working days today lies behind a deadline; counted once for each deadline."""
        if due_on not in self._late:
            today = self.today
            self._late[due_on] = self.calendar.between(due_on, today) if due_on < today else 0
        return self._late[due_on]

    def is_open(self) -> bool:
        """Whether people may be written to now."""
        return self.policy.open_hours(self.now, self.calendar)

    def give_up_at(self) -> datetime:
        """Until when a message made now is tried."""
        return self.policy.give_up_at(self.now, self.calendar)
