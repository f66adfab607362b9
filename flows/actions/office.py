"""The office that this process serves: database, policy, calendar, opened once."""

from dataclasses import dataclass
from functools import cache

from sqlalchemy.engine import Engine

from config.committee import Policy, office_policy
from config.settings import get_settings
from config.work_calendar import office_calendar
from models.db import open_database
from rules.workdays import WorkCalendar


@dataclass(frozen=True, slots=True)
class Office:
    """What every action needs to know of this office: its policy and its calendar."""

    policy: Policy
    calendar: WorkCalendar

    @property
    def mark_days(self) -> int:
        """After how many days an address that was refused is tried again."""
        return self.policy.delivery.mark_days


@cache
def this_office() -> Office:
    """Policy and calendar of this installation. Raises ConfigError."""
    return Office(office_policy(), office_calendar())


def office_database() -> Engine:
    """The database of this installation. Raises DatabaseNotReady."""
    return open_database(get_settings().database_url)
