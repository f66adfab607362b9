"""The letters that follow from what people do with a task, written in the transaction of the act.

A payload (``rules/outbox/payloads``) holds what the letter says and what its row does not: reasons, old and
new days, bodies by id. What may have changed by the time it leaves is looked up then.
"""

from dataclasses import replace
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session

from config.act import Act
from models.people.register import the_committee
from models.tables.documents import Directive
from models.tables.tasks import Task, TaskCooperation
from notifications.outbox.enqueue import NewLetter, enqueue
from rules.outbox.payloads import keys
from rules.outbox.payloads.payload import Payload
from rules.outbox.payloads.tasks import Confirmation, Cooperation
from rules.vocabulary import CooperationState


def letter(
    payload: Payload,
    key: str,
    agency_id: str,
    task: Task,
    act: Act,
) -> NewLetter:
    """A letter about ``task``, for the next hour in which letters leave."""
    return NewLetter(
        key=key,
        payload=payload,
        agency_id=agency_id,
        scheduled_on=act.today,
        not_before=act.now if task.urgent else act.office.soonest(act.now),
        task_id=task.id,
        urgent=task.urgent,
        due_on=task.due_on,
    )


def tell(
    session: Session,
    payload: Payload,
    key: str,
    agency_id: str,
    task: Task,
    act: Act,
) -> None:
    """Write one such letter."""
    enqueue(session, [letter(payload, key, agency_id, task, act)], act.now)


def tell_secretariat(session: Session, payload: Payload, key: str, task: Task, act: Act) -> None:
    """Write it to those who act for the assigner."""
    tell(session, payload, key, the_committee(session).secretariat_id, task, act)


def ask_to_confirm(session: Session, task: Task, act: Act) -> None:
    """While a result waits, only the secretariat is asked."""
    assert task.id is not None
    key = keys.confirmation(task.id, task.version)
    tell_secretariat(session, Confirmation(), key, task, act)


def cooperation_letter(
    session: Session, task: Task, part: TaskCooperation, act: Act, due_on: date | None = None
) -> NewLetter:
    """To a body that is asked to cooperate on an open task; ``due_on`` None is the task's own day."""
    assert task.id is not None
    document = session.get_one(Directive, task.directive_id).document_id
    key = keys.cooperation(task.id, part.agency_id, part.version)
    asked = letter(Cooperation(document), key, part.agency_id, task, act)
    return replace(asked, due_on=due_on)


def cooperating(session: Session, task_id: int) -> list[str]:
    """Ids of the bodies that still cooperate, in the order of their ids."""
    query = sa.select(TaskCooperation.agency_id).where(
        TaskCooperation.task_id == task_id, TaskCooperation.state != CooperationState.RELEASED
    )
    return list(session.scalars(query.order_by(TaskCooperation.agency_id)))
