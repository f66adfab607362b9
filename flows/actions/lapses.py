"""What need not be answered any more once a task has ended or gone elsewhere."""

from datetime import date

import sqlalchemy as sa
from sqlmodel import Session

from config.act import Act
from flows.actions.case_moves import move_case, waiting_case_of
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


def lapse_cases(session: Session, task_id: int, kind: EventKind, act: Act, why: str) -> list[int]:
    """Nobody need decide any more, because of ``kind``; returns the ids of the cases that waited.

    The case's own history ends with a step that says ``why``. Raises Overtaken when it was answered at
    this moment.
    """
    case = waiting_case_of(session, task_id)
    if case is None or case.id is None:
        return []
    move_case(session, case, kind, act, why, state=CaseState.LAPSED)
    return [case.id]


def lapsed(requests: list[int], cases: list[int]) -> dict[str, list[int]]:
    """What an event says of them: nothing, if there was nothing."""
    return {name: ids for name, ids in (("lapsed_requests", requests), ("lapsed_cases", cases)) if ids}
