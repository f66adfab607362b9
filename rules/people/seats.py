"""Who sits there: a role and the body for which it is played, and whether that body fits the row.

Every noun of this room says which bodies may take a role on a row of its own; the comparison is here.
"""

from collections.abc import Callable
from dataclasses import dataclass

from rules.refusal import NotAllowed, NotInThisSeat
from rules.vocabulary import Actor, Rung

#: The name of a body by its id; asked only for the sentence of a refusal.
Named = Callable[[str], str]

#: Whoever plays one of these stands for a body of the row, and has to say for which.
NEED_BODY = frozenset({Actor.LEAD, Actor.COOPERATING, Actor.MEMBER})
#: These act for the committee itself: a body need not be named, and a named one must be the committee's.
FOR_THE_COMMITTEE = frozenset({Actor.SECRETARIAT, Actor.ASSIGNER, Actor.LEADER})


@dataclass(frozen=True, slots=True)
class Seat:
    """Who does something: in which role, for which body (its id; None where none was named)."""

    actor: Actor
    body: str | None = None


@dataclass(frozen=True, slots=True)
class CommitteeBodies:
    """The committee's own bodies, by their ids."""

    secretariat: str
    chair: str
    standing: str
    upper: str
    whole: str

    def of(self, actor: Actor) -> frozenset[str]:
        """For which of them ``actor`` may speak; none for a role that is of another body."""
        if actor is Actor.SECRETARIAT:
            return frozenset({self.secretariat})
        if actor in FOR_THE_COMMITTEE:
            return frozenset({self.chair, self.standing, self.upper, self.whole})
        return frozenset()

    def on_rung(self, rung: Rung) -> str | None:
        """The body that answers on ``rung``; None where it is of no body of the committee."""
        return {Rung.STANDING: self.standing, Rung.CHAIR: self.chair, Rung.PROVINCE: self.upper}.get(rung)


def check_body(what: str, seat: Seat, fitting: frozenset[str], named: Named) -> None:
    """Whether the body of ``seat`` is one of those ``fitting`` its role; ``what`` is the act's label.

    Raises NotAllowed in Vietnamese, which says who may do it.
    """
    if seat.body is None and seat.actor not in NEED_BODY:
        return
    if seat.body in fitting:
        return
    who = _may(seat.actor, fitting, named)
    if seat.body is None:
        raise NotAllowed(f"Chưa chọn cơ quan thao tác: {who} được «{what}».")
    raise NotInThisSeat(f"Chỉ {who} được «{what}»; {named(seat.body)} không có quyền này.")


def _may(actor: Actor, fitting: frozenset[str], named: Named) -> str:
    """Those who may, as a sentence names them: the role, and the bodies that have it on this row."""
    role = actor.label[0].lower() + actor.label[1:] if actor in NEED_BODY else actor.label
    names = ", ".join(sorted(named(body) for body in fitting)[:_MOST_NAMES])
    more = ", ..." if len(fitting) > _MOST_NAMES else ""
    return f"{role} ({names}{more})" if names else f"{role} của nhiệm vụ này (chưa có cơ quan nào)"


_MOST_NAMES = 4
