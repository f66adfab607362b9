"""May this one do this to this request for a later deadline?

The lead asks, takes its request back and takes the date that was proposed instead; the assigner's side
decides, never the requester, whichever role it plays.
"""

from rules.people.on_tasks import TaskBodies
from rules.people.seats import Seat, check_body
from rules.people.viewer import Viewer
from rules.refusal import NotAllowed, NotInThisSeat
from rules.tasks.extensions import check_decider
from rules.tasks.status import actors_of
from rules.vocabulary import Actor, EventKind

_OF_THE_LEAD = frozenset({EventKind.EXTENSION_ASKED, EventKind.EXTENSION_WITHDRAWN})


def check(event: EventKind, seat: Seat, bodies: TaskBodies, *, takes_counter: bool = False) -> None:
    """Whether ``seat`` may cause ``event``; ``takes_counter``: the date that was proposed is accepted.

    Raises NotAllowed, in Vietnamese.
    """
    if takes_counter and seat.actor is not Actor.LEAD:
        raise NotAllowed("Thời hạn được đề xuất chờ cơ quan chủ trì đồng ý.")
    if not takes_counter and event not in _OF_THE_LEAD:
        _check_decider(seat, bodies)
    if seat.actor not in actors_of(event):
        raise NotInThisSeat(f"{seat.actor.label} không có quyền «{event.label}».")
    check_body(event.label, seat, bodies.of(event, seat.actor), bodies.named)


def check_not_own(event: EventKind, viewer: Viewer, lead: str) -> None:
    """Nobody who also sits at the body that asks decides, in whatever seat. Raises NotAllowed."""
    if event not in _OF_THE_LEAD and lead in viewer.bodies:
        check_decider(Actor.LEAD, False)


def _check_decider(seat: Seat, bodies: TaskBodies) -> None:
    """Nobody decides on the own request: not as the lead, nor in another role for the same body."""
    own = bodies.committee is not None and bodies.lead == bodies.committee.secretariat
    check_decider(seat.actor, own)
    if seat.body == bodies.lead:
        check_decider(Actor.LEAD, own)
