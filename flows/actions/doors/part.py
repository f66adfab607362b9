"""The one door through which a body's part in a task changes: a swap on its version.

Its history is the task's: whoever moves a part appends what happened with ``perform`` of ``task.py``.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlmodel import Session

from models.database.bulk import insert_rows
from models.database.swap import swap_version
from models.tables.tasks import TaskCooperation
from rules.vocabulary import CooperationState


def move_part(session: Session, part: TaskCooperation, state: CooperationState, **values: Any) -> None:
    """Swap the state of a part. Raises Overtaken when somebody else was faster."""
    swap_version(session, part, _MOVED, {"state": state, **values})


def new_part(session: Session, task_id: int, body: str, due_on: date | None = None) -> TaskCooperation:
    """Ask a body that never had a part in the task; it stands in the database when this returns."""
    part = TaskCooperation(task_id=task_id, agency_id=body, due_on=due_on)
    session.add(part)
    session.flush()
    return part


def insert_parts(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Parts of tasks that were just opened, all rows with the same columns."""
    insert_rows(session, TaskCooperation, rows)


_MOVED = "Việc phối hợp vừa được người khác cập nhật; hãy xem lại rồi thao tác lại."
