"""Matters beyond an agency's authority: the case and each rung it stood on."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel, UniqueConstraint

from models.database.columns import big_key, words
from rules.vocabulary import Answer, CaseState, EventKind, Rung, Way


class EscalationCase(SQLModel, table=True):
    """One matter sent upward by content; at most one open case a task."""

    __tablename__ = "escalation_case"
    __table_args__ = (
        sa.Index(
            "uq_escalation_case_open_task",
            "task_id",
            unique=True,
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=big_key())
    task_id: int = Field(foreign_key="task.id", index=True, sa_type=big_key())
    state: CaseState = Field(sa_type=words(CaseState, "state"), index=True)
    version: int = 0
    raised_on: date
    #: The body that declared it; its task may have another lead by now (``flows/actions/doors/case.py``).
    raised_by_id: str | None = Field(default=None, foreign_key="agency.id")
    rung: Rung = Field(sa_type=words(Rung, "rung"))
    rung_since: date
    answer_by: date
    missing_authority: str
    basis: str
    tried: str
    opinions: str = ""
    options: str
    recommendation: str
    needed_by: date | None = None
    answer: Answer | None = Field(default=None, sa_type=words(Answer, "answer"))
    decision: str | None = None
    capacity: str | None = None
    decided_on: date | None = None
    acknowledged_on: date | None = None


class EscalationStep(SQLModel, table=True):
    """One rung that a case reached, and why; rows are only ever added."""

    __tablename__ = "escalation_step"
    __table_args__ = (UniqueConstraint("case_id", "seq"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=big_key())
    case_id: int = Field(foreign_key="escalation_case.id", sa_type=big_key())
    seq: int
    happened_at: datetime
    happened_on: date
    kind: EventKind = Field(sa_type=words(EventKind, "kind"))
    rung: Rung = Field(sa_type=words(Rung, "rung"))
    person_id: int | None = Field(default=None, foreign_key="person.id", sa_type=big_key())
    instead_of_id: int | None = Field(default=None, foreign_key="person.id", sa_type=big_key())
    way: Way | None = Field(default=None, sa_type=words(Way, "way"))
    note: str = ""
