"""A task's row rebuilt from its history alone: what shows that the history is whole."""

from collections.abc import Iterable

from flows.actions.doors.task import MUTABLE
from models.tables.task_rows import changes_of
from models.tables.tasks import Task, TaskChanges, TaskEvent
from rules.vocabulary import TaskStatus


class Replayed(TaskChanges, total=False):
    """Every column of a task that its history tells."""

    status: TaskStatus | None
    version: int | None


def replay(events: Iterable[TaskEvent]) -> Replayed:
    """Every column of the task that moves, after ``events``: its whole history in order of ``seq``."""
    row: Replayed = {"status": None, "version": None, **MUTABLE}
    for event in events:
        moved = changes_of(event.data)
        moved.pop("title", None)
        row = {**row, **moved, "status": event.to_status, "version": event.seq}
    return row


def put_right(events: Iterable[TaskEvent]) -> TaskChanges:
    """Columns that move by a correction only, as the last one left them; nothing without a correction."""
    told = [changes["title"] for changes in map(changes_of, (e.data for e in events)) if "title" in changes]
    return {"title": told[-1]} if told else {}


def present(task: Task) -> dict[str, object]:
    """The same columns as the row has them now."""
    return {name: getattr(task, name) for name in ("status", "version", *MUTABLE)}
