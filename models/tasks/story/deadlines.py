"""Every deadline that a task ever had."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session

from models.tables.tasks import DeadlineChange
from rules.vocabulary import DeadlineCause


@dataclass(frozen=True, slots=True)
class DeadlineSet:
    """A deadline, None for none, since which day and why."""

    changed_on: date
    due_on: date | None
    cause: DeadlineCause


def deadlines_of(session: Session, task_id: int) -> list[DeadlineSet]:
    """The deadlines of the task, the one in force first."""
    change = DeadlineChange
    query = sa.select(change.changed_on, change.due_on, change.cause).where(change.task_id == task_id)
    return [DeadlineSet(*row) for row in session.execute(query.order_by(change.id.desc()))]
