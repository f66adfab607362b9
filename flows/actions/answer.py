"""What the lead agency and the secretariat do with a task: one function, one transaction."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session

from config.clock import office_day
from flows.actions.office import Office
from flows.actions.receipts import settle_receipt
from flows.actions.transition import Act, find_task, perform
from models.db import unit_of_work
from models.escalations import EscalationCase
from models.register import the_committee
from models.tasks import Task
from notifications import keys
from notifications.outbox import NewLetter, enqueue
from rules.status import NotAllowed
from rules.vocabulary import Actor, CaseState, EventKind, LetterKind, TaskStatus

#: What may be said with one button and a note; escalation has a form of its own.
SIMPLE = (
    EventKind.RECEIVED,
    EventKind.PROGRESS,
    EventKind.SUBMITTED,
    EventKind.CONFIRMED,
    EventKind.RETURNED,
    EventKind.REFUSED,
    EventKind.REASSIGNED,
    EventKind.WITHDRAWN,
)
#: A refusal or a return without a reason helps nobody.
NEEDS_NOTE = frozenset(
    {EventKind.PROGRESS, EventKind.SUBMITTED, EventKind.RETURNED, EventKind.REFUSED, EventKind.WITHDRAWN}
)


def answer(
    engine: Engine,
    task_id: int,
    event: EventKind,
    actor: Actor,
    now: datetime,
    office: Office,
    note: str = "",
) -> TaskStatus:
    """Record one answer. Raises NotAllowed, LookupError; then nothing has changed."""
    if event not in SIMPLE:
        raise NotAllowed(f"«{event.label}» không phải một trả lời trực tiếp.")
    if event in NEEDS_NOTE and not note.strip():
        raise NotAllowed(f"«{event.label}» cần ghi nội dung.")
    with unit_of_work(engine) as session:
        task = find_task(session, task_id)
        agency = task.agency_id if actor is Actor.LEAD else None
        act = Act(event, actor, now, agency, note.strip(), changes=_changes(task, event, now))
        status = perform(session, task, act)
        if event is EventKind.WITHDRAWN:
            _let_cases_lapse(session, task_id)
        if event is EventKind.RECEIVED:
            settle_receipt(session, task, office_day(now), now, office)
        if event is EventKind.SUBMITTED:
            _ask_for_confirmation(session, task, now, office)
        return status


def _changes(task: Task, event: EventKind, now: datetime) -> dict[str, Any]:
    """The dates that move with the status."""
    today = office_day(now)
    if event is EventKind.SUBMITTED:
        return {"submitted_on": today, "last_report_on": today}
    if event is EventKind.RETURNED:  # the result did not count, so neither does its day
        return {"submitted_on": None}
    if event is EventKind.CONFIRMED:
        return {"confirmed_on": today}
    if event in (EventKind.PROGRESS, EventKind.RECEIVED):
        return {"last_report_on": today}
    return {}


def _let_cases_lapse(session: Session, task_id: int) -> None:
    """Nobody need decide any more about a task that is withdrawn."""
    session.execute(
        sa.update(EscalationCase)
        .where(EscalationCase.task_id == task_id, EscalationCase.state == CaseState.WAITING)
        .values(state=CaseState.LAPSED, version=EscalationCase.version + 1)
    )


def _ask_for_confirmation(session: Session, task: Task, now: datetime, office: Office) -> None:
    """While a result waits, only the secretariat is asked."""
    assert task.id is not None
    letter = NewLetter(
        key=keys.confirmation(task.id, task.version),
        kind=LetterKind.CONFIRMATION,
        agency_id=the_committee(session).secretariat_id,
        scheduled_on=office_day(now),
        not_before=office.policy.soonest(now, office.calendar),
        task_id=task.id,
    )
    enqueue(session, [letter], now)
