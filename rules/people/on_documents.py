"""May this one do this to this document? What becomes of a paper is the secretariat's, by its own hand.

The clock issues at the hour that the secretariat has set, and nothing else.
"""

from rules.people.seats import CommitteeBodies, Named, Seat, check_body
from rules.refusal import NotInThisSeat
from rules.vocabulary import Actor, DocumentMove

_ACTORS = {
    DocumentMove.MADE_READY: frozenset({Actor.SECRETARIAT}),
    DocumentMove.TAKEN_BACK: frozenset({Actor.SECRETARIAT}),
    DocumentMove.ISSUED: frozenset({Actor.SECRETARIAT, Actor.CLOCK}),
    DocumentMove.SUPPLEMENTED: frozenset({Actor.SECRETARIAT}),
    DocumentMove.RECALLED: frozenset({Actor.SECRETARIAT}),
    DocumentMove.DISCARDED: frozenset({Actor.SECRETARIAT}),
    DocumentMove.RESTORED: frozenset({Actor.SECRETARIAT}),
}


def check(move: DocumentMove, seat: Seat, committee: CommitteeBodies | None, named: Named = str) -> None:
    """Whether ``seat`` may cause ``move``. ``committee`` may be left out where no body was named.

    Raises NotAllowed.
    """
    if seat.actor not in _ACTORS[move]:
        raise NotInThisSeat(f"{seat.actor.label} không có quyền «{move.label}» văn bản.")
    check_body(move.label, seat, committee.of(seat.actor) if committee else frozenset(), named)
