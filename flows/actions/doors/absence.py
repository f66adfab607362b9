"""The one door through which an absence ends early or is cancelled: a swap on its version."""

from sqlmodel import Session

from config.act import Act
from flows.actions.doors.person import ask_who_tells
from models.database.swap import swap_version
from models.tables.people import Absence
from rules.people.held.days import Days


def move_absence(session: Session, absence: Absence, days: Days | None, act: Act) -> None:
    """Give it the ``days`` that are left of it, or cancel it (None).

    Raises Overtaken, and NotAllowed for who may not.
    """
    ask_who_tells(session, act, (absence.person_id, absence.deputy_id))
    values = {"cancelled": True} if days is None else {"last_on": days.last}
    swap_version(session, absence, _OVERTAKEN, values)


_OVERTAKEN = "Lần vắng mặt này vừa được người khác thay đổi; hãy xem lại rồi thao tác lại."
