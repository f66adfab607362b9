"""What need not be answered any more once a task has ended or gone elsewhere."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Session

from config.clock import office_day
from models.escalations import EscalationCase, EscalationStep
from models.extensions import ExtensionRequest
from models.predicates import UNANSWERED_SQL
from rules.vocabulary import CaseState, EventKind, ExtensionState


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


def lapse_cases(session: Session, task_id: int, kind: EventKind, now: datetime, why: str) -> list[int]:
    """Nobody need decide any more, because of ``kind``; returns the ids of the cases that waited.

    The case's own history ends with a step that says ``why``.
    """
    found = waiting_case(session, task_id)
    if found is None:
        return []
    lapsing = (
        sa.update(EscalationCase)
        .where(EscalationCase.id == found, EscalationCase.state == CaseState.WAITING)
        .values(state=CaseState.LAPSED, version=EscalationCase.version + 1)
        .returning(EscalationCase.rung)
    )
    rung = session.connection().scalar(lapsing)
    if rung is None:  # answered in the meantime
        return []
    last = sa.select(sa.func.coalesce(sa.func.max(EscalationStep.seq), 0))
    seq = 1 + (session.scalar(last.where(EscalationStep.case_id == found)) or 0)
    step = EscalationStep(
        case_id=found, seq=seq, happened_at=now, happened_on=office_day(now), kind=kind, rung=rung, note=why
    )
    session.add(step)
    return [found]


def lapsed(requests: list[int], cases: list[int]) -> dict[str, list[int]]:
    """What an event says of them: nothing, if there was nothing."""
    return {name: ids for name, ids in (("lapsed_requests", requests), ("lapsed_cases", cases)) if ids}
