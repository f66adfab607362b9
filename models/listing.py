"""Paged lists of tasks: what a page asks for becomes one indexed query for ids, one for facts.

The cuts restate ``rules/deadlines.py`` in SQL, with today as a parameter; ``tests/web`` holds the two
together row by row.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from models.agencies import Agency
from models.directives import Directive
from models.escalations import EscalationCase
from models.task_facts import facts_by_id, task_id_of
from models.tasks import Task
from rules.facts import TaskFacts
from rules.folding import fold, fold_char
from rules.vocabulary import CLOSED, OWED, CaseState, Labelled, TaskStatus

Condition = sa.ColumnElement[bool]
Ids = sa.Select[Any]  # of task ids

#: Somebody other than the secretariat has still to act: what the digest counts as overdue or due.
_OWED = tuple(sorted(OWED))
_OPEN = tuple(sorted(set(TaskStatus) - CLOSED))
_SEARCHED = (*range(0x20, 0x250), *range(0x300, 0x370), *range(0x1E00, 0x1F00))
_FOLDING = {code: fold_char(chr(code)) for code in _SEARCHED}


class Cut(Labelled):
    """A part of the list by deadline; the words are those of the address line."""

    OVERDUE = "qua-han", "Quá hạn"
    DUE_SOON = "7-ngay", "Đến hạn trong 7 ngày"
    IN_TIME = "trong-han", "Trong hạn"
    NO_DEADLINE = "khong-thoi-han", "Không thời hạn"
    DONE_IN_TIME = "xong-dung-han", "Hoàn thành đúng hạn"
    DONE_LATE = "xong-qua-han", "Hoàn thành quá hạn"
    DONE_NO_DEADLINE = "xong-khong-thoi-han", "Hoàn thành (không thời hạn)"


@dataclass(frozen=True, slots=True)
class TaskFilter:
    """What a list shows; ``statuses`` empty means every status."""

    agency_id: str | None = None
    statuses: tuple[TaskStatus, ...] = ()
    cut: Cut | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class TaskPage:
    """One page of a list, most pressing first, and how many rows the whole list has."""

    rows: tuple[TaskFacts, ...]
    total: int


@dataclass(frozen=True, slots=True)
class TaskCounts:
    """The figures on top of the list."""

    overdue: int
    due_soon: int
    submitted: int
    escalated: int


OPEN_TASKS = TaskFilter(statuses=_OPEN)


def task_page(session: Session, wanted: TaskFilter, today: date, limit: int, offset: int = 0) -> TaskPage:
    """Rows ``offset`` to ``offset + limit`` of the list: earliest deadline first, none last."""
    query = _matching(session, wanted, today)
    order = (col(Task.due_on).is_(None), col(Task.due_on), col(Task.id))  # the words of ix_task_listed
    ids = list(session.scalars(query.order_by(*order).limit(limit).offset(offset)))
    found = facts_by_id(session, ids)
    return TaskPage(tuple(found[key] for key in ids), _count(session, query))


def task_counts(session: Session, today: date) -> TaskCounts:
    """How many tasks are overdue, due in seven days, wait for confirmation, or wait above."""
    everything = TaskFilter()
    overdue = _matching(session, replace(everything, cut=Cut.OVERDUE), today)
    due_soon = _matching(session, replace(everything, cut=Cut.DUE_SOON), today)
    submitted = _matching(session, replace(everything, statuses=(TaskStatus.SUBMITTED,)), today)
    waiting = sa.select(col(EscalationCase.id)).where(col(EscalationCase.state) == CaseState.WAITING)
    return TaskCounts(*(_count(session, query) for query in (overdue, due_soon, submitted, waiting)))


def agencies_with_tasks(session: Session) -> list[tuple[str, str]]:
    """Id and name of every agency that leads a task, by name: the choices of a filter."""
    leading = sa.select(col(Task.agency_id)).distinct()
    query = sa.select(col(Agency.id), col(Agency.name)).where(col(Agency.id).in_(leading))
    return [(key, name) for key, name in session.execute(query.order_by(col(Agency.name), col(Agency.id)))]


def _count(session: Session, query: Ids) -> int:
    return session.scalar(sa.select(sa.func.count()).select_from(query.subquery())) or 0


def _matching(session: Session, wanted: TaskFilter, today: date) -> Ids:
    query = sa.select(col(Task.id))
    if wanted.statuses:
        query = query.where(col(Task.status).in_(wanted.statuses))
    if wanted.agency_id:
        query = query.where(col(Task.agency_id) == wanted.agency_id)
    if wanted.cut:
        query = query.where(*_cut(wanted.cut, today))
    return _with_words(session, query, wanted.words) if wanted.words.strip() else query


def _cut(cut: Cut, today: date) -> tuple[Condition, ...]:
    due, owed = col(Task.due_on), col(Task.status).in_(_OWED)
    done = col(Task.status) == TaskStatus.CONFIRMED
    # The day that counts is the day of submission; a task confirmed without one counts as of today.
    counted = sa.func.coalesce(col(Task.submitted_on), today)
    return {
        Cut.OVERDUE: (owed, due < today),
        Cut.DUE_SOON: (owed, due.between(today, today + timedelta(days=7))),
        Cut.IN_TIME: (owed, due >= today),
        Cut.NO_DEADLINE: (owed, due.is_(None)),
        Cut.DONE_IN_TIME: (done, due >= counted),
        Cut.DONE_LATE: (done, due < counted),
        Cut.DONE_NO_DEADLINE: (done, due.is_(None)),
    }[cut]


def _with_words(session: Session, query: Ids, words: str) -> Ids:
    """Tasks whose code is typed, or whose directive has every word, tone marks or not."""
    quoted = task_id_of(words) if words.strip().upper().startswith("GN") or words.strip().isdigit() else None
    text = _folded(session)
    hits = [text.contains(word, autoescape=True) for word in fold(words).split()]
    query = query.join(Directive, col(Directive.id) == col(Task.directive_id))
    by_words = sa.and_(*hits) if hits else sa.false()
    return query.where(by_words if quoted is None else sa.or_(col(Task.id) == quoted, by_words))


def _folded(session: Session) -> sa.ColumnElement[str]:
    """The directive's text without case and marks, computed by the database."""
    if session.get_bind().dialect.name == "postgresql":
        bare = sa.func.lower(sa.func.regexp_replace(_decomposed(), "[\u0300-\u036f]", "", "g"))
        return sa.func.replace(bare, "đ", "d", type_=sa.String)
    raw = session.connection().connection.driver_connection
    assert raw is not None
    raw.create_function("folded", 1, lambda text: text.translate(_FOLDING), deterministic=True)
    return sa.func.folded(col(Directive.text), type_=sa.String)


def _decomposed() -> sa.ColumnElement[str]:
    return sa.func.normalize(col(Directive.text), sa.literal_column("NFD"), type_=sa.String)
