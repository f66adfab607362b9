"""Requests for a later deadline: one at a time, answered by the assigner."""

from datetime import date

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from models.database import predicates
from models.database.columns import big_key, words
from rules.vocabulary import ExtensionState


class ExtensionRequest(SQLModel, table=True):
    """One request; a change of state is a swap on ``version``. At most one a task is unanswered."""

    __tablename__ = "extension_request"
    __table_args__ = (
        sa.Index(
            "uq_extension_request_unanswered",
            "task_id",
            unique=True,
            **predicates.where(predicates.UNANSWERED_SQL),
        ),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=big_key())
    task_id: int = Field(foreign_key="task.id", index=True, sa_type=big_key())
    version: int = 0
    state: ExtensionState = Field(sa_type=words(ExtensionState, "state"))
    asked_on: date
    agency_id: str = Field(foreign_key="agency.id")
    reason: str
    wanted_on: date
    counter_on: date | None = None  # what the assigner proposes instead
    decided_on: date | None = None
    decided_by: str = ""  # the capacity in which it was decided, not a person's name
    note: str = ""
