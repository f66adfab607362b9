"""Why nobody was reminded before a deadline passed: a function of recorded rows, never stored.

Source: design of follow-up, "Reminders and urging", and docs/decisions/0007: every open task is
either reminded in time or has a reason in the rows. The rows are what the steps of the deadline
were, on which days the follow-up ran, when the task was not awaited, and what became of letters.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from rules.facts import TaskFacts
from rules.follow_up.reminders import Near
from rules.letter_words import LetterState
from rules.people.bodies import ended_by
from rules.vocabulary import UnremindedReason


@dataclass(frozen=True, slots=True)
class Rest:
    """A time in which the task was not awaited: paused, submitted, refused.

    Until the evening of ``last``; None while it goes on. Its first day still counts as awaited if
    the sweep of that morning came before the move, so ``first`` is the day after the move.
    """

    first: date
    last: date | None = None

    def covers(self, day: date) -> bool:
        """Whether ``day`` lies in the rest."""
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class SentReminder:
    """A reminder letter of the deadline in force; ``sent_on`` is the day its first message left."""

    state: LetterState
    sent_on: date | None = None


def reminded(task: TaskFacts, letters: Sequence[SentReminder]) -> bool:
    """Whether a reminder left on or before the deadline."""
    due = task.due_on
    return due is not None and any(letter.sent_on is not None and letter.sent_on <= due for letter in letters)


def why_not_reminded(
    task: TaskFacts,
    steps: Sequence[Near],
    followed: Collection[date],
    rests: Sequence[Rest] = (),
    letters: Sequence[SentReminder] = (),
    provisional: bool = False,
) -> UnremindedReason | None:
    """The first reason that explains it; None if a reminder left in time, or if nothing explains it.

    ``steps`` are those before the deadline in force by today's calendar (``reminders.steps_before``); they
    are empty where the calendar does not know the deadline's year. ``followed`` are the working days on
    which the follow-up ran; ``provisional`` says that the calendar of these days still waits for its notice
    and may have changed since.
    """
    if task.due_on is None or reminded(task, letters):
        return None
    if letters:
        return _undelivered(letters)
    if not steps:
        return UnremindedReason.PROVISIONAL_CALENDAR
    set_on = task.due_set_on or task.assigned_on
    standing = [near.stood_on for near in steps if near.stood_on > set_on]
    if not standing:
        moved = set_on > task.assigned_on
        return UnremindedReason.DEADLINE_MOVED if moved else UnremindedReason.ASSIGNED_LATE
    last = max(near.stood_on for near in steps)
    reason = _unwritten(min(standing), last, followed, rests)
    if reason is None and ended_by(task.agency_ends_on, last):
        return UnremindedReason.BODY_ENDED
    return UnremindedReason.PROVISIONAL_CALENDAR if reason is None and provisional else reason


def _undelivered(letters: Sequence[SentReminder]) -> UnremindedReason:
    """Written, but it did not leave in time."""
    states = {letter.state for letter in letters}
    if states == {LetterState.OBSOLETE}:  # the task was done or resting when it was to leave
        return UnremindedReason.RESTING
    if LetterState.NO_CONTACT in states:
        return UnremindedReason.NO_CONTACT
    return UnremindedReason.NOT_DELIVERED


def _unwritten(
    first: date, last: date, followed: Collection[date], rests: Sequence[Rest]
) -> UnremindedReason | None:
    """No letter was written between the first step that concerned the task and the last one."""
    looked = [day for day in followed if first <= day <= last]
    awake = [day for day in looked if not any(rest.covers(day) for rest in rests)]
    if not looked:
        return UnremindedReason.SWEEP_AWAY
    return None if awake else UnremindedReason.RESTING
