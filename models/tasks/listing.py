"""Paged lists of tasks: what a page asks for becomes one indexed query for ids, one for facts.

Open tasks come out of an index in the order of the list: those of one agency out of ``ix_task_desk``, those
of all out of ``ix_task_open``. Totals are counted up to ``MOST`` only: whether 12,041 or 12,042 tasks are
overdue changes nobody's morning, and counting costs it. Only what another page has counted, a heading of the
digest or a document, is counted to the last.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from models.database import predicates
from models.facts import facts_by_id
from models.people.access.seen import cases_seen, narrowed, tasks_seen_apart
from models.tables.agencies import Agency
from models.tables.cases import EscalationCase
from models.tables.tasks import Task
from models.tasks.list_conditions import (
    OPEN,
    Cut,
    Ids,
    TaskFilter,
    cut_conditions,
    in_one_part,
    matching,
    matching_apart,
)
from rules.facts import TaskFacts
from rules.people.viewer import ANYBODY, Viewer
from rules.vocabulary import CaseState, TaskStatus

#: Counts stop one above this; pages then say "hơn 1.000".
MOST = 1_000
OPEN_TASKS = TaskFilter(statuses=OPEN)
_SUBMITTED = (TaskStatus.SUBMITTED,)


@dataclass(frozen=True, slots=True)
class TaskPage:
    """One page of a list, most pressing first.

    ``total``, of all pages, is at most ``MOST + 1`` unless the filter is ``counted_out``.
    """

    rows: tuple[TaskFacts, ...]
    total: int
    more: bool = False  # there is a next page


@dataclass(frozen=True, slots=True)
class Choice:
    """An agency by which a list may be narrowed."""

    agency_id: str
    name: str
    busy: bool  # it leads an open task


@dataclass(frozen=True, slots=True)
class TaskCounts:
    """The figures on top of the list, each at most ``MOST + 1``."""

    overdue: int
    due_soon: int
    submitted: int
    escalated: int


def task_page(
    session: Session, wanted: TaskFilter, today: date, limit: int, offset: int = 0, viewer: Viewer = ANYBODY
) -> TaskPage:
    """Rows ``offset`` to ``offset + limit`` of the list: earliest deadline first, none last."""
    ids = _ids(session, wanted, today, limit + 1, offset, viewer)
    found = facts_by_id(session, ids[:limit])
    rows = tuple(found[key] for key in ids[:limit])
    more = len(ids) > limit
    if not ids or more:
        return TaskPage(rows, _count(session, wanted, today, viewer), more)
    last = offset + len(ids)
    return TaskPage(rows, last if wanted.counted_out else min(last, MOST + 1))


@dataclass(frozen=True, slots=True)
class ListHead:
    """What stands above a list: its figures, and the bodies by which it may be narrowed."""

    counts: TaskCounts
    agencies: list[Choice]


def list_head(session: Session, today: date, viewer: Viewer) -> ListHead:
    """Of all tasks that ``viewer`` sees, whatever the list is narrowed to."""
    if viewer.sees_all:
        return ListHead(task_counts(session, today), choices(session))
    return _head_seen(session, today, viewer)


def _ids(
    session: Session, wanted: TaskFilter, today: date, limit: int, offset: int, viewer: Viewer
) -> list[int]:
    task: Any
    if not viewer.sees_all:
        parts = matching_apart(session, wanted, today, viewer)
        first = [
            part.order_by(*_order(session, part.selected_columns, wanted)).limit(offset + limit)
            for part in parts
        ]
        task = _put_together(first).c
        query = sa.select(task.id)
    else:
        query, task = matching(session, wanted, today, viewer), Task
    ordered = query.order_by(*_order(session, task, wanted))
    return list(session.scalars(ordered.limit(limit).offset(offset)))


def task_counts(session: Session, today: date) -> TaskCounts:
    """How many of all tasks are overdue, due in seven days, wait for confirmation, or wait above."""
    everything = TaskFilter()
    return TaskCounts(
        overdue=_count(session, replace(everything, cut=Cut.OVERDUE), today, ANYBODY),
        due_soon=_count(session, replace(everything, cut=Cut.DUE_SOON), today, ANYBODY),
        submitted=_count(session, replace(everything, statuses=_SUBMITTED), today, ANYBODY),
        escalated=_waiting(session, ANYBODY),
    )


def choices(session: Session) -> list[Choice]:
    """Every agency, by name: the choices of a filter."""
    leads = sa.select(sa.literal(1)).where(Task.agency_id == Agency.id, predicates.among(Task.status, OPEN))
    query = sa.select(Agency.id, Agency.name, leads.correlate(Agency).exists())
    rows = session.execute(query.order_by(Agency.name, Agency.id))
    return [Choice(key, name, bool(busy)) for key, name, busy in rows]


def _head_seen(session: Session, today: date, viewer: Viewer) -> ListHead:
    """All of it in one look at the tasks that are seen, by the bodies that lead them."""
    figures = {
        "open": [predicates.among(Task.status, OPEN)],
        "overdue": cut_conditions(session, Cut.OVERDUE, today),
        "due_soon": cut_conditions(session, Cut.DUE_SOON, today),
        "submitted": [predicates.exactly(Task.status, TaskStatus.SUBMITTED)],
    }
    told = [sa.func.sum(sa.case((sa.and_(*one), 1), else_=0)).label(name) for name, one in figures.items()]
    apart = tasks_seen_apart(session, viewer)
    # Each part is summed up by itself: fewer rows to put together.
    parts = [_by_lead(one, told) for one in apart if one is not apart.closed]
    # What is closed is in no figure, but the body that led it is among the choices.
    parts.append(_by_lead(apart.closed, [sa.literal_column("0").label(name) for name in figures]))
    seen = _put_together(parts).c
    sums = (sa.func.sum(seen[name]).label(name) for name in figures)
    leads = sa.select(seen.agency_id, *sums).group_by(seen.agency_id).subquery()
    query = sa.select(Agency.name, leads).join(leads, leads.c.agency_id == Agency.id)
    rows = session.execute(query.order_by(Agency.name, Agency.id)).all()
    overdue, due_soon, submitted = (min(sum(row[at] for row in rows), MOST + 1) for at in (3, 4, 5))
    counts = TaskCounts(overdue, due_soon, submitted, _waiting(session, viewer))
    return ListHead(counts, [Choice(row[1], row[0], row[2] > 0) for row in rows])


def _by_lead(seen: sa.ColumnElement[bool], figures: Sequence[sa.Label[Any]]) -> sa.Select[Any]:
    return sa.select(Task.agency_id, *figures).where(seen).group_by(Task.agency_id)


def _waiting(session: Session, viewer: Viewer) -> int:
    waiting = sa.select(EscalationCase.id).where(EscalationCase.state == CaseState.WAITING)
    return _capped(session, narrowed(waiting, cases_seen(viewer)))


def _put_together(queries: Sequence[sa.Select[Any]]) -> sa.Subquery:
    """The rows of all; each query may have its own order and limit."""
    each = [query.subquery() for query in queries]
    return sa.union_all(*(sa.select(*one.c) for one in each)).subquery()


def _count(session: Session, wanted: TaskFilter, today: date, viewer: Viewer) -> int:
    """How many rows the list has, counted up to ``MOST + 1`` or, if it must be, to the last."""
    if not viewer.sees_all:
        query = sa.select(_put_together(matching_apart(session, wanted, today, viewer)).c.id)
    else:
        query = matching(session, wanted, today, viewer)
    if wanted.counted_out:
        return session.scalar(sa.select(sa.func.count()).select_from(query.subquery())) or 0
    return _capped(session, query)


def _capped(session: Session, query: Ids) -> int:
    counted = sa.select(sa.func.count()).select_from(query.limit(MOST + 1).subquery())
    return session.scalar(counted) or 0


def _order(session: Session, task: Any, wanted: TaskFilter) -> tuple[Any, ...]:
    """As the index has it: NULLS LAST would be no index's order."""
    if in_one_part(session, wanted.cut):
        return task.due_on, task.id
    return task.due_on.is_(None), task.due_on, task.id
