"""Who has been told of which deadline, for tests that begin after the letters have left."""

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from models.db import unit_of_work
from models.tables.tasks import Task, ToldDeadline


def all_told(engine: Engine) -> None:
    """Every lead knows the deadline in force since the day on which it was set."""
    known = (Task.id, Task.agency_id, Task.due_on, Task.due_set_on)
    with unit_of_work(engine) as session:
        session.execute(sa.delete(ToldDeadline))
        dated = sa.select(*known).where(Task.due_on.is_not(None))
        columns = ["task_id", "agency_id", "due_on", "told_on"]
        session.execute(sa.insert(ToldDeadline).from_select(columns, dated))
