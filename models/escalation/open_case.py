"""The case that a task has open."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session

from models.people.access.seen import cases_seen, narrowed
from models.tables.cases import EscalationCase
from rules.people.viewer import ANYBODY, Viewer
from rules.vocabulary import CaseState, Rung


@dataclass(frozen=True, slots=True)
class OpenCase:
    """The case of a task that waits for an answer, or has one that the lead has not acknowledged."""

    id: int
    state: CaseState
    rung: Rung
    answer_by: date  # the day by which that rung should answer
    decided_on: date | None

    @property
    def waits(self) -> bool:
        """Whether nobody has answered it yet."""
        return self.state is CaseState.WAITING


def open_case(session: Session, task_id: int, viewer: Viewer = ANYBODY) -> OpenCase | None:
    """The latest case of the task that is open; None if none is, or none that is seen."""
    case = EscalationCase
    query = sa.select(case.id, case.state, case.rung, case.answer_by, case.decided_on).where(
        case.task_id == task_id, case.state.in_((CaseState.WAITING, CaseState.DECIDED))
    )
    query = narrowed(query, cases_seen(viewer))
    row = session.execute(query.order_by(case.id.desc()).limit(1)).first()
    return OpenCase(*row) if row else None
