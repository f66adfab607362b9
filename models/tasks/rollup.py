"""The counts of a directive to a collective, added up by the database."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session

from models.people.access.seen import narrowed, tasks_seen
from models.tables.tasks import Task
from rules.people.viewer import ANYBODY, Viewer
from rules.tasks.rollup import Rollup, TaskGroup, rolled_up


def rollups(
    session: Session, directive_ids: Sequence[int], today: date, viewer: Viewer = ANYBODY
) -> dict[int, Rollup]:
    """The counts of many directives in one query; every id has its own, of the tasks that are seen."""
    found = _groups(session, directive_ids, viewer)
    return {key: rolled_up(found.get(key, []), today) for key in directive_ids}


def _groups(session: Session, directive_ids: Sequence[int], viewer: Viewer) -> dict[int, list[TaskGroup]]:
    alike = (Task.directive_id, Task.status, Task.due_on, Task.submitted_on)
    query = sa.select(*alike, sa.func.count()).where(Task.directive_id.in_(list(directive_ids)))
    query = narrowed(query, tasks_seen(viewer)).group_by(*alike)
    found: dict[int, list[TaskGroup]] = {}
    for directive_id, *group in session.execute(query):
        found.setdefault(directive_id, []).append(TaskGroup(*group))
    return found
