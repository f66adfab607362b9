"""When a wall clock is not believed, and which instant is taken instead until a person says so.

A machine's clock that is set two months ahead would urge everybody at once for what is not late. So a
leap decides nothing until it is confirmed (``docs/decisions/0010``).
"""

from datetime import date, datetime, timedelta

ONE_DAY = timedelta(days=1)


def leaped(today: date, last_day: date | None, most_days: int) -> bool:
    """Whether ``today`` lies more than ``most_days`` days after ``last_day``; a first day never does."""
    return last_day is not None and (today - last_day).days > most_days


def believed(trusted: datetime, shown: datetime) -> datetime:
    """The first instant from ``trusted`` on that has the time of day of ``shown``.

    Of a clock that leaped the date is not believed, the time of day is: letters go by day, not by night.
    """
    return trusted + (shown - trusted) % ONE_DAY


def carried_on(held: datetime, seen: datetime, shown: datetime, most_days: int) -> datetime:
    """The believed instant at a later look: as much later as the clock went on since it showed ``seen``.

    It stands still while the clock is set back a little; a second leap is believed no more than the first.
    """
    passed = shown - seen
    if timedelta() <= passed <= timedelta(days=most_days):
        return held + passed
    return held if -ONE_DAY < passed < timedelta() else believed(held, shown)
