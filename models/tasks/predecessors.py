"""The tasks that a handed-over task goes on from: what was said to them holds for it."""

from collections.abc import Collection, Iterable

import sqlalchemy as sa
from sqlmodel import Session

from models.database.bulk import one_of_ids
from models.tables.tasks import TaskEvent
from rules.tasks.event_data import TakenOverData
from rules.vocabulary import EventKind

_MOST_HOPS = 20  # a task is not handed over more often


def predecessors(session: Session, task_ids: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """By task, ids of the tasks before it, the nearest first; nothing for one that was assigned itself.

    What another task merged into it has said is not its own: it had words and a deadline already.
    """
    tips = {key: key for key in task_ids}
    found: dict[int, tuple[int, ...]] = {}
    for _ in range(_MOST_HOPS):
        taken = _taken_from(session, set(tips.values()))
        tips = {key: taken[tip] for key, tip in tips.items() if tip in taken}
        for key, tip in tips.items():
            found[key] = (*found.get(key, ()), tip)
    return found


def _taken_from(session: Session, task_ids: Collection[int]) -> dict[int, int]:
    """By task that a hand-over has opened, the one that it was handed over from."""
    if not task_ids:
        return {}
    query = sa.select(TaskEvent.task_id, TaskEvent.data).where(
        one_of_ids(session, TaskEvent.task_id, task_ids),
        TaskEvent.seq == 0,
        TaskEvent.kind == EventKind.TAKEN_OVER,
    )
    told = ((key, TakenOverData.seen(data)) for key, data in session.execute(query))
    return {key: one.predecessor for key, one in told if one is not None}
