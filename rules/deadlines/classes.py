"""What a deadline means today: computed from dates, never stored.

Source: design of follow-up, "Two axes". "Trước ngày D" includes D. The day that counts is the day
the result was submitted, provided that it is later confirmed. While a task is paused its clock
stands still; both figures, with and without the pause, can be told ("Beyond authority").
"""

from dataclasses import dataclass
from datetime import date

from rules.facts import TaskFacts, TaskLine
from rules.vocabulary import DeadlineClass, TaskStatus


@dataclass(frozen=True, slots=True)
class DueDates:
    """The deadlines of a task: in force, without pauses, as issued, and as corrected since."""

    due_on: date | None
    unpaused_on: date | None
    original_on: date | None
    corrected_on: date | None = None

    @property
    def by_paper(self) -> date | None:
        """What the paper's sentence says as far as anybody knows; None for a task without a deadline."""
        return None if self.due_on is None else self.corrected_on or self.original_on

    @property
    def without_pauses(self) -> date | None:
        """The deadline that would stand without pauses."""
        return self.unpaused_on or self.due_on

    @property
    def extended(self) -> bool:
        """Whether a decision has moved the deadline; what pauses added or a correction put right has not."""
        unpaused, paper = self.without_pauses, self.by_paper
        return unpaused is not None and paper is not None and unpaused > paper


_DONE = {
    None: DeadlineClass.DONE_NO_DEADLINE,
    True: DeadlineClass.DONE_IN_TIME,
    False: DeadlineClass.DONE_LATE,
}
_OPEN = {
    None: DeadlineClass.OPEN_NO_DEADLINE,
    True: DeadlineClass.OPEN_IN_TIME,
    False: DeadlineClass.OVERDUE,
}


def deadline_class(due_on: date | None, submitted_on: date | None, done: bool, today: date) -> DeadlineClass:
    """One of the six cells. A submitted result freezes the day that is compared."""
    counted = submitted_on or today
    in_time = None if due_on is None else counted <= due_on
    return (_DONE if done else _OPEN)[in_time]


def class_of(task: TaskFacts, today: date) -> DeadlineClass:
    """The deadline class of a task on ``today``, its pauses left out of the count."""
    return deadline_class(task.due_on, _counted(task, today), _done(task), today)


def class_without_pauses(task: TaskFacts, today: date) -> DeadlineClass:
    """The class by the deadline that would stand if the task had never been paused."""
    due_on = task.due_unpaused_on or task.due_on
    return deadline_class(due_on, task.submitted_on, _done(task), today)


def extended(task: TaskFacts) -> bool:
    """``DueDates.extended`` of a task."""
    dates = (task.due_on, task.due_unpaused_on, task.original_due_on, task.corrected_due_on)
    return DueDates(*dates).extended


def line_label(row: TaskLine) -> str:
    """The class in words for lists and letters: an extension stays visible (design, "Two axes")."""
    cell = row.deadline_class
    if not extended(row.task):
        return cell.label
    if cell is DeadlineClass.DONE_IN_TIME:
        return "Hoàn thành đúng hạn sau gia hạn"
    return f"{cell.label} (đã gia hạn)"


def days_to_due(task: TaskFacts, today: date) -> int | None:
    """Calendar days left (negative: late), counted from the day of submission or pause, if any."""
    return None if task.due_on is None else (task.due_on - (_counted(task, today) or today)).days


def _counted(task: TaskFacts, today: date) -> date | None:
    """The day that is compared with the deadline, if it is not today."""
    if task.submitted_on is None and task.status is TaskStatus.PAUSED:
        return task.paused_on
    return task.submitted_on


def _done(task: TaskFacts) -> bool:
    return task.status is TaskStatus.CONFIRMED


def overdue_bucket(days_late: int) -> str:
    """The bucket of the state's statistics: "1-30", "31-90" or ">90" days late."""
    return "1-30" if days_late <= 30 else "31-90" if days_late <= 90 else ">90"


def line(task: TaskFacts, today: date, urging_number: int | None = None) -> TaskLine:
    """A task as a row of a letter or list on ``today``."""
    return TaskLine(
        task=task,
        deadline_class=class_of(task, today),
        days=days_to_due(task, today),
        urging_number=urging_number,
    )
