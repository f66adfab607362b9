"""The one door through which a body's part in a task changes, and who works on it there: swaps on versions.

Its history is the task's: whoever moves a part appends what happened with ``perform`` of ``task.py``.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from models.database.bulk import insert_rows
from models.database.swap import swap_version, touched
from models.tables.people import TaskOfficer
from models.tables.tasks import TaskCooperation
from rules.refusal import Overtaken
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


def put_officer(session: Session, known: TaskOfficer | None, wanted: TaskOfficer) -> TaskOfficer:
    """Make ``wanted`` the body's officer and return the row; ``known`` is who was, as read.

    A new row begins with the version of its task, so that no version of a body's officer comes twice.
    Raises Overtaken.
    """
    if known is None:
        session.add(wanted)
        session.flush()
        return wanted
    values = {"person_id": wanted.person_id, "due_on": wanted.due_on, "note": wanted.note}
    swap_version(session, known, _RENAMED, values)
    return known


def take_officer_back(session: Session, known: TaskOfficer) -> None:
    """Nobody works on it any more; the history keeps who did. Raises Overtaken."""
    table = TaskOfficer
    same = (table.task_id == known.task_id, table.body_id == known.body_id, table.version == known.version)
    if not touched(session, sa.delete(table).where(*same)):
        raise Overtaken(_RENAMED)
    session.expunge(known)


_MOVED = "Việc phối hợp vừa được người khác cập nhật; hãy xem lại rồi thao tác lại."
_RENAMED = "Người thực hiện vừa được người khác thay đổi; hãy xem lại rồi thao tác lại."
