"""Which tasks each directive has made."""

from collections import defaultdict
from collections.abc import Collection

import sqlalchemy as sa
from sqlmodel import Session

from models.people.access.seen import narrowed, tasks_seen
from models.tables.tasks import Task
from rules.people.viewer import ANYBODY, Viewer


def tasks_made(
    session: Session, directive_ids: Collection[int], viewer: Viewer = ANYBODY
) -> dict[int, list[int]]:
    """By directive, the ids of its tasks that are seen, in their order; those without one are left out."""
    query = sa.select(Task.directive_id, Task.id).where(Task.directive_id.in_(directive_ids))
    query = narrowed(query, tasks_seen(viewer))
    found: dict[int, list[int]] = defaultdict(list)
    for directive_id, key in session.execute(query.order_by(Task.id)):
        found[directive_id].append(key)
    return dict(found)
