"""A task's row rebuilt from its history alone: what shows that the history is whole."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flows.actions.doors.task import MUTABLE
from models.tables.tasks import Task, TaskEvent
from rules.vocabulary import TaskStatus


def replay(events: Iterable[TaskEvent]) -> dict[str, Any]:
    """Every column of the task that moves, after ``events``: its whole history in order of ``seq``."""
    row: dict[str, Any] = {"status": None, "version": None, **MUTABLE}
    for event in events:
        moved = event.data.get("changes", {}).items()
        row |= {name: _value(name, stored) for name, stored in moved if name in MUTABLE}
        row |= {"status": event.to_status, "version": event.seq}
    return row


def put_right(events: Iterable[TaskEvent]) -> dict[str, Any]:
    """Columns that move by a correction only, as the last one left them; nothing without a correction.

    No first event tells them: a document of a thousand tasks would say its words twice.
    """
    found: dict[str, Any] = {}
    for event in events:
        found |= {name: new for name, new in event.data.get("changes", {}).items() if name not in MUTABLE}
    return found


def present(task: Task) -> dict[str, Any]:
    """The same columns as the row has them now."""
    return {name: getattr(task, name) for name in ("status", "version", *MUTABLE)}


def _value(name: str, stored: Any) -> Any:
    if stored is None:
        return None
    if name == "paused_from":
        return TaskStatus(stored)
    return date.fromisoformat(stored) if name.endswith("_on") else stored
