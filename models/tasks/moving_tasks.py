"""The tasks that a hand-over looks at, and how they stand when it is carried out."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from models.database.predicates import open_sql
from models.tables.tasks import Task
from rules.tasks.hand_overs import HandOverPlan, Moving, StandsNow, Staying, why_it_stays
from rules.vocabulary import TaskStatus

BATCH = 500


def plan_of(
    session: Session, from_id: str, to_id: str, task_ids: Sequence[int] | None = None
) -> HandOverPlan:
    """Every open task of ``from_id``, or the given ones, with what would become of it."""
    theirs = sa.orm.aliased(Task)
    query = (
        sa.select(Task.id, Task.version, Task.status, theirs.id, theirs.status)
        .outerjoin(theirs, _the_same_work(theirs, to_id))
        .where(Task.agency_id == from_id)
        .order_by(Task.id)
    )
    chosen = query.where(sa.text(open_sql("task")) if task_ids is None else Task.id.in_(list(task_ids)))
    moving: list[Moving] = []
    staying: list[Staying] = []
    for task_id, version, status, successor_id, successor in session.execute(chosen):
        reason = why_it_stays(TaskStatus(status), TaskStatus(successor) if successor else None)
        if reason is None:
            moving.append(Moving(task_id, version, successor_id))
        else:
            staying.append(Staying(task_id, reason))
    return HandOverPlan(from_id, to_id, tuple(moving), tuple(staying))


def _the_same_work(theirs: Any, to_id: str) -> sa.ColumnElement[bool]:
    """The new lead's own task for the directive and occurrence of ``Task``."""
    return sa.and_(
        theirs.directive_id == Task.directive_id,
        theirs.occurrence == Task.occurrence,
        theirs.agency_id == to_id,
    )


def standing_now(session: Session, plan: HandOverPlan) -> dict[int, StandsNow]:
    """How the plan's tasks stand; those that are not the old lead's any more are left out."""
    theirs = sa.orm.aliased(Task)
    wanted = [moving.task_id for moving in plan.tasks]
    found: dict[int, StandsNow] = {}
    for start in range(0, len(wanted), BATCH):
        query = (
            sa.select(Task.id, Task.version, Task.status, theirs.id)
            .outerjoin(theirs, _the_same_work(theirs, plan.to_agency_id))
            .where(Task.id.in_(wanted[start : start + BATCH]), Task.agency_id == plan.from_agency_id)
        )
        for task_id, version, status, merges_into in session.execute(query):
            found[task_id] = StandsNow(version, status, merges_into)
    return found


def children_of(session: Session, task_id: int) -> list[Task]:
    """Open tasks that report to ``task_id``."""
    query = sa.select(Task).where(Task.parent_id == task_id, sa.text(open_sql("task")))
    return list(session.scalars(query.order_by(Task.id)))
