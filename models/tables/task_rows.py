"""Rows of a task and of its history as they are inserted in bulk, past the objects, and an event's JSON.

``tests/models/tasks/test_task_rows.py`` holds the rows equal to the tables.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, TypedDict, cast, get_type_hints

from pydantic import JsonValue

from models.database.acts import Signed
from models.tables.tasks import TaskChanges
from rules.tasks.event_data import EventData
from rules.text.stored import Json, Unreadable, as_json, reader
from rules.vocabulary import DeadlineCause, EventKind, TaskStatus

_READERS = {name: reader(kind) for name, kind in get_type_hints(TaskChanges).items()}
#: The key under which an event's data has the columns that it moved.
CHANGES = "changes"


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


def event_json(data: EventData, changes: TaskChanges) -> dict[str, Json]:
    """The data of an event: what its kind tells, and the columns that it moved, if there are any."""
    told = data.stored()
    moved: dict[str, Json] = {name: as_json(value) for name, value in changes.items()}
    return {**told, CHANGES: moved} if moved else told


def changes_of(data: Mapping[str, Any]) -> TaskChanges:
    """The columns that the data of an event tells; one that this release does not have is passed over.

    Raises Unreadable.
    """
    told = data.get(CHANGES, {}).items()
    try:
        return cast(TaskChanges, {name: _READERS[name](value) for name, value in told if name in _READERS})
    except (TypeError, ValueError) as error:
        raise Unreadable(f"{CHANGES}: {type(error).__name__} {error}") from error
