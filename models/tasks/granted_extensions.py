"""What the rules of extensions need to know of a task, and which tasks were extended how often."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlmodel import Session

from models.database.predicates import UNANSWERED_SQL
from models.tables.extensions import ExtensionRequest
from models.tables.tasks import Task
from rules.tasks.extensions import Limits
from rules.vocabulary import ExtensionState


def granted_extensions(session: Session, task_ids: Sequence[int]) -> dict[int, int]:
    """How many extensions each task was granted; tasks without one are left out."""
    query = (
        sa.select(ExtensionRequest.task_id, sa.func.count())
        .where(ExtensionRequest.task_id.in_(list(task_ids)), ExtensionRequest.state == ExtensionState.AGREED)
        .group_by(ExtensionRequest.task_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def unanswered(session: Session, task_id: int) -> ExtensionRequest | None:
    """The request that waits for the assigner, or for the lead's word on a counter-proposal."""
    query = sa.select(ExtensionRequest).where(ExtensionRequest.task_id == task_id, sa.text(UNANSWERED_SQL))
    return session.scalar(query)


def limits_of(session: Session, task: Task) -> Limits:
    """What a new deadline of ``task`` is judged by; the parent's deadline as it is in force."""
    assert task.id is not None
    parent = session.get(Task, task.parent_id) if task.parent_id is not None else None
    granted = granted_extensions(session, [task.id]).get(task.id, 0)
    return Limits(task.due_on, parent.due_on if parent else None, granted)
