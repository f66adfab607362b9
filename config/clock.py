"""The only place that reads the wall clock; everything else is given the time."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from rules.text.typed import FIRST_YEAR, LAST_YEAR, in_reach

OFFICE_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def wall_now() -> datetime:
    """The present instant, aware, UTC."""
    return datetime.now(UTC)


def office_day(instant: datetime) -> date:
    """The calendar day of an aware instant in Asia/Ho_Chi_Minh."""
    return instant.astimezone(OFFICE_ZONE).date()


def instant_in_reach(instant: datetime) -> bool:
    """Whether an aware instant lies, by its day in the office, in the years that the office's time holds."""
    known = FIRST_YEAR - 1 <= instant.year <= LAST_YEAR + 1  # far from where a time zone overflows
    return known and in_reach(office_day(instant))


def office_time(instant: datetime) -> datetime:
    """The same instant with the clock face of Asia/Ho_Chi_Minh."""
    return instant.astimezone(OFFICE_ZONE)
