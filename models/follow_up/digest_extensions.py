"""Section 6 of the digest: later deadlines that are asked for, and tasks that were extended often."""

from collections.abc import Collection
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from models.database.predicates import among
from models.follow_up.urging_reach import heard_facts
from models.tables.extensions import ExtensionRequest
from models.tables.tasks import Task
from rules.deadlines.classes import line
from rules.facts import ExtensionLine
from rules.follow_up.digest import Granted
from rules.tasks.status import OPEN
from rules.vocabulary import ExtensionState

_UNANSWERED = (ExtensionState.OPEN, ExtensionState.COUNTERED)
Found = tuple[int, tuple[ExtensionLine, ...]]  # how many there are, and the first of them


def _per_task(as_of: date) -> Any:
    """One row for each open task that ever had a request: what waits and how often it was granted."""
    waits, was_granted = (
        among(ExtensionRequest.state, _UNANSWERED),
        among(ExtensionRequest.state, [ExtensionState.AGREED]),
    )
    return (
        sa.select(
            ExtensionRequest.task_id,
            sa.func.count().filter(was_granted).label("granted"),
            sa.func.max(ExtensionRequest.asked_on).filter(waits).label("asked_on"),
            sa.func.max(ExtensionRequest.wanted_on).filter(waits).label("wanted_on"),
        )
        .join(Task, Task.id == ExtensionRequest.task_id)
        .where(
            ExtensionRequest.asked_on <= as_of,
            Task.assigned_on <= as_of,
            among(Task.status, OPEN),
        )
        .group_by(ExtensionRequest.task_id)
        .subquery()
    )


def granted(session: Session, as_of: date) -> list[Granted]:
    """All of them, for the reference digest."""
    found = _per_task(as_of)
    return [Granted(*row) for row in session.execute(sa.select(found))]


def extensions_on(session: Session, as_of: date, often_from: int, most: int | None) -> dict[str, Found]:
    """Requests that wait, the oldest first; and what was extended ``often_from`` times, most often first.

    ``extended`` counts the tasks of both, each once.
    """
    found = _per_task(as_of)
    which = _which(found, often_from)
    orders = {
        "extensions": (found.c.asked_on, found.c.task_id),
        "extended_often": (found.c.granted.desc(), found.c.task_id),
    }
    parts = {name: _some(session, as_of, found, which[name], order, most) for name, order in orders.items()}
    return parts | {"extended": _some(session, as_of, found, sa.or_(*which.values()), (), 0)}


def extended_tasks(as_of: date, often_from: int, sections: Collection[str]) -> Any:
    """The ids of the tasks that stand in ``sections`` ("extensions", "extended_often"), as a subquery."""
    found = _per_task(as_of)
    which = _which(found, often_from)
    return sa.select(found.c.task_id).where(sa.or_(*(which[name] for name in sections)))


def _which(found: Any, often_from: int) -> dict[str, sa.ColumnElement[bool]]:
    return {"extensions": found.c.asked_on.is_not(None), "extended_often": found.c.granted >= often_from}


def _some(session: Session, as_of: date, found: Any, which: Any, order: Any, most: int | None) -> Found:
    count = session.scalar(sa.select(sa.func.count()).select_from(found).where(which)) or 0
    if not count or most == 0:
        return count, ()
    items = [
        Granted(*row) for row in session.execute(sa.select(found).where(which).order_by(*order).limit(most))
    ]
    tasks = heard_facts(session, [item.task_id for item in items], as_of)
    return count, tuple(
        ExtensionLine(line(tasks[item.task_id], as_of), item.granted, item.asked_on, item.wanted_on)
        for item in items
    )
