"""The office that this process serves: its policy, its calendar, its database, opened once."""

from functools import cache

from sqlalchemy.engine import Engine

from config.committee import office_policy
from config.office import Office
from config.settings import get_settings
from config.work_calendar import office_calendar
from models.db import open_database


@cache
def this_office() -> Office:
    """Policy and calendar of this installation. Raises ConfigError."""
    return Office(office_policy(), office_calendar())


def office_database() -> Engine:
    """The database of this installation. Raises DatabaseNotReady."""
    return open_database(get_settings().database_url)
