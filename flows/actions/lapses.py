"""What need not be answered any more once a task has ended or gone elsewhere."""

from datetime import date

import sqlalchemy as sa
from sqlmodel import Session

from models.escalations import EscalationCase
from models.extensions import ExtensionRequest
from models.predicates import UNANSWERED_SQL
from rules.vocabulary import CaseState, ExtensionState


def lapse_requests(session: Session, task_id: int, today: date, why: str) -> list[int]:
    """Withdraw the extension request of ``task_id`` that waits, if there is one; returns its id."""
    waiting = sa.select(ExtensionRequest.id).where(
        ExtensionRequest.task_id == task_id, sa.text(UNANSWERED_SQL)
    )
    found = [key for key in session.scalars(waiting.with_for_update()) if key is not None]
    if not found:
        return []
    session.execute(
        sa.update(ExtensionRequest)
        .where(ExtensionRequest.id.in_(found))
        .values(
            state=ExtensionState.WITHDRAWN,
            version=ExtensionRequest.version + 1,
            decided_on=today,
            note=why,
        )
    )
    return found


def waiting_case(session: Session, task_id: int) -> int | None:
    """The case of ``task_id`` that waits for its decision."""
    query = sa.select(EscalationCase.id).where(
        EscalationCase.task_id == task_id, EscalationCase.state == CaseState.WAITING
    )
    return session.scalar(query)


def lapse_cases(session: Session, task_id: int) -> list[int]:
    """Nobody need decide any more; returns the ids of the cases that waited."""
    found = waiting_case(session, task_id)
    if found is None:
        return []
    session.execute(
        sa.update(EscalationCase)
        .where(EscalationCase.id == found, EscalationCase.state == CaseState.WAITING)
        .values(state=CaseState.LAPSED, version=EscalationCase.version + 1)
    )
    return [found]


def lapsed(requests: list[int], cases: list[int]) -> dict[str, list[int]]:
    """What an event says of them: nothing, if there was nothing."""
    return {name: ids for name, ids in (("lapsed_requests", requests), ("lapsed_cases", cases)) if ids}
