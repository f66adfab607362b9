"""On which days the leadership digest is owed: its weekday, and n working days before a meeting.

Source: design of follow-up, "Defaults": Monday and one working day before a meeting. When the digest
goes out is a time that the office sets itself, so the days before a meeting in a year without a
calendar file are counted by the weekly pattern (``WorkCalendar.guessing``).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from rules.calendar.workdays import ONE_DAY, WorkCalendar

#: On the day of a meeting its digest may still go out late, until noon: "up to the meeting's morning".
NOON = time(12)


@dataclass(frozen=True, slots=True)
class DigestDue:
    """A digest is owed unless one was issued on ``since`` or later.

    ``meetings`` are the days of the meetings ahead that it is made for, the nearest first.
    """

    since: date
    meetings: tuple[date, ...] = ()


def digest_due(
    today: date, weekday: int, days_before: int, meetings: Sequence[date], calendar: WorkCalendar
) -> DigestDue | None:
    """What is owed by ``today``; None on a day off, the next working morning catches up.

    ``weekday`` counts from Monday = 0, ``days_before`` in working days. ``meetings`` are the days of
    those that stand; one that is over no longer counts. The weekly digest stays due until it is
    written or the next one takes its place; whichever day came last decides, so one digest serves
    both. Raises NoCalendar if the year of ``today`` has no file.
    """
    if not calendar.is_working(today):
        return None
    ahead = {day: digest_day(day, days_before, calendar) for day in sorted(set(meetings)) if day >= today}
    reached = {day: since for day, since in ahead.items() if since <= today}
    weekly = today - timedelta(days=(today.weekday() - weekday) % 7)
    return DigestDue(max([weekly, *reached.values()]), tuple(reached))


def digest_day(held_on: date, days_before: int, calendar: WorkCalendar) -> date:
    """The working day ``days_before`` working days before a meeting; 0 is the morning of its day.

    Of a meeting on a day off, 0 is the last working day before it: on the day itself nobody is
    written to.
    """
    known = calendar.guessing
    return known.add(held_on, -days_before) if days_before else known.on_or_before(held_on)


def first_ahead(local: datetime) -> date:
    """The first day whose meetings are ahead of a letter that leaves at ``local`` (the office's clock)."""
    return local.date() + (ONE_DAY if local.time() >= NOON else timedelta())


def provisional_digest_day(held_on: date, days_before: int, calendar: WorkCalendar) -> bool:
    """Whether a year between a meeting and its digest still waits for its notice, or for its file."""
    return bool(calendar.provisional_years(digest_day(held_on, days_before, calendar), held_on))
