"""Paged lists of tasks: what a page asks for becomes one indexed query for ids, one for facts.

Open tasks of one agency come out of ``ix_task_desk`` in the order of the list; those of all agencies
are a merge of as many short walks over it as there are agencies. Totals are counted up to ``MOST``
only: whether 12,041 or 12,042 tasks are overdue changes nobody's morning, and counting costs it. Only
what another page has counted, a heading of the digest or a document, is counted to the last.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session

from models.database import predicates
from models.facts import facts_by_id
from models.people.access.seen import cases_seen, narrowed, tasks_seen
from models.tables.agencies import Agency
from models.tables.cases import EscalationCase
from models.tables.tasks import Task
from models.tasks.list_conditions import OPEN, Cut, Ids, TaskFilter, in_one_part, matching
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
    query = matching(session, wanted, today, viewer)
    if _by_agencies(wanted, viewer):
        # The first rows of all are among the first rows of each.
        each = query.order_by(*_order(session, Task, wanted)).limit(offset + limit + 1)
        query, task = _merged(session, each)
    else:
        task = Task
    ordered = query.order_by(*_order(session, task, wanted))
    ids = list(session.scalars(ordered.limit(limit + 1).offset(offset)))
    found = facts_by_id(session, ids[:limit])
    rows = tuple(found[key] for key in ids[:limit])
    return TaskPage(rows, _count(session, wanted, today, viewer), len(ids) > limit)


def task_counts(session: Session, today: date, viewer: Viewer = ANYBODY) -> TaskCounts:
    """How many tasks are overdue, due in seven days, wait for confirmation, or wait above."""
    everything = TaskFilter()
    waiting = sa.select(EscalationCase.id).where(EscalationCase.state == CaseState.WAITING)
    return TaskCounts(
        overdue=_count(session, replace(everything, cut=Cut.OVERDUE), today, viewer),
        due_soon=_count(session, replace(everything, cut=Cut.DUE_SOON), today, viewer),
        submitted=_count(session, replace(everything, statuses=_SUBMITTED), today, viewer),
        escalated=_capped(session, narrowed(waiting, cases_seen(viewer))),
    )


def choices(session: Session, viewer: Viewer = ANYBODY) -> list[Choice]:
    """Every agency, by name: the choices of a filter. Of a narrower viewer, those that lead what it sees."""
    if not viewer.sees_all:
        return _leads_seen(session, viewer)
    leads = sa.select(sa.literal(1)).where(Task.agency_id == Agency.id, predicates.among(Task.status, OPEN))
    query = sa.select(Agency.id, Agency.name, leads.correlate(Agency).exists())
    rows = session.execute(query.order_by(Agency.name, Agency.id))
    return [Choice(key, name, bool(busy)) for key, name, busy in rows]


def _leads_seen(session: Session, viewer: Viewer) -> list[Choice]:
    """The leads of the tasks that are seen; a body may have many tasks, but not with many others."""
    busy = sa.func.max(sa.case((predicates.among(Task.status, OPEN), 1), else_=0)).label("busy")
    tasks = narrowed(sa.select(Task.agency_id, busy), tasks_seen(viewer)).group_by(Task.agency_id).subquery()
    query = sa.select(Agency.id, Agency.name, tasks.c.busy).join(tasks, tasks.c.agency_id == Agency.id)
    rows = session.execute(query.order_by(Agency.name, Agency.id))
    return [Choice(key, name, bool(busy)) for key, name, busy in rows]


def _count(session: Session, wanted: TaskFilter, today: date, viewer: Viewer) -> int:
    """How many rows the list has, counted up to ``MOST + 1`` or, if it must be, to the last."""
    query = matching(session, wanted, today, viewer)
    if wanted.counted_out:
        return session.scalar(sa.select(sa.func.count()).select_from(query.subquery())) or 0
    if _by_agencies(wanted, viewer):
        query, _ = _merged(session, query.limit(MOST + 1))
    return _capped(session, query)


def _capped(session: Session, query: Ids) -> int:
    counted = sa.select(sa.func.count()).select_from(query.limit(MOST + 1).subquery())
    return session.scalar(counted) or 0


def _order(session: Session, task: Any, wanted: TaskFilter) -> tuple[Any, ...]:
    """As the index has it: NULLS LAST would be no index's order."""
    if in_one_part(session, wanted.cut):
        return task.due_on, task.id
    return task.due_on.is_(None), task.due_on, task.id


def _by_agencies(wanted: TaskFilter, viewer: Viewer) -> bool:
    """Whether to put the list together from the agencies': open tasks, narrowed by a cut at most.

    Who sees some tasks only has few of them, by their ids, and so has an officer. A single status is in no
    index but that of submitted tasks; the table is then read once.
    """
    narrower = wanted.agency_id or wanted.words.strip() or wanted.counted_out or wanted.officers
    return viewer.sees_all and wanted.only_open and wanted.statuses in ((), OPEN) and not narrower


def _merged(session: Session, query: Ids) -> tuple[Ids, Any]:
    """The ids that ``query`` finds for each agency, and the tasks by whose columns to order them."""
    each = query.where(Task.agency_id == Agency.id).correlate(Agency)
    task = aliased(Task)
    if session.get_bind().dialect.name == "postgresql":
        found = each.add_columns(Task.due_on).lateral()
        merged = sa.select(found.c.id).select_from(Agency).join(found, sa.true())
        return merged, found.c
    return sa.select(task.id).select_from(Agency).join(task, task.id.in_(each)), task
