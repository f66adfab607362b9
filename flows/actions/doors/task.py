"""The one door through which a task changes: compare, swap, write the event and what it changed.

The daily sweep has a second door for urgings, crossings and reviews by sets (decision 0006), which
writes events of the same shape. A deadline moves only with a cause, and leaves a ``deadline_change``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby
from typing import cast

import sqlalchemy as sa
from sqlmodel import Session

from config.act import Act
from models.database.acts import signed
from models.database.bulk import insert_for_ids, insert_rows
from models.database.swap import swap_version
from models.facts import code_of
from models.people.access.officers_hand import officers_hand
from models.people.row_bodies import seat_of, task_bodies
from models.tables.task_rows import DeadlineRow, EventRow, TaskRow, event_json
from models.tables.tasks import TASK_COLUMNS, DeadlineChange, Task, TaskChanges, TaskEvent
from models.trail.deeds import did, did_to_many
from rules.people.on_tasks import check
from rules.refusal import NotFound
from rules.tasks.event_data import EVENTS, EventData
from rules.trail.words import TrailNoun
from rules.vocabulary import DeadlineCause, EventKind, TaskStatus

#: Columns of a task that move after it was opened, each with its value in a task of which nothing is known.
MUTABLE = cast(
    TaskChanges,
    {
        name: None if (default := Task.__table__.c[name].default) is None else default.arg  # type: ignore[attr-defined]
        for name, column in TASK_COLUMNS.items()
        if column.moves
    },
)
_BLANK: Mapping[str, object] = MUTABLE
_MOVED = "Nhiệm vụ vừa được người khác cập nhật; hãy xem lại rồi thao tác lại."


@dataclass(frozen=True, slots=True)
class Happening:
    """What happens to a task, and why. ``changes`` are other columns that move with the status.

    ``data`` is what its kind tells (``rules/tasks/event_data.py``); it may be left out where it says nothing.
    Raises TypeError for another kind's, and where something must be told.
    ``cause`` is needed whenever ``changes`` moves ``due_on``, and for nothing else. Who does it, for whom
    and when stands in the act; ``speaks`` is the body whose word it is where the office writes that down.
    """

    event: EventKind
    note: str = ""
    data: EventData | None = None
    changes: TaskChanges = field(default_factory=TaskChanges)
    cause: DeadlineCause | None = None
    speaks: str | None = None

    def __post_init__(self) -> None:
        kind = EVENTS[self.event]
        if self.data is None:
            object.__setattr__(self, "data", kind())
        elif type(self.data) is not kind:
            raise TypeError(f"{self.event} tells {kind.__name__}, not {type(self.data).__name__}")


def find_task(session: Session, task_id: int) -> Task:
    """The task, or NotFound in Vietnamese."""
    task = session.get(Task, task_id)
    if task is None:
        raise NotFound(f"Không có nhiệm vụ mã {code_of(task_id)}.")
    return task


def perform(session: Session, task: Task, act: Act, happening: Happening) -> TaskStatus:
    """Move ``task`` and append its event, in the caller's transaction.

    A pause sets ``paused_on`` and ``paused_from``, its end clears them. A new ``due_on`` sets
    ``due_set_on`` to today, ``due_unpaused_on`` to the same day unless ``changes`` says otherwise,
    and arms the steps of climbing again if it is later; its ``deadline_change`` is written here.
    Raises NotAllowed when the table forbids it or another body may do it, Overtaken when the row is no
    longer as read.
    """
    before, old_due = task.status, task.due_on
    bodies = replace(task_bodies(session, task, act), hand=officers_hand(session, task.id, act))
    after = check(happening.event, seat_of(act), before, task.paused_from, bodies)
    values = _rests(before, after, act) | _deadline(task, act, happening) | happening.changes
    moved = {name: value for name, value in values.items() if getattr(task, name) != value}
    swap_version(session, task, _MOVED, {"status": after, **values})
    assert task.id is not None
    who = act if act.body is not None else act.of(happening.speaks)
    event = _event_row(happening, who, task.id, task.version, after, cast(TaskChanges, moved))
    session.add(TaskEvent(**event, from_status=before))
    if task.due_on != old_due:
        row = _deadline_row(event, act, happening, _next_deadline(session, task.id), task.due_on)
        session.add(DeadlineChange(**row, old_due_on=old_due))
    did(session, who, TrailNoun.TASK, task.id, happening.event)
    return after


def insert_opened(session: Session, new: Sequence[tuple[TaskRow, Happening]], act: Act) -> list[int]:
    """Insert tasks, each with its first event, which holds all that its columns hold; ids in their order.

    The one way to open a task: rows with the same columns, from ``new_tasks.new_row``. ``cause`` says where
    a deadline comes from. In a few statements: a document of a hundred directives becomes a thousand tasks
    and more, and objects would cost more than the database.
    """
    ids = insert_for_ids(session, Task, [row for row, _ in new])
    openings = [_opening(key, row, act, happening) for key, (row, happening) in zip(ids, new, strict=True)]
    insert_rows(session, TaskEvent, [event for event, _ in openings])
    insert_rows(session, DeadlineChange, [change for _, change in openings if change])
    for event, some in groupby(zip(ids, new, strict=True), lambda one: one[1][1].event):
        did_to_many(session, act, TrailNoun.TASK, [key for key, _ in some], event)
    return ids


def _opening(
    task_id: int, row: TaskRow, act: Act, happening: Happening
) -> tuple[EventRow, DeadlineRow | None]:
    told = {name: value for name, value in row.items() if name in MUTABLE and value != _BLANK[name]}
    event = _event_row(happening, act, task_id, 0, row["status"], cast(TaskChanges, told))
    return event, None if row["due_on"] is None else _deadline_row(event, act, happening, 0, row["due_on"])


def _event_row(
    happening: Happening, act: Act, task_id: int, seq: int, status: TaskStatus, moved: TaskChanges
) -> EventRow:
    """Its event: the ``status`` and the ``moved`` columns are as it left the task."""
    assert happening.data is not None
    return {
        **signed(act),
        "task_id": task_id,
        "seq": seq,
        "kind": happening.event,
        "to_status": status,
        "note": happening.note,
        "data": event_json(happening.data, moved),
    }


def _deadline_row(
    event: EventRow, act: Act, happening: Happening, seq: int, due_on: date | None
) -> DeadlineRow:
    assert happening.cause is not None
    return {
        "task_id": event["task_id"],
        "seq": seq,
        "changed_on": act.today,
        "due_on": due_on,
        "cause": happening.cause,
        "event_seq": event["seq"],
        "note": happening.note,
    }


def _rests(before: TaskStatus, after: TaskStatus, act: Act) -> TaskChanges:
    if before is after or TaskStatus.PAUSED not in (before, after):
        return {}
    if after is TaskStatus.PAUSED:
        return {"paused_from": before, "paused_on": act.today}
    return {"paused_from": None, "paused_on": None}


def _deadline(task: Task, act: Act, happening: Happening) -> TaskChanges:
    due_on = happening.changes.get("due_on", task.due_on)
    if due_on == task.due_on:
        return {}
    if happening.cause is None:
        raise ValueError("a deadline never moves without a cause")
    moved: TaskChanges = {"due_set_on": act.today, "due_unpaused_on": due_on}
    later = due_on is None or task.due_on is None or due_on > task.due_on
    return moved | {"late_step": 0, "count_step": 0} if later else moved


def _next_deadline(session: Session, task_id: int) -> int:
    """The number of the task's next deadline."""
    last = session.scalar(sa.select(sa.func.max(DeadlineChange.seq)).where(DeadlineChange.task_id == task_id))
    return 0 if last is None else last + 1
