"""Which reminders, urgings and reviews are due on a day, given what was already sent.

One rule, two readers: the windows computed here are the parameters of the set-based sweep, and
``due_notice`` judges a single task by the same windows; a test holds the two together.
Source: design of follow-up, "Reminders and urging" and its defaults; docs/decisions/0007.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from rules.calendar.workdays import ONE_DAY, NoCalendar, WorkCalendar
from rules.facts import TaskFacts
from rules.outbox.payloads.keys import LetterKind
from rules.people.bodies import ended_by
from rules.vocabulary import AWAITED, Rung


@dataclass(frozen=True, slots=True)
class Rhythm:
    """The policy of reminding; all numbers are working days except the review's calendar days.

    The defaults are those of ``config/``: rules have none.
    """

    before: tuple[int, ...]
    urge_every: int
    review_after: int
    review_every: int
    #: More than so many working days late, and the rung that is then told, earliest first.
    climb: tuple[tuple[int, Rung], ...]
    confirm_every: int  # how often the secretariat is asked again about a submitted result


@dataclass(frozen=True, slots=True)
class Near:
    """A near due date and the one step before it that it has reached.

    ``step`` is 5, 3, 1... working days before the deadline, 0 on the day; ``stood_on`` the working
    day on which the step was reached: today, or earlier if nobody looked on that day.
    """

    due_on: date
    step: int
    stood_on: date


@dataclass(frozen=True, slots=True)
class Threshold:
    """Who is late by more than the policy's days: deadlines on or before ``due_on_or_before``.

    ``step`` counts the thresholds from 1, mildest first; ``rung`` is told.
    """

    step: int
    rung: Rung
    due_on_or_before: date


@dataclass(frozen=True, slots=True)
class Windows:
    """What is due on ``today``; nothing at all on a day off.

    ``beyond`` is a year without a calendar file that near deadlines lie in: ``beyond_steps`` are the
    steps that some of them may have reached. They are not in ``near``; all else is as on any day.
    """

    today: date
    near: tuple[Near, ...] = ()
    urge_before: date | None = None  # deadlines before this day are overdue and may be urged
    #: ... and the last urging, if any, is old enough; so is the letter that told of a deadline too late.
    urged_on_or_before: date | None = None
    review_until: date | None = None
    late: tuple[Threshold, ...] = ()
    beyond: int | None = None
    beyond_steps: tuple[int, ...] = ()


def windows(today: date, rhythm: Rhythm, calendar: WorkCalendar) -> Windows:
    """The windows of ``today``. On days off they are empty: the morning after catches up.

    A deadline on a day off stays where it is; its steps are counted from the last working day
    before it, so the last reminder goes out while people are at their desks. Raises NoCalendar
    only if the year of ``today`` itself has no file.
    """
    if not calendar.is_working(today):
        return Windows(today)
    steps = sorted({0, *rhythm.before})
    near, unknown = _near(today, steps, calendar)
    rested = calendar.reach(today, 1 - rhythm.urge_every)
    return Windows(
        today,
        near,
        urge_before=today,
        urged_on_or_before=rested - ONE_DAY if rested else None,
        review_until=today,
        late=tuple(_thresholds(today, rhythm, calendar)),
        beyond=unknown[0] if unknown else None,
        beyond_steps=unknown[1] if unknown else (),
    )


def _near(
    today: date, steps: list[int], calendar: WorkCalendar
) -> tuple[tuple[Near, ...], tuple[int, tuple[int, ...]] | None]:
    """Every due date from today on that has reached a step; and what the calendar does not know."""
    found: list[Near] = []
    day = base = today
    left = 0  # working days after today up to ``day``
    while left <= steps[-1]:
        step = next(step for step in steps if step >= left)
        found.append(Near(day, step, _stood_on(base, step, calendar)))
        day += ONE_DAY
        try:
            works = calendar.is_working(day)
        except NoCalendar:
            return tuple(found), (day.year, tuple(step for step in steps if step >= left))
        if works:
            base, left = day, left + 1
    return tuple(found), None


def _stood_on(base: date, step: int, calendar: WorkCalendar) -> date:
    """Before the first year with data nothing can have been sent: its first day stands for it."""
    return calendar.reach(base, -step) or date(min(calendar.years), 1, 1)


def _thresholds(today: date, rhythm: Rhythm, calendar: WorkCalendar) -> Iterator[Threshold]:
    for step, (days, rung) in enumerate(rhythm.climb, start=1):
        last = calendar.reach(today, -days - 1)
        if last is not None:
            yield Threshold(step, rung, last)


def steps_before(due_on: date, rhythm: Rhythm, calendar: WorkCalendar) -> tuple[Near, ...]:
    """The steps before one deadline, earliest first, each with the day on which it is reached.

    Raises NoCalendar if the year of ``due_on`` has no file.
    """
    base = calendar.on_or_before(due_on)
    steps = sorted({0, *rhythm.before}, reverse=True)
    return tuple(Near(due_on, step, _stood_on(base, step, calendar)) for step in steps)


def due_notice(
    task: TaskFacts, when: Windows, sent_step: int | None = None, told_on: date | None = None
) -> tuple[LetterKind, int] | None:
    """The letter that ``task`` is due today, with its step or urging number, or None.

    ``sent_step`` is the last step already written for the deadline in force, ``told_on`` the working day on
    which the lead was told of it (None: not yet). A step whose day was missed goes late, once, and only the
    nearest one; a deadline set on or after the day of a step is not recalled by that step, for the
    assignment or the extension has just said it. A body that has ended is asked for nothing: its open tasks
    are raised to the secretariat (``models/follow_up/sweep/ended.py``).
    """
    if task.status not in AWAITED or when.urge_before is None:
        return None
    if ended_by(task.agency_ends_on, when.today):
        return None
    if task.due_on is None:
        reviewed = task.review_on is not None and task.review_on <= when.today
        return (LetterKind.REVIEW, 0) if reviewed else None
    if task.due_on < when.urge_before:
        urged = known(task.due_on, told_on, when) and _rested(task, when)
        return (LetterKind.URGING, task.urged + 1) if urged else None
    for near in when.near:
        if near.due_on == task.due_on:
            fresh = (task.due_set_on or task.assigned_on) >= near.stood_on
            written = sent_step is not None and sent_step <= near.step
            return None if fresh or written else (LetterKind.REMINDER, near.step)
    return None


def known(due_on: date, told_on: date | None, when: Windows) -> bool:
    """Whether a lead that was told of an overdue deadline on ``told_on``, a working day, may be urged today.

    Told before the first working day after the deadline: from that day on. Told later, when the deadline
    was over already: the letter itself said so, and urging begins a step after it.
    """
    if told_on is None:
        return False
    # Told on a working day, so not after the deadline is the same as before the first working day after it.
    return told_on <= due_on or _old_enough(told_on, when)


def _rested(task: TaskFacts, when: Windows) -> bool:
    return task.last_urged_on is None or _old_enough(task.last_urged_on, when)


def _old_enough(day: date, when: Windows) -> bool:
    return when.urged_on_or_before is not None and day <= when.urged_on_or_before


def late_step(task: TaskFacts, when: Windows) -> int:
    """The highest threshold that ``task`` is past today, 0 if none: the reference for one task."""
    if task.status not in AWAITED or task.due_on is None or ended_by(task.agency_ends_on, when.today):
        return 0
    return max((line.step for line in when.late if task.due_on <= line.due_on_or_before), default=0)


def next_review(today: date, rhythm: Rhythm) -> date:
    """When a task without a deadline is looked at again."""
    return today + timedelta(days=rhythm.review_every)
