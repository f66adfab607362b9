"""The letters of an escalated case, written in the transaction of the move."""

from sqlmodel import Session

from config.act import Act
from models.tables.agencies import Committee
from models.tables.cases import EscalationCase
from models.tables.tasks import Task
from notifications.outbox.enqueue import NewLetter, enqueue, letter_by
from rules.outbox.payloads import keys
from rules.outbox.payloads.cases import Decision, Escalation, EscalationNotice
from rules.outbox.payloads.payload import Payload
from rules.vocabulary import Actor, Rung

#: The rungs on which a case may wait.
DECIDING = (Rung.STANDING, Rung.CHAIR, Rung.PROVINCE)


def rung_body(rung: Rung, committee: Committee) -> str:
    """The body that answers on ``rung``."""
    return {
        Rung.STANDING: committee.standing_agency_id,
        Rung.CHAIR: committee.chair_id,
        Rung.PROVINCE: committee.upper_id,
    }[rung]


def tell_rung(session: Session, case: EscalationCase, committee: Committee, act: Act) -> None:
    """Lay the case before the rung on which it stands."""
    key = keys.escalation(case.id or 0, case.rung)
    body = rung_body(case.rung, committee)
    enqueue(session, [_letter(case, key, Escalation(case.rung), body, act)], act.now)


def tell_decision(session: Session, case: EscalationCase, task: Task, act: Act) -> None:
    """The answer comes back to the lead agency."""
    key = keys.decision(case.id or 0)
    enqueue(session, [_letter(case, key, Decision(), task.agency_id, act)], act.now)


def tell_passed(
    session: Session, case: EscalationCase, task: Task, committee: Committee, passed: Rung, act: Act
) -> None:
    """The lead agency is told that its case moved up; after silence the silent rung is told too."""
    letters, silent = [], act.actor is Actor.CLOCK
    told = (task.agency_id, rung_body(passed, committee)) if silent else (task.agency_id,)
    for body in dict.fromkeys(told):
        key = keys.escalation_notice(case.id or 0, case.rung, body)
        notice = EscalationNotice(case.rung, passed, silent)
        letters.append(_letter(case, key, notice, body, act))
    enqueue(session, letters, act.now)


def _letter(case: EscalationCase, key: str, payload: Payload, agency_id: str, act: Act) -> NewLetter:
    return letter_by(act, key, payload, agency_id, task_id=case.task_id, case_id=case.id)
