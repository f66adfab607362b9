"""The bodies that cooperate on a task, or did."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session

from models.tables.agencies import Agency
from models.tables.tasks import TaskCooperation
from rules.vocabulary import CooperationState


@dataclass(frozen=True, slots=True)
class Partner:
    """A body with its part of the task; ``due_on`` None: the deadline of the task."""

    agency_id: str
    name: str
    state: CooperationState
    due_on: date | None
    last_report_on: date | None


def partners_of(session: Session, task_id: int) -> list[Partner]:
    """All of them by name, those that were released too."""
    part = TaskCooperation
    query = (
        sa.select(part.agency_id, Agency.name, part.state, part.due_on, part.last_report_on)
        .join(Agency, Agency.id == part.agency_id)
        .where(part.task_id == task_id)
    )
    return [Partner(*row) for row in session.execute(query.order_by(Agency.name))]
