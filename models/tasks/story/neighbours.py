"""The tasks that went before a task, and the one that stands for it now."""

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session

from models.facts import code_of
from models.people.access.seen import tasks_seen_among
from models.tables.agencies import Agency
from models.tables.tasks import Task, TaskEvent
from rules.people.viewer import ANYBODY, Viewer
from rules.tasks.event_data import TakenOverData
from rules.vocabulary import EventKind


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another task, by what people quote for it, and the body that leads it; ``seen``: it may be opened."""

    code: str
    agency: str
    seen: bool = True


@dataclass(frozen=True, slots=True)
class TakenOver:
    """What a task took over: from which tasks, and how many urgings they had between them."""

    task_ids: tuple[int, ...]
    urged: int


def taken_over(session: Session, task_id: int) -> TakenOver:
    """By its own history; nothing for a task that was assigned itself."""
    query = sa.select(TaskEvent.data).where(
        TaskEvent.task_id == task_id, TaskEvent.kind == EventKind.TAKEN_OVER
    )
    data = map(TakenOverData.seen, session.scalars(query.order_by(TaskEvent.seq)))
    found = [told for told in data if told is not None]
    return TakenOver(tuple(told.predecessor for told in found), sum(told.urged_before for told in found))


def neighbours(session: Session, task_ids: Collection[int], viewer: Viewer = ANYBODY) -> list[Neighbour]:
    """The tasks with these ids, in the order of their codes."""
    if not task_ids:
        return []
    query = sa.select(Task.id, Agency.name).join(Agency, Agency.id == Task.agency_id)
    rows = session.execute(query.where(Task.id.in_(task_ids)).order_by(Task.id))
    seen = tasks_seen_among(session, viewer, task_ids)
    return [Neighbour(code_of(key), name, key in seen) for key, name in rows]
