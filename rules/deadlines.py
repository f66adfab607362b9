"""What a deadline means today: computed from dates, never stored.

Source: design of follow-up, "Two axes". "Trước ngày D" includes D. The day that counts is the day
the result was submitted, provided that it is later confirmed.
"""

from datetime import date

from rules.facts import TaskFacts, TaskLine
from rules.vocabulary import DeadlineClass, TaskStatus

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
    """The deadline class of a task on ``today``."""
    done = task.status is TaskStatus.CONFIRMED
    return deadline_class(task.due_on, task.submitted_on, done, today)


def days_to_due(task: TaskFacts, today: date) -> int | None:
    """Calendar days left (negative: late), counted from the day of submission if there is one."""
    return None if task.due_on is None else (task.due_on - (task.submitted_on or today)).days


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
