"""Who looks and what is open to them, by the seats that they may use today: the roles of ``docs/access.md``.

What one row asks: ``rules/people/on_*.py`` (who may do what) and ``models/people`` (who sees which rows).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from rules.people.seat_roles import SeatRole
from rules.people.seats import CommitteeBodies
from rules.vocabulary import Actor, Rung

_IN_A_BODY = frozenset({SeatRole.CLERK, SeatRole.OFFICER, SeatRole.HEAD})
_CHAIRS = frozenset({SeatRole.CHAIR, SeatRole.DEPUTY_CHAIR})
_WHOLE_COMMITTEE = _CHAIRS | {SeatRole.SECRETARY}


@dataclass(frozen=True, slots=True)
class HeldSeat:
    """A seat that somebody may use today: the own, or that of the absent person ``instead_of``."""

    id: int
    role: SeatRole
    body: str | None = None
    instead_of: int | None = None


@dataclass(frozen=True, slots=True)
class Viewer:
    """One who looks; ``person`` is None where the office has no account yet, and then all is open.

    ``committee`` has the bodies of the one committee of today. A person without a running seat sees nothing
    but the own account.
    """

    person: int | None
    seats: tuple[HeldSeat, ...] = field(default=())
    committee: CommitteeBodies | None = None

    @property
    def anybody(self) -> bool:
        """Whether nobody signs in here."""
        return self.person is None

    @property
    def sees_all(self) -> bool:
        """Whether everything of the committee is open: its secretariat, leaders and standing agency."""
        return self.anybody or any(
            seat.role in _WHOLE_COMMITTEE or (seat.role in _IN_A_BODY and self._is_standing(seat.body))
            for seat in self.seats
        )

    @property
    def is_secretary(self) -> bool:
        """Whether this one acts for the secretariat."""
        return self.anybody or self._has(SeatRole.SECRETARY)

    @property
    def is_admin(self) -> bool:
        """Whether this one keeps people and channels; an admin decides nothing."""
        return self.anybody or self._has(SeatRole.ADMIN)

    @property
    def bodies(self) -> frozenset[str]:
        """The bodies for which this one sits."""
        wanted = _IN_A_BODY | {SeatRole.MEMBER}
        return frozenset(seat.body for seat in self.seats if seat.body and seat.role in wanted)

    @property
    def rungs(self) -> frozenset[Rung]:
        """The rungs of the committee on which this one decides."""
        if self.anybody:
            return frozenset(Rung)
        found = {rung for seat in self.seats for rung in Rung if self._decides(seat, rung)}
        return frozenset(found)

    @property
    def is_keeper(self) -> bool:
        """Whether this one looks after letters under way, addresses and the clock."""
        return self.is_secretary or self.is_admin

    def seat_for(self, actor: Actor, body: str | None) -> HeldSeat | None:
        """The seat in which this one plays ``actor`` for ``body``, the own before that of an absent person.

        ``body`` None is of the committee's own office; a leader answers for a rung's body, never for None.
        An officer's seat comes last: it may less.
        """
        return _first(seat for seat in self.seats if self._plays(seat, actor, body))

    def keeping_seat(self) -> HeldSeat | None:
        """The seat in which this one is a keeper; that of the secretariat before that of the installation."""
        return self.seat_for(Actor.SECRETARIAT, None) or _first(
            seat for seat in self.seats if seat.role is SeatRole.ADMIN
        )

    def _has(self, role: SeatRole) -> bool:
        return any(seat.role is role for seat in self.seats)

    def _is_standing(self, body: str | None) -> bool:
        return self.committee is not None and body == self.committee.standing

    def _plays(self, seat: HeldSeat, actor: Actor, body: str | None) -> bool:
        if actor is Actor.SECRETARIAT:
            return seat.role is SeatRole.SECRETARY
        if actor in (Actor.LEAD, Actor.COOPERATING):
            return seat.role in _IN_A_BODY | {SeatRole.MEMBER} and body is not None and seat.body == body
        if actor is Actor.MEMBER:
            return seat.role is SeatRole.MEMBER and body is not None and seat.body == body
        if actor is Actor.ASSIGNER:
            return body in (None, seat.body) and any(self._decides(seat, rung) for rung in Rung)
        if actor is Actor.LEADER and body is not None and self.committee is not None:
            return any(self.committee.on_rung(rung) == body for rung in Rung if self._decides(seat, rung))
        return False

    def _decides(self, seat: HeldSeat, rung: Rung) -> bool:
        if self.committee is None:
            return False
        if rung is Rung.CHAIR:
            return seat.role in _CHAIRS
        answers = self.committee.on_rung(rung)
        return answers is not None and seat.role is SeatRole.HEAD and seat.body == answers


def _first(fitting: Iterable[HeldSeat]) -> HeldSeat | None:
    return min(fitting, key=_before_others, default=None)


def _before_others(seat: HeldSeat) -> tuple[bool, bool, int]:
    return seat.role is SeatRole.OFFICER, seat.instead_of is not None, seat.id


#: Whoever sits at the machine of an office that has no account yet.
ANYBODY = Viewer(None)
