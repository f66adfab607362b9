"""What a pause does to a deadline: both figures, with and without it.

Source: design of follow-up, "Beyond authority": an accepted case pauses the deadline; both
figures are kept. A pause takes away working days, so the deadline moves by as many.
"""

from dataclasses import dataclass
from datetime import date

from rules.calendar.workdays import WorkCalendar


@dataclass(frozen=True, slots=True)
class Shifted:
    """The deadline after a pause, and the one that would stand if there had been none."""

    with_pause: date
    without: date
    working_days: int  # that the pause took


def paused_due(
    due_on: date, paused_on: date, resumed_on: date, calendar: WorkCalendar, without: date | None = None
) -> Shifted:
    """``due_on`` moved by the working days after ``paused_on`` up to ``resumed_on``.

    The clock stands still: who had n working days left has n left, who was late stays as late.
    ``without`` is the unpaused deadline so far, if an earlier pause has already moved ``due_on``.
    Raises ValueError if the pause ends before it begins.
    """
    if resumed_on < paused_on:
        raise ValueError("a pause cannot end before it begins")
    lost = calendar.between(paused_on, resumed_on)
    return Shifted(calendar.add(due_on, lost), without or due_on, lost)
