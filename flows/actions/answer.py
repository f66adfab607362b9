"""What may be said with one button and a note: the simple answers, each by its own action."""

from datetime import datetime
from typing import Any

from sqlalchemy.engine import Engine
from sqlmodel import Session

from config.clock import office_day
from config.office import Office
from flows.actions.lapses import lapsed
from flows.actions.receipts import settle_receipt
from flows.actions.refuse import refuse
from flows.actions.report import Report, report, submit
from flows.actions.request_door import lapse_requests
from flows.actions.return_result import return_with
from flows.actions.task_letters import tell
from flows.actions.transition import Happening, find_task, perform
from flows.actions.withdraw import withdraw
from models.db import unit_of_work
from models.directives import Directive
from models.tasks import Task
from rules.letter_words import LetterKind
from rules.outbox import keys
from rules.refusal import NotAllowed
from rules.remarks import remark
from rules.vocabulary import Actor, EventKind, TaskStatus

#: What may be said with one button and a note; everything else has a form of its own.
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
    if event is EventKind.PROGRESS:
        return report(engine, task_id, Report(note), actor, now, office)
    if event is EventKind.SUBMITTED:
        return submit(engine, task_id, Report(note), actor, now, office)
    if event is EventKind.RETURNED:
        return return_with(engine, task_id, (), note, actor, now, office)
    if event is EventKind.REFUSED:
        return refuse(engine, task_id, note, actor, now, office)
    if event is EventKind.WITHDRAWN:
        return withdraw(engine, task_id, note, actor, now, office)
    if event not in SIMPLE:
        raise NotAllowed(f"«{event.label}» không phải một trả lời trực tiếp.")
    return _plainly(engine, task_id, event, actor, now, office, note)


def _plainly(
    engine: Engine, task_id: int, event: EventKind, actor: Actor, now: datetime, office: Office, note: str
) -> TaskStatus:
    """Taking note of a task, confirming its result, giving it once more."""
    said, today = remark(event, note, needed=False), office_day(now)
    changes: dict[str, Any] = {}
    gone: dict[str, Any] = {}
    with unit_of_work(engine) as session:
        task = find_task(session, task_id)
        if event is EventKind.CONFIRMED:
            changes["confirmed_on"] = today
            gone = lapsed(lapse_requests(session, task_id, today, "Nhiệm vụ đã hoàn thành."), [])
        agency = task.agency_id if actor is Actor.LEAD else None
        act = Happening(event, actor, now, agency, said, data=gone, changes=changes)
        status = perform(session, task, act)
        if event is EventKind.RECEIVED:
            settle_receipt(session, task, today, now, office)
        if event is EventKind.REASSIGNED:
            _assign_again(session, task, now, office)
        return status


def _assign_again(session: Session, task: Task, now: datetime, office: Office) -> None:
    """The lead that refused hears that the task is its own after all."""
    assert task.id is not None
    document = session.get_one(Directive, task.directive_id).document_id
    key = keys.assignment(task.id, task.version)
    tell(session, LetterKind.ASSIGNMENT, key, task.agency_id, task, now, office, document=document)
