"""When the secretariat is asked again about a result that waits for confirmation."""

from datetime import date

from rules.calendar.workdays import ONE_DAY, WorkCalendar


def asked_until(today: date, every: int, calendar: WorkCalendar) -> date | None:
    """Whoever was last asked on this day or earlier is asked again today; None on a day off.

    ``every`` are working days: asked on Monday, again on Thursday if it is 3. Source: design of
    follow-up, "Two axes": while a result waits, only the secretariat is urged. Raises NoCalendar.
    """
    if not calendar.is_working(today):
        return None
    rested = calendar.reach(today, 1 - every)
    return rested - ONE_DAY if rested else None
