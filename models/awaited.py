"""Events that deadlines wait for, the tasks that hang on them, and how each deadline came about."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session

from models.directives import AwaitedEvent, Directive, Document
from models.predicates import among
from models.task_facts import source_of
from models.tasks import Task, TaskEvent
from rules.anchors import RECEIPT, receipt_basis
from rules.vocabulary import CLOSED, EventKind, TaskStatus

_OPEN = set(TaskStatus) - CLOSED


@dataclass(frozen=True, slots=True)
class Awaited:
    """One event as a list shows it; ``waiting`` counts the open tasks that hang on it."""

    id: int
    words: str
    source: str  # "Thông báo kết luận số 412/TB-UBND ngày 16/12/2022"
    happened_on: date | None
    waiting: int


def awaited_events(session: Session, happened: bool = False) -> list[Awaited]:
    """The events still waited for (or those that have happened), oldest document first."""
    waiting = sa.func.count(Task.id)
    query = (
        sa.select(AwaitedEvent, Document.kind, Document.number, Document.dated_on, waiting)
        .join(Document, Document.id == AwaitedEvent.document_id)
        .join(Directive, Directive.event_id == AwaitedEvent.id)
        .outerjoin(Task, sa.and_(Task.directive_id == Directive.id, among(Task.status, _OPEN)))
        .where(AwaitedEvent.happened_on.is_not(None) if happened else AwaitedEvent.happened_on.is_(None))
        .group_by(AwaitedEvent.id, Document.kind, Document.number, Document.dated_on)
        .order_by(AwaitedEvent.id)
    )
    return [
        Awaited(event.id or 0, event.words, source_of(kind, number, dated_on), event.happened_on, count)
        for event, kind, number, dated_on, count in session.execute(query)
    ]


def waiting_on(session: Session, event_id: int) -> list[tuple[Task, Directive]]:
    """The open tasks whose deadline hangs on an event, dated by it or not, in order."""
    query = (
        sa.select(Task, Directive)
        .join(Directive, Directive.id == Task.directive_id)
        .where(Directive.event_id == event_id, among(Task.status, _OPEN))
        .order_by(Task.id)
    )
    return [(task, directive) for task, directive in session.execute(query)]


def event_of(session: Session, document_id: int, words: str) -> AwaitedEvent:
    """The event of a document with these words, new if no directive has named it yet."""
    query = sa.select(AwaitedEvent).where(
        AwaitedEvent.document_id == document_id, AwaitedEvent.words == words
    )
    event = session.scalars(query).first()
    if event is None:
        event = AwaitedEvent(document_id=document_id, words=words)
        session.add(event)
        session.flush()
    return event


def bases_of(session: Session, task_ids: Iterable[int]) -> dict[int, str]:
    """How the first deadline of each task came about, for people to read; plain ones are left out.

    A deadline that counts from the receipt is "tạm tính" until that task's receipt is recorded.
    """
    received = sa.func.min(TaskEvent.happened_on)
    query = (
        sa.select(Task.id, Directive.due_basis, Directive.due_anchor, Directive.due_on, received)
        .join(Directive, Directive.id == Task.directive_id)
        .outerjoin(TaskEvent, sa.and_(TaskEvent.task_id == Task.id, TaskEvent.kind == EventKind.RECEIVED))
        .where(Task.id.in_(list(task_ids)), Directive.due_basis != "")
        .group_by(Task.id, Directive.due_basis, Directive.due_anchor, Directive.due_on)
    )
    return {
        key: receipt_basis(day, recorded=True) if day and anchor == RECEIPT and due_on is None else basis
        for key, basis, anchor, due_on, day in session.execute(query)
    }
