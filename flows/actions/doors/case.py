"""A case beyond authority as a record: found, and moved by a swap on its version, each move with its step.

Every move of a case goes through ``move_case``: people's answers, the sweep's climbing, lapses. Who moves
a case and its task moves the case first, so that two never wait for each other.
"""

from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from config.act import Act
from models.database.acts import by_person, when
from models.database.swap import swap_version
from models.people.row_bodies import case_bodies, seat_of
from models.tables.cases import EscalationCase, EscalationStep
from models.trail.deeds import did
from rules.people.on_cases import check
from rules.refusal import NotAllowed, NotFound
from rules.trail.words import TrailNoun
from rules.vocabulary import CaseState, EventKind

_MOVED = "Việc trình vừa được trả lời hoặc chuyển cấp; hãy xem lại rồi thao tác lại."


def find_case(session: Session, case_id: int) -> EscalationCase:
    """The case, or NotFound in Vietnamese."""
    case = session.get(EscalationCase, case_id)
    if case is None:
        raise NotFound(f"Không có việc trình số {case_id}.")
    return case


def find_waiting(session: Session, case_id: int) -> EscalationCase:
    """The case, if it waits for an answer. Raises NotFound; NotAllowed, which says how it ended."""
    case = find_case(session, case_id)
    if case.state is CaseState.LAPSED:
        raise NotAllowed("Việc này không còn cần ý kiến vì nhiệm vụ đã kết thúc hoặc đã chuyển đi.")
    if case.state is not CaseState.WAITING:
        raise NotAllowed(f"Việc này đã có ý kiến ngày {case.decided_on:%d/%m/%Y}.")
    return case


def waiting_case_of(session: Session, task_id: int) -> EscalationCase | None:
    """The case of a task that waits for its decision."""
    query = sa.select(EscalationCase).where(
        EscalationCase.task_id == task_id, EscalationCase.state == CaseState.WAITING
    )
    return session.scalar(query)


def move_case(
    session: Session, case: EscalationCase, kind: EventKind, act: Act, note: str, **values: Any
) -> None:
    """Move ``case`` as it was read, and append the step that says so, in the caller's transaction.

    The step names the rung after the move. Raises NotAllowed for who may not,
    Overtaken when somebody else was faster.
    """
    check(kind, seat_of(act), case_bodies(session, case, act))
    swap_version(session, case, _MOVED, values)
    _append(session, case, kind, act, note)


def take_case_along(session: Session, case: EscalationCase, task_id: int) -> None:
    """The case follows its task into that of another lead; no step, it is no move to those who follow it.

    Raises Overtaken as above.
    """
    swap_version(session, case, _MOVED, {"task_id": task_id})


def open_case(session: Session, case: EscalationCase, kind: EventKind, act: Act, note: str) -> int:
    """Insert a new case with its first step; returns its id. Raises NotAllowed for who may not."""
    check(kind, seat_of(act), case_bodies(session, case, act))
    session.add(case)
    session.flush()
    _append(session, case, kind, act, note)
    assert case.id is not None
    return case.id


def _append(session: Session, case: EscalationCase, kind: EventKind, act: Act, note: str) -> None:
    """What happened to ``case`` joins its history; the version numbers the steps."""
    assert case.id is not None
    session.add(
        EscalationStep(
            **when(act),
            **by_person(act),
            case_id=case.id,
            seq=case.version,
            kind=kind,
            rung=case.rung,
            note=note,
        )
    )
    did(session, act, TrailNoun.CASE, case.id, kind)
