"""Tasks, their append-only history, and the numbered series of urgings."""

from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple, TypedDict

import sqlalchemy as sa
from pydantic import JsonValue
from sqlmodel import Field, SQLModel, UniqueConstraint

from models.database import predicates
from models.database.columns import big_key, json_value, words
from rules.vocabulary import Actor, CooperationState, DeadlineCause, EventKind, TaskStatus, Way


class Task(SQLModel, table=True):
    """What one body owes for one directive (and, if it recurs, for one occurrence).

    ``due_on`` is the deadline in force, ``original_due_on`` the one of the directive as it was issued.
    Overdue is never stored: ``rules/deadlines/classes.py`` computes it. Every column that moves is in the
    events, from which ``flows/actions/tasks/replay.py`` gives the row back.
    """

    __table_args__ = (
        UniqueConstraint("directive_id", "agency_id", "occurrence"),
        sa.CheckConstraint("percent BETWEEN 0 AND 100", name="percent"),
        # The office's whole list, closed tasks too; a bare due_on in front would lure SQLite away from
        # the sweep's indexes.
        sa.Index("ix_task_listed", sa.text("(due_on IS NULL)"), "due_on", "id"),
        # ``due_on IS NOT NULL`` keeps SQLite from choosing these for ``due_on IS NULL``.
        sa.Index("ix_task_due", "due_on", **predicates.where(predicates.DATED_SQL)),
        sa.Index("ix_task_urge_first", "due_on", **predicates.where(predicates.URGE_FIRST_SQL)),
        sa.Index("ix_task_urge_again", "last_urged_on", **predicates.where(predicates.URGE_AGAIN_SQL)),
        # Whose urgings came late: with the last step of climbing by count in front, few tasks stand here.
        sa.Index("ix_task_count", "count_step", "urged", **predicates.where(predicates.URGE_AGAIN_SQL)),
        sa.Index("ix_task_review", "review_on", **predicates.where(predicates.REVIEW_SQL)),
        sa.Index("ix_task_late", "late_step", "due_on", **predicates.where(predicates.DATED_SQL)),
        sa.Index("ix_task_submitted", "submitted_on", **predicates.where(predicates.SUBMITTED_SQL)),
        sa.Index(
            "ix_task_desk",
            "agency_id",
            sa.text("(due_on IS NULL)"),
            "due_on",
            "id",
            "status",  # so that the figures above a body's list are read here alone
            **predicates.where(predicates.OPEN_SQL),
        ),
        # The open tasks of all bodies, as the office's list has them.
        sa.Index(
            "ix_task_open",
            sa.text("(due_on IS NULL)"),
            "due_on",
            "id",
            **predicates.where(predicates.OPEN_SQL),
        ),
        # What a list and its figures ask of the tasks that a directive gave.
        sa.Index("ix_task_given", "directive_id", "agency_id", "status", "due_on", "id"),
        # With the one before it: all tasks that a body leads (``access/seen.py``). An index of both
        # kinds would lure the sweep away from its own.
        sa.Index("ix_task_closed", "agency_id", **predicates.where(predicates.CLOSED_SQL)),
        sa.Index(
            "ix_task_recurring",
            "directive_id",
            "agency_id",
            "occurrence",
            **predicates.where("occurrence > 0"),
        ),
        sa.Index("ix_task_parent", "parent_id", **predicates.where("parent_id IS NOT NULL")),
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
    due_set_on: date  # the office's day on which the deadline in force was set
    due_unpaused_on: date | None = None  # the deadline without pauses; equal to due_on until one ends
    corrected_due_on: date | None = None  # the paper's own day, where it was issued otherwise
    paused_on: date | None = None  # since when it rests
    percent: int | None = Field(default=None, sa_type=sa.SmallInteger)  # as last reported, 0-100
    late_step: int = Field(default=0, sa_type=sa.SmallInteger)  # highest step of climbing.by_time crossed
    count_step: int = Field(default=0, sa_type=sa.SmallInteger)  # ... of climbing.by_count
    urgent: bool = False  # hoả tốc: its letters pass quiet hours and days off
    parent_id: int | None = Field(default=None, foreign_key="task.id", sa_type=big_key())  # its aggregator's
    successor_id: int | None = Field(default=None, foreign_key="task.id", sa_type=big_key())  # handed over to


class Begins(StrEnum):
    """Where a column of a task that is being opened has its first value from."""

    GIVEN = "given"  # whoever opens the task says it
    FRESH = "fresh"  # the column's default
    KEPT = "kept"  # the task that it follows has it


class TaskColumn(NamedTuple):
    """How a column begins, by the way a task comes to be opened, and whether it moves later.

    What ``moves`` is in the events (``flows/actions/doors/task.py``); the status and the version stand
    there in columns of their own, and a title is put right by a correction only.
    """

    issued: Begins  # from a directive
    successor: Begins  # of a task that is handed over
    recurring: Begins  # the next occurrence of a duty
    moves: bool = True


class TaskChanges(TypedDict, total=False):
    """New values of columns of a task, those that move; status and version stand in the event itself.

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


_GIVEN, _FRESH, _KEPT = Begins
#: Every column of a task; how one is opened (``flows/actions/documents/new_tasks.py``) is decided here alone.
TASK_COLUMNS = {
    "id": TaskColumn(_FRESH, _FRESH, _FRESH, moves=False),
    "directive_id": TaskColumn(_GIVEN, _KEPT, _KEPT, moves=False),
    "agency_id": TaskColumn(_GIVEN, _GIVEN, _KEPT, moves=False),
    "occurrence": TaskColumn(_GIVEN, _KEPT, _GIVEN, moves=False),
    "title": TaskColumn(_GIVEN, _KEPT, _KEPT, moves=False),
    "status": TaskColumn(_GIVEN, _GIVEN, _GIVEN, moves=False),
    "paused_from": TaskColumn(_FRESH, _GIVEN, _FRESH),
    "version": TaskColumn(_FRESH, _FRESH, _FRESH, moves=False),
    "assigned_on": TaskColumn(_GIVEN, _GIVEN, _GIVEN, moves=False),
    "due_on": TaskColumn(_GIVEN, _KEPT, _GIVEN),
    "original_due_on": TaskColumn(_GIVEN, _KEPT, _GIVEN),
    "review_on": TaskColumn(_GIVEN, _GIVEN, _GIVEN),
    "submitted_on": TaskColumn(_FRESH, _GIVEN, _FRESH),
    "confirmed_on": TaskColumn(_FRESH, _FRESH, _FRESH),
    "last_report_on": TaskColumn(_FRESH, _FRESH, _FRESH),
    "urged": TaskColumn(_FRESH, _FRESH, _FRESH),
    "last_urged_on": TaskColumn(_FRESH, _FRESH, _FRESH),
    "due_set_on": TaskColumn(_GIVEN, _GIVEN, _GIVEN),
    "due_unpaused_on": TaskColumn(_GIVEN, _KEPT, _GIVEN),
    "corrected_due_on": TaskColumn(_FRESH, _KEPT, _FRESH),
    "paused_on": TaskColumn(_FRESH, _GIVEN, _FRESH),
    "percent": TaskColumn(_FRESH, _GIVEN, _FRESH),
    "late_step": TaskColumn(_FRESH, _FRESH, _FRESH),
    "count_step": TaskColumn(_FRESH, _FRESH, _FRESH),
    "urgent": TaskColumn(_GIVEN, _KEPT, _FRESH),
    "parent_id": TaskColumn(_GIVEN, _KEPT, _FRESH),
    "successor_id": TaskColumn(_FRESH, _FRESH, _FRESH),
}


class TaskCooperation(SQLModel, table=True):
    """A body asked to cooperate on a task, with a state of its own. ``due_on`` None: the task's."""

    __tablename__ = "task_cooperation"
    __table_args__ = (
        sa.Index("ix_task_cooperation_owing", "agency_id", **predicates.where(predicates.OWING_SQL)),
        sa.Index(
            "ix_task_cooperation_contributed", "agency_id", **predicates.where(predicates.CONTRIBUTED_SQL)
        ),
    )

    task_id: int = Field(primary_key=True, foreign_key="task.id", sa_type=big_key())
    agency_id: str = Field(primary_key=True, foreign_key="agency.id")
    state: CooperationState = Field(default=CooperationState.ASKED, sa_type=words(CooperationState, "state"))
    version: int = 0
    due_on: date | None = None
    last_report_on: date | None = None


class TaskEvent(SQLModel, table=True):
    """One thing that happened; rows are only ever added. ``happened_on`` is the office's day.

    ``data`` is what its kind tells (``rules/tasks/event_data.py``) and the columns that moved
    (``models/tables/task_rows.py``).
    """

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
    person_id: int | None = Field(default=None, foreign_key="person.id", sa_type=big_key())
    instead_of_id: int | None = Field(default=None, foreign_key="person.id", sa_type=big_key())
    way: Way | None = Field(default=None, sa_type=words(Way, "way"))  # None: of a sweep, or older
    note: str = ""
    data: dict[str, JsonValue] = Field(default_factory=dict, sa_type=json_value())


class DeadlineChange(SQLModel, table=True):
    """Every value that a task's deadline in force ever had; rows are only ever added."""

    __tablename__ = "deadline_change"
    __table_args__ = (UniqueConstraint("task_id", "seq"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=big_key())
    task_id: int = Field(foreign_key="task.id", sa_type=big_key())
    seq: int  # 0, 1, 2... of this task's deadlines
    changed_on: date
    old_due_on: date | None = None
    due_on: date | None = None
    cause: DeadlineCause = Field(sa_type=words(DeadlineCause, "cause"))
    event_seq: int  # the task_event that moved it
    note: str = ""


class ToldDeadline(SQLModel, table=True):
    """The deadline that a lead was told of last, and the office's working day of the letter that told it.

    Written when that letter's messages are made, or it is found that they cannot be
    (``models/follow_up/told.py``). A deadline in force that is not this one has not been told yet. A task
    without a row, about which no such letter waits, is older than this table and is taken as told in time.
    """

    __tablename__ = "told_deadline"

    task_id: int = Field(primary_key=True, foreign_key="task.id", sa_type=big_key())
    agency_id: str = Field(foreign_key="agency.id")  # the lead that was told
    due_on: date
    told_on: date


class Urging(SQLModel, table=True):
    """Đôn đốc lần n: a record of its own, not a notification. It has its number when it is written.

    Its channel and delivery are those of the letter with ``letter_key``; whether it came to anybody is
    told by them and by ``carried_on`` (``rules/follow_up/urging_reach.py``).
    """

    __table_args__ = (
        UniqueConstraint("task_id", "number"),
        sa.Index("ix_urging_paper_id", "paper_id", **predicates.where("paper_id IS NOT NULL")),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=big_key())
    task_id: int = Field(foreign_key="task.id", sa_type=big_key())
    number: int
    urged_on: date
    recipient_id: str = Field(foreign_key="agency.id")
    text: str
    letter_key: str | None = None
    sender: str = ""  # in whose name
    paper_id: int | None = Field(default=None, foreign_key="urging_paper.id", sa_type=big_key())
    carried_on: date | None = None  # the day of issue of the công văn, if that named the task


class UrgingPaper(SQLModel, table=True):
    """A công văn đôn đốc to one body: prepared from the second urging on, issued by the secretariat."""

    __tablename__ = "urging_paper"
    __table_args__ = (UniqueConstraint("agency_id", "prepared_on"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=big_key())
    agency_id: str = Field(foreign_key="agency.id")
    prepared_on: date
    number: str | None = None  # "512/UBND-TH", once it has one
    signed_by: str | None = None  # the office of the one who signs, not a person's name
    issued_on: date | None = None
