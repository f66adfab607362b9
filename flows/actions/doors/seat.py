"""The one door through which a seat ends: a swap on its version."""

from datetime import date

from sqlmodel import Session

from config.act import Act
from flows.actions.doors.person import ask_who_keeps
from models.database.swap import swap_version
from models.tables.people import SeatRow


def move_end(session: Session, seat: SeatRow, last_day: date, act: Act) -> None:
    """Let ``last_day`` be its last. Raises Overtaken, and NotAllowed for who may not."""
    ask_who_keeps(session, act)
    swap_version(session, seat, _OVERTAKEN, {"valid_to": last_day})


_OVERTAKEN = "Vị trí này vừa được người khác thay đổi; hãy xem lại rồi thao tác lại."
