"""The committee's policy as data: ``config/committee.yaml`` checked and frozen."""

from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from config.clock import OFFICE_ZONE, office_time
from config.yaml_source import load_yaml
from rules.digest import DigestWindows
from rules.reminders import Rhythm
from rules.vocabulary import Rung
from rules.workdays import WorkCalendar

POLICY_FILE = Path(__file__).with_name("committee.yaml")
ONE_DAY = timedelta(days=1)


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Reminders(_Part):
    """Working days before the deadline, and how often to urge and review."""

    before_working_days: list[int] = [5, 3, 1]
    urge_every_working_days: int = Field(default=5, ge=1)
    review_after_days: int = Field(default=30, ge=1)
    review_every_days: int = Field(default=30, ge=1)


class Hours(_Part):
    """Office-clock hours; quiet from the evening to the morning."""

    morning: time = time(7, 30)
    quiet_from: time = time(17, 30)
    quiet_to: time = time(7, 0)


class Escalation(_Part):
    """Working days that each rung has to answer."""

    answer_working_days: dict[Rung, int] = {Rung.STANDING: 3, Rung.CHAIR: 5, Rung.PROVINCE: 10}


class DigestPolicy(_Part):
    """When the leadership digest goes out, and its windows."""

    weekday: int = Field(default=0, ge=0, le=6)
    silent_days: int = 30
    no_deadline_months: int = 3
    urged_often_from: int = 3


class DeliveryPolicy(_Part):
    """When a message that could not leave is tried again, and when we stop."""

    retry_minutes: list[int] = [1, 5, 30, 120]
    give_up_after_working_days: int = Field(default=3, ge=1)


class Policy(_Part):
    """The whole policy of a committee."""

    reminders: Reminders = Reminders()
    hours: Hours = Hours()
    escalation: Escalation = Escalation()
    digest: DigestPolicy = DigestPolicy()
    delivery: DeliveryPolicy = DeliveryPolicy()

    @property
    def rhythm(self) -> Rhythm:
        """The reminders in the shape that the rules take."""
        r = self.reminders
        return Rhythm(
            tuple(r.before_working_days), r.urge_every_working_days, r.review_after_days, r.review_every_days
        )

    @property
    def digest_windows(self) -> DigestWindows:
        """The digest's settings in the shape that the rules take."""
        d = self.digest
        return DigestWindows(d.silent_days, d.no_deadline_months, d.urged_often_from)

    def open_hours(self, instant: datetime, calendar: WorkCalendar) -> bool:
        """Whether people may be written to at ``instant``."""
        return self.soonest(instant, calendar) == instant

    def morning_of(self, day: date) -> datetime:
        """The instant at which the letters of ``day`` go out."""
        return datetime.combine(day, self.hours.morning, OFFICE_ZONE)

    def soonest(self, instant: datetime, calendar: WorkCalendar) -> datetime:
        """``instant`` if people may be written to then, else the next working morning."""
        local = office_time(instant)
        day, clock = local.date(), local.time()
        if calendar.is_working(day):
            if self.hours.quiet_to <= clock < self.hours.quiet_from:
                return instant
            if clock < self.hours.quiet_to:
                return self.morning_of(day)
        return self.morning_of(calendar.on_or_after(day + ONE_DAY))

    def give_up_at(self, instant: datetime, calendar: WorkCalendar) -> datetime:
        """Until when a message made at ``instant`` is tried: working days, so Tết costs no letter."""
        local = office_time(instant)
        day = calendar.add(local.date(), self.delivery.give_up_after_working_days)
        return datetime.combine(day, local.time(), OFFICE_ZONE)

    def retry_delay(self, attempts: int) -> timedelta:
        """How long to wait after ``attempts`` failed attempts (1, 2, 3...)."""
        minutes = self.delivery.retry_minutes
        return timedelta(minutes=minutes[min(attempts, len(minutes)) - 1])


def load_policy(path: Path = POLICY_FILE) -> Policy:
    """The policy in ``path``. Raises ConfigError."""
    return load_yaml(path, Policy)


@cache
def office_policy() -> Policy:
    """The shipped policy, read once a process."""
    return load_policy()
