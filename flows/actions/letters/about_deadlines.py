"""A deadline that was set or moved is told at once, where no other letter of the act says it.

Source: issue 10, "Urged, though one could not know": a numbered urging presupposes that the lead was told
of the deadline in force.
"""

from datetime import date

import sqlalchemy as sa
from sqlmodel import Session

from config.act import Act
from flows.actions.letters.about_tasks import letter
from models.follow_up.told import told_of
from models.tables.tasks import Task, TaskCooperation
from notifications.outbox.enqueue import enqueue
from rules.outbox.payloads import keys
from rules.outbox.payloads.deadlines import Deadline
from rules.tasks.cooperation import OWING
from rules.vocabulary import DeadlineCause


def tell_deadline(
    session: Session, task: Task, act: Act, old: date | None, cause: DeadlineCause, words: str
) -> None:
    """Tell the lead, and those that still work by the task's own day, of the deadline in force.

    To be called after the move, in its transaction; ``old`` is the deadline before it, ``words`` say
    how the new one came about, for people to read. The letter compares with what the lead was told last: a
    deadline that went and came back before anybody heard of it is no news.
    """
    assert task.id is not None
    known = told_of(session, task)
    if task.due_on is None or task.due_on == known:
        return
    told = Deadline(known or old, cause, words)
    letters = [
        letter(told, keys.deadline(task.id, task.version, body), body, task, act)
        for body in (task.agency_id, *_by_the_same_day(session, task.id))
    ]
    enqueue(session, letters, act.now)


def _by_the_same_day(session: Session, task_id: int) -> list[str]:
    """Cooperating bodies without a day of their own that have not handed in their part."""
    query = sa.select(TaskCooperation.agency_id).where(
        TaskCooperation.task_id == task_id,
        TaskCooperation.due_on.is_(None),
        TaskCooperation.state.in_(OWING),
    )
    return list(session.scalars(query.order_by(TaskCooperation.agency_id)))
