"""The letters that follow from what people do with a task, written in the transaction of the act.

``data`` holds what the letter says and what its row does not: reasons, old and new days, names of
bodies by id. What may have changed by the time it leaves is looked up then.
"""

from dataclasses import replace
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from config.act import Act
from models.directives import Directive
from models.register import the_committee
from models.tasks import Task, TaskCooperation
from notifications.outbox import NewLetter, enqueue
from rules.letter_words import LetterKind
from rules.outbox import keys
from rules.vocabulary import CooperationState


def letter(kind: LetterKind, key: str, agency_id: str, task: Task, act: Act, **data: Any) -> NewLetter:
    """A letter about ``task``, for the next hour in which letters leave; days in ``data`` become text."""
    told = {name: value.isoformat() if isinstance(value, date) else value for name, value in data.items()}
    return NewLetter(
        key=key,
        kind=kind,
        agency_id=agency_id,
        scheduled_on=act.today,
        not_before=act.now if task.urgent else act.office.soonest(act.now),
        task_id=task.id,
        urgent=task.urgent,
        due_on=task.due_on,
        data=told,
    )


def tell(
    session: Session, kind: LetterKind, key: str, agency_id: str, task: Task, act: Act, **data: Any
) -> None:
    """Write one such letter."""
    enqueue(session, [letter(kind, key, agency_id, task, act, **data)], act.now)


def tell_secretariat(session: Session, kind: LetterKind, key: str, task: Task, act: Act, **data: Any) -> None:
    """Write it to those who act for the assigner."""
    tell(session, kind, key, the_committee(session).secretariat_id, task, act, **data)


def ask_to_confirm(session: Session, task: Task, act: Act) -> None:
    """While a result waits, only the secretariat is asked."""
    assert task.id is not None
    key = keys.confirmation(task.id, task.version)
    tell_secretariat(session, LetterKind.CONFIRMATION, key, task, act)


def cooperation_letter(
    session: Session, task: Task, part: TaskCooperation, act: Act, due_on: date | None = None
) -> NewLetter:
    """To a body that is asked to cooperate on an open task; ``due_on`` None is the task's own day."""
    assert task.id is not None
    document = session.get_one(Directive, task.directive_id).document_id
    key = keys.cooperation(task.id, part.agency_id, part.version)
    asked = letter(LetterKind.COOPERATION, key, part.agency_id, task, act, document=document)
    return replace(asked, due_on=due_on)


def cooperating(session: Session, task_id: int) -> list[str]:
    """Ids of the bodies that still cooperate, in the order of their ids."""
    query = sa.select(TaskCooperation.agency_id).where(
        TaskCooperation.task_id == task_id, TaskCooperation.state != CooperationState.RELEASED
    )
    return list(session.scalars(query.order_by(TaskCooperation.agency_id)))
