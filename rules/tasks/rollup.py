"""A directive to a collective, added up over the tasks of its members.

Source: design of follow-up, "Who is asked": one task per body, each with its own state, rolled up.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from rules.deadlines.classes import deadline_class
from rules.vocabulary import DeadlineClass, TaskStatus


@dataclass(frozen=True, slots=True)
class Rollup:
    """How many tasks of a directive stand where; words that count nothing are left out.

    Both mappings add up to ``total``. Handed-over tasks are not counted, their successors are;
    ``withdrawn`` ones are counted apart, because they are neither owed nor done.
    """

    by_status: Mapping[TaskStatus, int]
    by_class: Mapping[DeadlineClass, int]
    withdrawn: int = 0

    @property
    def total(self) -> int:
        """The number of bodies that owe, or have delivered, the work."""
        return sum(self.by_status.values())

    @property
    def done(self) -> int:
        """How many have a confirmed result."""
        return self.by_status.get(TaskStatus.CONFIRMED, 0)


@dataclass(frozen=True, slots=True)
class TaskGroup:
    """``count`` tasks that are alike in all that the counts ask for."""

    status: TaskStatus
    due_on: date | None
    submitted_on: date | None
    count: int


def rolled_up(groups: Iterable[TaskGroup], today: date) -> Rollup:
    """The counts of one directive on ``today``."""
    by_status: Counter[TaskStatus] = Counter()
    by_class: Counter[DeadlineClass] = Counter()
    withdrawn = 0
    for group in groups:
        if group.status is TaskStatus.WITHDRAWN:
            withdrawn += group.count
        elif group.status is not TaskStatus.HANDED_OVER:
            done = group.status is TaskStatus.CONFIRMED
            by_status[group.status] += group.count
            by_class[deadline_class(group.due_on, group.submitted_on, done, today)] += group.count
    return Rollup(dict(by_status), dict(by_class), withdrawn)
