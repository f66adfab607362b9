"""May this one issue this công văn đôn đốc, or confirm and take back this name of a body?

Both are the secretariat's own.
"""

from rules.people.seats import CommitteeBodies, Named, Seat, check_body
from rules.refusal import NotAllowed
from rules.vocabulary import Actor


def check(what: str, seat: Seat, committee: CommitteeBodies | None, named: Named = str) -> None:
    """Whether ``seat`` is the secretariat; ``what`` is the act's label. Raises NotAllowed.

    ``committee`` may be left out where no body was named.
    """
    if seat.actor is not Actor.SECRETARIAT:
        raise NotAllowed(f"{seat.actor.label} không có quyền «{what}».")
    check_body(what, seat, committee.of(seat.actor) if committee else frozenset(), named)
