"""Which reminders, urgings and reviews are due on a day, given what was already sent.

One rule, two readers: the windows computed here are the parameters of the set-based sweep, and
``due_notice`` judges a single task by the same windows; a test holds the two together.
Source: design of follow-up, "Reminders and urging" and its defaults.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from rules.facts import TaskFacts
from rules.vocabulary import AWAITED, LetterKind
from rules.vocabulary import Rung as AuthorityRung
from rules.workdays import WorkCalendar


@dataclass(frozen=True, slots=True)
class Rhythm:
    """The policy of reminding; all numbers are working days except the review's calendar days."""

    before: tuple[int, ...] = (5, 3, 1)
    urge_every: int = 5
    review_after: int = 30
    review_every: int = 30
    #: Working days late and the rung that is then told, earliest first.
    climb: tuple[tuple[int, AuthorityRung], ...] = ()
    confirm_every: int = 3  # how often the secretariat is asked again about a submitted result


@dataclass(frozen=True, slots=True)
class Rung:
    """One reminder: ``step`` is 5, 3, 1... working days before the deadline, 0 on the day.

    All deadlines in the closed interval ``[first_due, last_due]`` stand on this step today.
    """

    step: int
    first_due: date
    last_due: date


@dataclass(frozen=True, slots=True)
class Near:
    """A deadline near ``today`` and the one rung on which it stands; each ``due_on`` occurs once.

    ``stood_on`` is the working day on which this rung's reminder was due: today, or an earlier day
    if the sweep was away then. It is the letter's ``scheduled_on``; a deadline set on that day or
    later (``due_set_on >= stood_on``) is too fresh for it (decision 0007).
    """

    due_on: date
    step: int  # working days before the deadline; 0 on the day
    stood_on: date


@dataclass(frozen=True, slots=True)
class Threshold:
    """A step of climbing by time: deadlines up to ``due_on_or_before`` have passed it today."""

    step: int  # 1, 2, 3... in the order of the policy
    rung: AuthorityRung
    due_on_or_before: date


@dataclass(frozen=True, slots=True)
class Windows:
    """What is due on ``today``; nothing at all on a day off.

    ``near`` and what follows it are for the sweep by sets; until ``windows`` fills them they are empty.
    """

    today: date
    reminders: tuple[Rung, ...]
    urge_due_before: date | None  # deadlines before this day are overdue and may be urged
    urged_on_or_before: date | None  # and the last urging (or deadline) is old enough
    near: tuple[Near, ...] = ()  # every deadline that has a rung today
    urge_before: date | None = None  # deadlines before this day are overdue: ``urge_due_before``'s later name
    review_until: date | None = None  # reviews up to this day are due
    late: tuple[Threshold, ...] = ()  # lowest step first
    beyond: int | None = None  # the first year without a calendar that a rung would have needed


def windows(today: date, rhythm: Rhythm, calendar: WorkCalendar) -> Windows:
    """The windows of ``today``. On days off they are empty: the morning after catches up.

    A deadline on a day off stays where it is; its steps are counted from the last working day
    before it, so the last reminder goes out while people are at their desks.
    """
    if not calendar.is_working(today):
        return Windows(today, (), None, None)
    rungs = tuple(_rung(today, step, calendar) for step in sorted({0, *rhythm.before}, reverse=True))
    rested = calendar.add(today, 1 - rhythm.urge_every) - timedelta(days=1)
    return Windows(today, rungs, today, rested)


def _rung(today: date, step: int, calendar: WorkCalendar) -> Rung:
    first = calendar.add(today, step)
    following = calendar.add(first, 1)
    return Rung(step, first, following - timedelta(days=1))


def due_notice(task: TaskFacts, when: Windows) -> tuple[LetterKind, int] | None:
    """The letter that ``task`` is due today, with its step or urging number, or None."""
    if task.status not in AWAITED:
        return None
    if task.due_on is None:
        reviewed = task.review_on is not None and task.review_on <= when.today
        return (LetterKind.REVIEW, 0) if reviewed and when.reminders else None
    for rung in when.reminders:
        if rung.first_due <= task.due_on <= rung.last_due:
            return LetterKind.REMINDER, rung.step
    if when.urge_due_before is None or when.urged_on_or_before is None:
        return None
    if task.due_on < when.urge_due_before and (
        task.last_urged_on is None or task.last_urged_on <= when.urged_on_or_before
    ):
        return LetterKind.URGING, task.urged + 1
    return None


def next_review(today: date, rhythm: Rhythm) -> date:
    """When a task without a deadline is looked at again."""
    return today + timedelta(days=rhythm.review_every)
