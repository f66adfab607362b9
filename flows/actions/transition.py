"""The one door through which a task's status changes: compare, swap, write the event."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from config.clock import office_day
from models.task_facts import code_of
from models.tasks import Task, TaskEvent
from rules.refusal import NotFound
from rules.status import MOVES, NotAllowed, move
from rules.vocabulary import Actor, EventKind, TaskStatus


class TaskChanged(NotAllowed):
    """Somebody else moved the task between our look and our move; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Act:
    """Who does what, when and why. ``changes`` are other columns that move with the status."""

    event: EventKind
    actor: Actor
    now: datetime
    agency_id: str | None = None
    note: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    changes: dict[str, Any] = field(default_factory=dict)


def find_task(session: Session, task_id: int) -> Task:
    """The task, or NotFound in Vietnamese."""
    task = session.get(Task, task_id)
    if task is None:
        raise NotFound(f"Không có nhiệm vụ mã {code_of(task_id)}.")
    return task


def perform(session: Session, task: Task, act: Act) -> TaskStatus:
    """Move ``task`` and append its event, in the caller's transaction.

    Raises NotAllowed when the table forbids it, TaskChanged when the row is no longer as read.
    """
    before = task.status
    after = move(act.event, before, act.actor, task.paused_from) if act.event in MOVES else before
    values: dict[str, Any] = {"status": after, "version": task.version + 1, **act.changes}
    if before is not after and TaskStatus.PAUSED in (before, after):
        values["paused_from"] = before if after is TaskStatus.PAUSED else None
    changed = session.execute(
        sa.update(Task).where(Task.id == task.id, Task.version == task.version).values(**values),
        execution_options={"synchronize_session": False},
    )
    if changed.rowcount != 1:  # type: ignore[attr-defined]
        raise TaskChanged("Nhiệm vụ vừa được người khác cập nhật; hãy xem lại rồi thao tác lại.")
    session.refresh(task)
    session.add(_event(task, act, before, after))
    return after


def _event(task: Task, act: Act, before: TaskStatus, after: TaskStatus) -> TaskEvent:
    assert task.id is not None
    return TaskEvent(
        task_id=task.id,
        seq=task.version,
        happened_at=act.now,
        happened_on=office_day(act.now),
        kind=act.event,
        from_status=before,
        to_status=after,
        actor=act.actor,
        actor_agency_id=act.agency_id,
        note=act.note,
        data=act.data,
    )
