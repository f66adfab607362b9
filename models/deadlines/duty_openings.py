"""How an occurrence of a recurring duty was opened, also where it has been handed over since."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from models.database.bulk import one_of_ids
from models.tables.tasks import Task
from models.tasks.predecessors import predecessors


@dataclass(frozen=True, slots=True)
class Opening:
    """On which day, and the deadline of the occurrence before: now, and by the cycle. None: the first one."""

    opened_on: date
    before_on: date | None = None
    before_counted: date | None = None


def openings_of(session: Session, task_ids: Collection[int]) -> dict[int, Opening]:
    """By task. The occurrence before is that of its body or, nearest first, of one that had the task."""
    earlier = predecessors(session, task_ids)
    lines = {key: (key, *earlier.get(key, ())) for key in task_ids}
    known = _tasks(session, {one for line in lines.values() for one in line})
    before = _before(session, {one.directive_id for one in known.values()})
    found = {}
    for key, line in lines.items():
        tasks = [known[one] for one in line]
        last = next((before[place] for one in tasks if (place := _place(one, 1)) in before), None)
        dates = (last.due_on, last.original_due_on or last.due_on) if last else (None, None)
        found[key] = Opening(tasks[-1].assigned_on, *dates)
    return found


def _place(task: sa.Row[Any], back: int = 0) -> tuple[int, str, int]:
    return task.directive_id, task.agency_id, task.occurrence - back


_COLUMNS = (Task.id, Task.directive_id, Task.agency_id, Task.occurrence, Task.assigned_on)


def _tasks(session: Session, task_ids: Collection[int]) -> dict[int, sa.Row[Any]]:
    query = sa.select(*_COLUMNS).where(one_of_ids(session, Task.id, task_ids))
    return {row.id: row for row in session.execute(query)}


def _before(session: Session, directive_ids: Collection[int]) -> dict[tuple[int, str, int], sa.Row[Any]]:
    """Every occurrence of these duties by its place."""
    query = sa.select(*_COLUMNS, Task.due_on, Task.original_due_on).where(
        one_of_ids(session, Task.directive_id, directive_ids), Task.occurrence > sa.literal_column("0")
    )
    return {_place(row): row for row in session.execute(query)}
