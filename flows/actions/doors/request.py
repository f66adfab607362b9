"""The one door through which a request for a later deadline changes: a swap on its version.

Its history is the task's: whoever moves a request appends what happened with ``perform`` of ``task.py``.
"""

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from models.database.predicates import UNANSWERED_SQL
from models.database.swap import swap_version, touched
from models.tables.extensions import ExtensionRequest
from rules.vocabulary import ExtensionState


def move_request(session: Session, request: ExtensionRequest, state: ExtensionState, **values: Any) -> None:
    """Swap the state of a request. Raises Overtaken when somebody else was faster."""
    swap_version(session, request, _ANSWERED, {"state": state, **values})


def lapse_requests(session: Session, task_id: int, today: date, why: str) -> list[int]:
    """Withdraw the extension request of ``task_id`` that waits, if there is one; returns its id."""
    waiting = sa.select(ExtensionRequest.id).where(
        ExtensionRequest.task_id == task_id, sa.text(UNANSWERED_SQL)
    )
    found = [key for key in session.scalars(waiting.with_for_update()) if key is not None]
    if found:
        ended = {"state": ExtensionState.WITHDRAWN, "decided_on": today, "note": why}
        theirs = sa.update(ExtensionRequest).where(ExtensionRequest.id.in_(found))
        touched(session, theirs.values(version=ExtensionRequest.version + 1, **ended))
    return found


_ANSWERED = "Đề nghị gia hạn vừa được người khác trả lời; hãy xem lại."
