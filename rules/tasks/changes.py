"""The columns of a task that move after it was opened: what a move may set, and its event tells of it."""

from collections.abc import Mapping
from datetime import date
from typing import Any, TypedDict, cast, get_type_hints

from rules.text.stored import Json, Unreadable, as_json, reader
from rules.vocabulary import TaskStatus


class TaskChanges(TypedDict, total=False):
    """New values of columns of a task, those that move; its status and version stand in the event itself.

    A ``title`` moves by a correction only, and no first event tells it: a document of a thousand tasks would
    say its words twice.
    """

    title: str
    paused_from: TaskStatus | None
    due_on: date | None
    original_due_on: date | None
    review_on: date | None
    submitted_on: date | None
    confirmed_on: date | None
    last_report_on: date | None
    urged: int
    last_urged_on: date | None
    due_set_on: date
    due_unpaused_on: date | None
    corrected_due_on: date | None
    paused_on: date | None
    percent: int | None
    late_step: int
    count_step: int
    urgent: bool
    parent_id: int | None
    successor_id: int | None


_READERS = {name: reader(kind) for name, kind in get_type_hints(TaskChanges).items()}
#: The key under which an event's data has them.
KEY = "changes"


def changes_json(changes: TaskChanges) -> dict[str, Json]:
    """As an event's data keeps them."""
    return {name: as_json(value) for name, value in changes.items()}


def changes_of(data: Mapping[str, Any]) -> TaskChanges:
    """Those that the data of an event tells; a column that this release does not have is passed over.

    Raises Unreadable.
    """
    told = data.get(KEY, {}).items()
    try:
        return cast(TaskChanges, {name: _READERS[name](value) for name, value in told if name in _READERS})
    except (TypeError, ValueError) as error:
        raise Unreadable(f"{KEY}: {type(error).__name__} {error}") from error
