"""The only place that reads the wall clock; everything else is given the time."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

OFFICE_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def wall_now() -> datetime:
    """The present instant, aware, UTC."""
    return datetime.now(UTC)


def office_day(instant: datetime) -> date:
    """The calendar day of an aware instant in Asia/Ho_Chi_Minh."""
    return instant.astimezone(OFFICE_ZONE).date()


def office_time(instant: datetime) -> datetime:
    """The same instant with the clock face of Asia/Ho_Chi_Minh."""
    return instant.astimezone(OFFICE_ZONE)
