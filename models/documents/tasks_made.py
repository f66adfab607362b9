"""Which tasks each directive has made."""

from collections import defaultdict
from collections.abc import Collection

import sqlalchemy as sa
from sqlmodel import Session

from models.tables.tasks import Task


def tasks_made(session: Session, directive_ids: Collection[int]) -> dict[int, list[int]]:
    """By directive, the ids of its tasks in their order; those that made none are left out."""
    query = sa.select(Task.directive_id, Task.id).where(Task.directive_id.in_(directive_ids))
    found: dict[int, list[int]] = defaultdict(list)
    for directive_id, key in session.execute(query.order_by(Task.id)):
        found[directive_id].append(key)
    return dict(found)
