"""The letters of an escalated case, written in the transaction of the move."""

from datetime import datetime

from sqlmodel import Session

from config.clock import office_day
from config.office import Office
from models.agencies import Committee
from models.escalations import EscalationCase
from models.tasks import Task
from notifications.outbox import NewLetter, enqueue
from rules.outbox import keys
from rules.outbox.payload import Payload
from rules.outbox.payloads.cases import Decision, Escalation, EscalationNotice
from rules.vocabulary import Rung

#: The rungs on which a case may wait.
DECIDING = (Rung.STANDING, Rung.CHAIR, Rung.PROVINCE)


def rung_body(rung: Rung, committee: Committee) -> str:
    """The body that answers on ``rung``."""
    return {
        Rung.STANDING: committee.standing_agency_id,
        Rung.CHAIR: committee.chair_id,
        Rung.PROVINCE: committee.upper_id,
    }[rung]


def tell_rung(
    session: Session, case: EscalationCase, committee: Committee, now: datetime, office: Office
) -> None:
    """Lay the case before the rung on which it stands."""
    key = keys.escalation(case.id or 0, case.rung)
    body = rung_body(case.rung, committee)
    enqueue(session, [_letter(case, key, Escalation(case.rung), body, now, office)], now)


def tell_decision(session: Session, case: EscalationCase, task: Task, now: datetime, office: Office) -> None:
    """The answer comes back to the lead agency."""
    key = keys.decision(case.id or 0)
    enqueue(session, [_letter(case, key, Decision(), task.agency_id, now, office)], now)


def tell_passed(
    session: Session,
    case: EscalationCase,
    task: Task,
    committee: Committee,
    passed: Rung,
    now: datetime,
    office: Office,
    silent: bool,
) -> None:
    """The lead agency is told that its case moved up; after silence the silent rung is told too."""
    letters = []
    told = (task.agency_id, rung_body(passed, committee)) if silent else (task.agency_id,)
    for body in dict.fromkeys(told):
        key = keys.escalation_notice(case.id or 0, case.rung, body)
        notice = EscalationNotice(case.rung, passed, silent)
        letters.append(_letter(case, key, notice, body, now, office))
    enqueue(session, letters, now)


def _letter(
    case: EscalationCase, key: str, payload: Payload, agency_id: str, now: datetime, office: Office
) -> NewLetter:
    return NewLetter(
        key=key,
        payload=payload,
        agency_id=agency_id,
        scheduled_on=office_day(now),
        not_before=office.policy.soonest(now, office.calendar),
        task_id=case.task_id,
        case_id=case.id,
    )
