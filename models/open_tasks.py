"""Set-based looks at open tasks: the rules' windows become parameters, SQL does the scanning."""

from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from models.predicates import among
from models.task_facts import facts, task_query
from models.tasks import Task
from rules.facts import TaskFacts
from rules.reminders import Windows
from rules.vocabulary import AWAITED

_AWAITED = among(Task.status, AWAITED)


def tasks_in(session: Session, when: Windows) -> list[TaskFacts]:
    """Every awaited task that ``rules.reminders.due_notice`` could have something to say about."""
    return facts(session, task_query().where(_AWAITED, _in_windows(when)).order_by(Task.agency_id, Task.id))


def _in_windows(when: Windows) -> Any:
    if when.urge_before is None:
        return sa.false()
    rested: Any = Task.last_urged_on.is_(None)
    if when.urged_on_or_before is not None:
        rested = sa.or_(rested, Task.last_urged_on <= when.urged_on_or_before)
    return sa.or_(
        Task.due_on.in_([near.due_on for near in when.near]),
        sa.and_(Task.due_on < when.urge_before, rested),
        sa.and_(Task.due_on.is_(None), Task.review_on <= when.review_until),
    )


def overdue_ids(session: Session, today: Any) -> list[int]:
    """Ids of awaited tasks past their deadline on ``today``."""
    query = sa.select(Task.id).where(_AWAITED, Task.due_on < today).order_by(Task.id)
    return [key for key in session.scalars(query) if key is not None]
