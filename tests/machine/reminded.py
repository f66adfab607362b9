"""Whether each open task was reminded in time, and if not, what the recorded rows say about it."""

from datetime import date

from sqlalchemy.engine import Engine

from config.office import Office
from models.database.predicates import among
from models.db import reading
from models.facts import facts, task_query
from models.follow_up.unreminded import unreminded
from models.tables.tasks import Task
from rules.vocabulary import AWAITED


def unexplained(engine: Engine, office: Office, today: date, changed: bool) -> list[str]:
    """Codes of awaited tasks past their deadline that nobody reminded and no row explains."""
    with reading(engine) as session:
        late = facts(session, task_query().where(among(Task.status, AWAITED), Task.due_on < today))
        found = unreminded(session, late, office.policy.rhythm, office.calendar, changed)
    return [
        f"{task.code}, hạn {task.due_on}, đặt ngày {task.due_set_on}"
        for task in late
        if task.id in found and found[task.id] is None
    ]
