"""Late or often urged tasks that were reported to a rung above, each step once a deadline."""

from datetime import date

import sqlalchemy as sa
from sqlmodel import Field, SQLModel, UniqueConstraint

from models.database.columns import big_key, words
from rules.vocabulary import CrossingTrigger, Rung


class TaskCrossing(SQLModel, table=True):
    """One step of the policy's ``climbing`` that a task has passed; a later deadline re-arms it."""

    __tablename__ = "task_crossing"
    __table_args__ = (
        UniqueConstraint("task_id", "trigger", "step", "due_on"),
        sa.Index("ix_task_crossing_crossed_on", "crossed_on"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=big_key())
    task_id: int = Field(foreign_key="task.id", sa_type=big_key())
    trigger: CrossingTrigger = Field(sa_type=words(CrossingTrigger, "trigger"))
    step: int  # 1, 2, 3... in the order of the policy
    due_on: date
    rung: Rung = Field(sa_type=words(Rung, "rung"))
    crossed_on: date
