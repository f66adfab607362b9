"""What need not be answered any more once a task has ended or gone elsewhere."""

from sqlmodel import Session

from config.act import Act
from flows.actions.doors.case import move_case, waiting_case_of
from rules.vocabulary import CaseState, EventKind


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
