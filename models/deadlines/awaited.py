"""Events that deadlines wait for, the tasks that hang on them, and how each deadline came about."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session

from models.database.parameters import IDS
from models.database.predicates import among
from models.facts import facts_of, source_of, task_query
from models.tables.documents import AwaitedEvent, Directive, Document
from models.tables.tasks import Task, TaskEvent
from rules.deadlines.anchors import RECEIPT, receipt_basis, with_years
from rules.facts import TaskFacts
from rules.refusal import NotFound
from rules.tasks.status import OPEN
from rules.vocabulary import DocumentState, EventKind


@dataclass(frozen=True, slots=True)
class Awaited:
    """One event as a list shows it; ``waiting`` counts the open tasks that hang on it.

    ``undated`` of them have no deadline.
    """

    id: int
    document_id: int
    words: str
    source: str  # "Thông báo kết luận số 412/TB-UBND ngày 16/12/2022"
    happened_on: date | None
    waiting: int
    undated: int


@dataclass(frozen=True, slots=True)
class Hanging:
    """An open task whose deadline hangs on an event, with the words that say how."""

    task: TaskFacts
    phrase: str  # "trong 05 ngày làm việc kể từ ngày đề án được phê duyệt"


def awaited_events(session: Session, happened: bool = False, most: int | None = None) -> list[Awaited]:
    """The events still waited for, oldest document first; or those that have happened, latest first."""
    there = AwaitedEvent.happened_on.is_not(None) if happened else AwaitedEvent.happened_on.is_(None)
    latest = (AwaitedEvent.recorded_at.desc(), AwaitedEvent.id.desc())
    query = _listed().where(there).order_by(*(latest if happened else (AwaitedEvent.id,)))
    return [_awaited(*row) for row in session.execute(query.limit(most))]


def awaited_event(session: Session, event_id: int) -> Awaited:
    """One event, waited for or not. Raises NotFound in Vietnamese."""
    row = session.execute(_listed().where(AwaitedEvent.id == event_id)).first()
    if row is None:
        raise NotFound(f"Không có sự kiện số {event_id} đang được chờ.")
    return _awaited(*row)


def count_awaited(session: Session) -> tuple[int, int]:
    """How many events are waited for, and how many there are in all; those of recalled papers are over."""
    waiting = sa.func.count().filter(AwaitedEvent.happened_on.is_(None))
    query = (
        sa.select(waiting, sa.func.count())
        .select_from(AwaitedEvent)
        .join(Document, Document.id == AwaitedEvent.document_id)
        .where(Document.state == DocumentState.ISSUED)
    )
    row = session.execute(query).one()
    return row[0], row[1]


def hanging_on(
    session: Session, event_ids: Collection[int], most: int, dated: bool | None = None
) -> dict[int, list[Hanging]]:
    """By event, the first ``most`` open tasks whose deadline hangs on it.

    ``dated``: only those that it, or anything else, has given a deadline, or only those without one.
    """
    place = sa.func.row_number().over(partition_by=Directive.event_id, order_by=Task.id)
    which = [] if dated is None else [Task.due_on.is_not(None) if dated else Task.due_on.is_(None)]
    first = (
        sa.select(Task.id.label("task_id"), place.label("place"))
        .join(Directive, Directive.id == Task.directive_id)
        .where(Directive.event_id.in_(list(event_ids)), among(Task.status, OPEN), *which)
        .subquery()
    )
    query = (
        task_query()
        .add_columns(Directive.event_id, Directive.due_phrase)
        .join(first, first.c.task_id == Task.id)
        .where(first.c.place <= most)
        .order_by(Task.id)
    )
    found: dict[int, list[Hanging]] = {}
    for *row, event_id, phrase in session.execute(query):
        found.setdefault(event_id, []).append(Hanging(facts_of(row), phrase or ""))
    return found


def _listed() -> sa.Select[Any]:
    counts = (sa.func.count(Task.id), sa.func.count(Task.id).filter(Task.due_on.is_(None)))
    return (
        sa.select(AwaitedEvent, Document.kind, Document.number, Document.dated_on, *counts)
        .join(Document, Document.id == AwaitedEvent.document_id)
        .join(Directive, Directive.event_id == AwaitedEvent.id)
        .outerjoin(Task, sa.and_(Task.directive_id == Directive.id, among(Task.status, OPEN)))
        .where(Document.state == DocumentState.ISSUED)
        .group_by(AwaitedEvent.id, Document.kind, Document.number, Document.dated_on)
    )


def _awaited(
    event: AwaitedEvent, kind: str, number: str | None, dated_on: date | None, count: int, undated: int
) -> Awaited:
    source = source_of(kind, number, dated_on)
    return Awaited(event.id or 0, event.document_id, event.words, source, event.happened_on, count, undated)


def waiting_on(session: Session, event_id: int) -> list[tuple[Task, Directive]]:
    """The open tasks whose deadline hangs on an event, dated by it or not, in order."""
    query = (
        sa.select(Task, Directive)
        .join(Directive, Directive.id == Task.directive_id)
        .where(Directive.event_id == event_id, among(Task.status, OPEN))
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

    A deadline that counts from the receipt is "tạm tính" until that task's receipt is recorded. Who
    sums up for others has the day of the text, whatever the directive says of the units.
    """
    return {
        key: with_years(receipt_basis(day, recorded=True), years) if day and counts else basis
        for key, basis, years, counts, day in session.execute(_bases(), {"ids": list(task_ids)})
    }


@cache
def _bases() -> sa.Select[Any]:
    """What ``bases_of`` tells, of the tasks ``:ids``."""
    unit = aliased(Task)
    sums_up = sa.exists().where(unit.parent_id == Task.id)
    received = (
        sa.select(sa.func.min(TaskEvent.happened_on))
        .where(TaskEvent.task_id == Task.id, TaskEvent.kind == EventKind.RECEIVED)
        .scalar_subquery()
    )
    of_receipt = sa.and_(Directive.due_anchor == RECEIPT, Directive.due_on.is_(None))
    return (
        sa.select(Task.id, Directive.due_basis, Directive.due_years, of_receipt, received)
        .join(Directive, Directive.id == Task.directive_id)
        .where(Task.id.in_(IDS), Directive.due_basis != "", ~sums_up)
    )
