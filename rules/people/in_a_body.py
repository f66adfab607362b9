"""Who does what inside a body: its head and clerk for the whole of it, an officer on what was handed to him.

The body answers for a task whoever works on it; who that is, it decides itself.
"""

from dataclasses import dataclass
from datetime import date

from rules.people.seat_roles import SeatRole
from rules.people.viewer import HeldSeat, Viewer
from rules.refusal import NotAllowed, NotInThisSeat
from rules.vocabulary import Actor, EventKind

E = EventKind

#: Whoever sits in one of these acts for all that the body has.
KEEPS_A_BODY = frozenset({SeatRole.HEAD, SeatRole.CLERK, SeatRole.MEMBER})
#: The roles in which somebody acts for a body of a task.
FOR_A_BODY = frozenset({Actor.LEAD, Actor.COOPERATING})
#: What an officer does for the body; all else is said by its head or clerk.
OF_AN_OFFICER = frozenset(
    {E.RECEIVED, E.PROGRESS, E.SUBMITTED, E.COOPERATION, E.CONTRIBUTED, E.EXTENSION_ASKED}
)


@dataclass(frozen=True, slots=True)
class OfficersHand:
    """An officer acts; ``handed``: this very task was handed to him, or to one he stands in for."""

    handed: bool

    @property
    def may(self) -> frozenset[EventKind]:
        """What he may cause on this task."""
        return OF_AN_OFFICER if self.handed else frozenset()


def keeps(viewer: Viewer, body: str) -> bool:
    """Whether ``viewer`` acts for all of ``body``, and so hands its tasks to its officers."""
    return viewer.anybody or any(seat.role in KEEPS_A_BODY for seat in seats_at(viewer, body))


def reads(viewer: Viewer, body: str) -> bool:
    """Whether ``viewer`` reads what ``body`` says to its own people."""
    return viewer.anybody or bool(seats_at(viewer, body))


def seats_at(viewer: Viewer, body: str | None) -> list[HeldSeat]:
    """The seats of ``viewer`` at ``body``, lent ones too."""
    return [seat for seat in viewer.seats if body is not None and seat.body == body]


def check_hand(event: EventKind, hand: OfficersHand | None) -> None:
    """Whether one with this ``hand`` (None: held back by nothing) may cause ``event``. Raises NotAllowed."""
    if hand is None or event in hand.may:
        return
    if event in OF_AN_OFFICER:
        raise NotInThisSeat(
            "Nhiệm vụ này chưa giao cho bạn thực hiện; lãnh đạo hoặc văn thư của cơ quan giao thì bạn mới "
            f"«{event.label}» được."
        )
    raise NotInThisSeat(f"«{event.label}» do lãnh đạo hoặc văn thư của cơ quan thực hiện.")


def check_inner_date(inner: date | None, deadline: date | None, today: date) -> None:
    """Whether a body may set ``inner`` as its own date for a task due on ``deadline``. Raises NotAllowed."""
    if inner is None:
        return
    if deadline is not None and deadline < today:
        raise NotAllowed(
            f"Nhiệm vụ đã quá thời hạn ({deadline:%d/%m/%Y}) nên không đặt thời hạn trong cơ quan được nữa: "
            "hãy để trống và ghi yêu cầu vào ghi chú."
        )
    if inner < today:
        raise NotAllowed(f"Thời hạn trong cơ quan {inner:%d/%m/%Y} đã qua: hãy chọn từ hôm nay trở đi.")
    if deadline is not None and inner > deadline:
        raise NotAllowed(
            f"Thời hạn trong cơ quan {inner:%d/%m/%Y} không được sau thời hạn phải hoàn thành "
            f"({deadline:%d/%m/%Y})."
        )
