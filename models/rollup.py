"""The counts of a directive to a collective, added up by the database."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session

from models.tasks import Task
from rules.rollup import Group, Rollup, rolled_up


def rollup(session: Session, directive_id: int, today: date, occurrence: int | None = None) -> Rollup:
    """Where the tasks of one directive stand on ``today``.

    ``occurrence`` chooses one of a recurring duty; None adds up all of them.
    """
    chosen = [] if occurrence is None else [Task.occurrence == occurrence]
    return rolled_up(_groups(session, [directive_id], *chosen).get(directive_id, []), today)


def rollups(session: Session, directive_ids: Sequence[int], today: date) -> dict[int, Rollup]:
    """The same for many directives in one query; every id has its counts."""
    found = _groups(session, directive_ids)
    return {key: rolled_up(found.get(key, []), today) for key in directive_ids}


def _groups(
    session: Session, directive_ids: Sequence[int], *where: sa.ColumnElement[bool]
) -> dict[int, list[Group]]:
    alike = (Task.directive_id, Task.status, Task.due_on, Task.submitted_on)
    query = (
        sa.select(*alike, sa.func.count())
        .where(Task.directive_id.in_(list(directive_ids)), *where)
        .group_by(*alike)
    )
    found: dict[int, list[Group]] = {}
    for directive_id, *group in session.execute(query):
        found.setdefault(directive_id, []).append(Group(*group))
    return found
