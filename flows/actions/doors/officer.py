"""The one door through which it changes who works on a task within a body: a swap on the row's version.

Its history is the task's: whoever names somebody says so with ``perform`` of ``task.py`` first, so that of
two who name one at a time the second never comes here.
"""

import sqlalchemy as sa
from sqlmodel import Session

from models.database.swap import swap_version, touched
from models.tables.people import TaskOfficer
from rules.refusal import Overtaken

_MOVED = "Người thực hiện vừa được người khác thay đổi; hãy xem lại rồi thao tác lại."


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
    swap_version(session, known, _MOVED, values)
    return known


def take_officer_back(session: Session, known: TaskOfficer) -> None:
    """Nobody works on it any more; the history keeps who did. Raises Overtaken."""
    table = TaskOfficer
    same = (table.task_id == known.task_id, table.body_id == known.body_id, table.version == known.version)
    if not touched(session, sa.delete(table).where(*same)):
        raise Overtaken(_MOVED)
    session.expunge(known)
