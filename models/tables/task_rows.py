"""Rows of a task and of its history as they are inserted in bulk, past the objects; tests hold them equal
to the tables (``tests/models/tasks/test_task_rows.py``)."""

from datetime import date
from typing import TypedDict

from pydantic import JsonValue

from models.database.acts import Signed
from rules.tasks.changes import TaskChanges
from rules.vocabulary import DeadlineCause, EventKind, TaskStatus


class TaskRow(TaskChanges, total=False):
    """The columns of a task that is being opened, those that move and those that never do."""

    directive_id: int
    agency_id: str
    occurrence: int
    status: TaskStatus
    assigned_on: date


class EventRow(Signed):
    """A row of ``task_event``; that of a task's first has no status before it."""

    task_id: int
    seq: int
    kind: EventKind
    to_status: TaskStatus | None
    note: str
    data: dict[str, JsonValue]


class DeadlineRow(TypedDict):
    """A row of ``deadline_change``; that of a task's first has no day before it."""

    task_id: int
    seq: int
    changed_on: date
    due_on: date | None
    cause: DeadlineCause
    event_seq: int
    note: str
