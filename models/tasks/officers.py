"""Who works on a task within its bodies, and which tasks were handed to somebody.

A body that does not lead the task any more, or was released from its part, has no officer in it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session

from models.database.parameters import TASK, TODAY
from models.people.access.viewers import Day, running
from models.tables.agencies import Agency
from models.tables.people import Person, SeatRow, TaskOfficer
from models.tables.tasks import Task, TaskCooperation
from rules.vocabulary import CooperationState


@dataclass(frozen=True, slots=True)
class Officer:
    """Who works on a task for ``body``, by which day of the body's own.

    ``left``: that person does not sit there any more, so that somebody else has to be named.
    """

    body: str
    body_name: str
    person_id: int
    name: str
    due_on: date | None
    note: str
    left: bool


def officers_of(session: Session, task_id: int, today: date) -> list[Officer]:
    """The officers of the task: that of the lead first, then those of the cooperating bodies by name."""
    rows = session.execute(_officers(), {"task": task_id, "today": today})
    return [Officer(*row) for row in rows]


@cache
def _officers() -> sa.Select[Any]:
    table = TaskOfficer
    columns = (table.body_id, Agency.name, table.person_id, Person.name, table.due_on, table.note)
    return (
        sa.select(*columns, sa.not_(_sits_there(TODAY)))
        .join(Agency, Agency.id == table.body_id)
        .join(Person, Person.id == table.person_id)
        .join(Task, Task.id == table.task_id)
        .where(table.task_id == TASK, _still_of(Task))
        .order_by(table.body_id != Task.agency_id, Agency.name)
    )


def handed_to(persons: Collection[int]) -> sa.Select[tuple[int]]:
    """The ids of the tasks that were handed to one of ``persons``, as a query."""
    table, task = TaskOfficer, aliased(Task)
    query = sa.select(table.task_id).join(task, task.id == table.task_id)
    return query.where(table.person_id.in_(persons), _still_of(task))


def _still_of(task: type[Task]) -> sa.ColumnElement[bool]:
    part = TaskCooperation
    helps = sa.select(sa.literal(1)).where(
        part.task_id == TaskOfficer.task_id,
        part.agency_id == TaskOfficer.body_id,
        part.state != CooperationState.RELEASED,
    )
    return sa.or_(task.agency_id == TaskOfficer.body_id, helps.correlate(TaskOfficer).exists())


def _sits_there(today: Day) -> sa.ColumnElement[bool]:
    there = SeatRow.person_id == TaskOfficer.person_id, SeatRow.body_id == TaskOfficer.body_id
    seat = sa.select(sa.literal(1)).where(*there, *running(today)).correlate(TaskOfficer)
    return sa.and_(Person.active, seat.exists())
