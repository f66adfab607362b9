"""Tasks, their append-only history, and the numbered series of urgings."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel, UniqueConstraint

from models.columns import big_key, json_value, words
from rules.vocabulary import Actor, EventKind, TaskStatus


class Task(SQLModel, table=True):
    """What one body owes for one directive (and, if it recurs, for one occurrence).

    ``due_on`` is the deadline in force, ``original_due_on`` the one of the directive.
    Overdue is never stored: ``rules/deadlines.py`` computes it.
    """

    __table_args__ = (
        UniqueConstraint("directive_id", "agency_id", "occurrence"),
        sa.Index("ix_task_awaited_due", "due_on", "status", "agency_id"),
        sa.Index("ix_task_awaited_review", "review_on", "status"),
        sa.Index("ix_task_agency_status", "agency_id", "status", "due_on"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=big_key())
    directive_id: int = Field(foreign_key="directive.id", sa_type=big_key())
    agency_id: str = Field(foreign_key="agency.id")
    occurrence: int = 0  # 0 for a single task; 1, 2, 3... for a recurring duty
    title: str
    status: TaskStatus = Field(sa_type=words(TaskStatus, "status"))
    paused_from: TaskStatus | None = Field(default=None, sa_type=words(TaskStatus, "paused_from"))
    version: int = 0
    assigned_on: date
    due_on: date | None = None
    original_due_on: date | None = None
    review_on: date | None = None
    submitted_on: date | None = None
    confirmed_on: date | None = None
    last_report_on: date | None = None
    urged: int = 0
    last_urged_on: date | None = None


class TaskCooperation(SQLModel, table=True):
    """A body asked to cooperate on a task."""

    __tablename__ = "task_cooperation"

    task_id: int = Field(primary_key=True, foreign_key="task.id", sa_type=big_key())
    agency_id: str = Field(primary_key=True, foreign_key="agency.id")


class TaskEvent(SQLModel, table=True):
    """One thing that happened; rows are only ever added. ``happened_on`` is the office's day."""

    __tablename__ = "task_event"
    __table_args__ = (UniqueConstraint("task_id", "seq"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=big_key())
    task_id: int = Field(foreign_key="task.id", sa_type=big_key())
    seq: int  # the task's version after the event
    happened_at: datetime
    happened_on: date
    kind: EventKind = Field(sa_type=words(EventKind, "kind"))
    from_status: TaskStatus | None = Field(default=None, sa_type=words(TaskStatus, "from_status"))
    to_status: TaskStatus | None = Field(default=None, sa_type=words(TaskStatus, "to_status"))
    actor: Actor = Field(sa_type=words(Actor, "actor"))
    actor_agency_id: str | None = Field(default=None, foreign_key="agency.id")
    note: str = ""
    data: dict[str, Any] = Field(default_factory=dict, sa_type=json_value())


class Urging(SQLModel, table=True):
    """Đôn đốc lần n: a record of its own, not a notification."""

    __table_args__ = (UniqueConstraint("task_id", "number"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=big_key())
    task_id: int = Field(foreign_key="task.id", sa_type=big_key())
    number: int
    urged_on: date
    recipient_id: str = Field(foreign_key="agency.id")
    text: str
