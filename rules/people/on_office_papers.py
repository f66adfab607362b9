"""May this one do what is the secretariat's own? Each noun that no other body has a hand in.

A công văn đôn đốc, a confirmed name of a body, a draft, a meeting, the day of an event that is waited for,
letters under way and addresses, the clock. Whoever keeps the installation may do the last three as well:
which of the two it is, a seat says (``viewer.Viewer.keeping_seat``), and both act as the secretariat.
"""

from rules.people.seats import CommitteeBodies, Named, Seat, check_body
from rules.refusal import NotInThisSeat
from rules.vocabulary import Actor


def check(what: str, seat: Seat, committee: CommitteeBodies | None, named: Named = str) -> None:
    """Whether ``seat`` is the secretariat; ``what`` is the act's label. Raises NotAllowed.

    ``committee`` may be left out where no body was named.
    """
    if seat.actor is not Actor.SECRETARIAT:
        raise NotInThisSeat(f"{seat.actor.label} không có quyền «{what}».")
    check_body(what, seat, committee.of(seat.actor) if committee else frozenset(), named)
