"""A directive to a collective, added up over the tasks of its members.

Source: design of follow-up, "Who is asked": one task per body, each with its own state, rolled up.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from rules.vocabulary import DeadlineClass, TaskStatus


@dataclass(frozen=True, slots=True)
class Rollup:
    """How many tasks of a directive stand where; words that count nothing are left out.

    Both mappings add up to ``total``: handed-over tasks are not counted, their successors are.
    """

    by_status: Mapping[TaskStatus, int]
    by_class: Mapping[DeadlineClass, int]

    @property
    def total(self) -> int:
        """The number of bodies that owe, or have delivered, the work."""
        return sum(self.by_status.values())
