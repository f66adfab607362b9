"""A task's row rebuilt from its history alone: what shows that the history is whole."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flows.actions.transition import MUTABLE
from models.tasks import Task, TaskEvent
from rules.vocabulary import TaskStatus


def replay(events: Iterable[TaskEvent]) -> dict[str, Any]:
    """Every column of the task that moves, after ``events``: its whole history in order of ``seq``."""
    row: dict[str, Any] = {"status": None, "version": None, **MUTABLE}
    for event in events:
        row |= {name: _value(name, stored) for name, stored in event.data.get("changes", {}).items()}
        row |= {"status": event.to_status, "version": event.seq}
    return row


def present(task: Task) -> dict[str, Any]:
    """The same columns as the row has them now."""
    return {name: getattr(task, name) for name in ("status", "version", *MUTABLE)}


def _value(name: str, stored: Any) -> Any:
    if stored is None:
        return None
    if name == "paused_from":
        return TaskStatus(stored)
    return date.fromisoformat(stored) if name.endswith("_on") else stored
