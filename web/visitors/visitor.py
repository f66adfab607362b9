"""Who is signed in, as one request knows it: the door puts it into the scope, the desk takes it out."""

from dataclasses import dataclass

from config.act import Doer
from models.trail.heard import out_of_seat
from rules.people.viewer import ANYBODY, HeldSeat, Viewer
from rules.refusal import NotFound, NotInThisSeat
from rules.vocabulary import Actor

#: The key in the scope of a request.
VISITOR = "dondoc.visitor"
#: The key of a question to the database: whether the visitor still sits there as when the request began.
STILL = "dondoc.still"
#: The same for why a door refused it (``rules/trail/refused.py``), where the door knows.
REFUSED = "dondoc.refused"
#: The same for the clock by which the door judged the visitor.
CLOCK = "dondoc.clock"
_NO_KEEPER = "Chỉ Thư ký Ban Chỉ đạo hoặc Quản trị hệ thống thao tác được việc này."


@dataclass(frozen=True, slots=True)
class Visitor:
    """A person who signed in, by the sign-in ``sign_in`` (the id of its row), from ``address``.

    ``named`` has the names of the person and of those whom it stands in for, by their ids; ``seats`` says in
    words where the person sits today. Not ``proven``: the second factor is still wanted, and only the pages
    of signing in meet such a visitor.
    """

    viewer: Viewer
    sign_in: int | None = None
    name: str = ""
    address: str = ""
    named: tuple[tuple[int, str], ...] = ()
    seats: tuple[str, ...] = ()
    proven: bool = True

    @property
    def may_look(self) -> bool:
        """Whether pages other than the own account are open."""
        return self.viewer.anybody or (self.proven and bool(self.viewer.seats))

    @property
    def person(self) -> int:
        """The id of who signed in. Raises NotFound where nobody did."""
        if self.sign_in is None or self.viewer.person is None:
            raise NotFound("Bạn chưa đăng nhập.")
        return self.viewer.person

    def seat(self, actor: Actor, body: str | None) -> HeldSeat | None:
        """The seat of an act in that role for that body; None where nobody signs in. Raises NotInThisSeat."""
        if self.viewer.anybody:
            return None
        seat = self.viewer.seat_for(actor, body)
        if seat is None:
            out_of_seat()
            whose = "cơ quan này" if body else "vai này"
            raise NotInThisSeat(f"Bạn không có vị trí «{actor.label}» ở {whose} nên không thao tác được.")
        return seat

    def keeping_seat(self) -> HeldSeat | None:
        """The seat in which letters under way, addresses and the clock are kept. Raises NotInThisSeat."""
        if self.viewer.anybody:
            return None
        seat = self.viewer.keeping_seat()
        if seat is None:
            out_of_seat()
            raise NotInThisSeat(_NO_KEEPER)
        return seat

    def doer_in(self, seat: HeldSeat | None) -> Doer | None:
        """The person in ``seat``; None where nobody signs in."""
        person = self.viewer.person
        if person is None or seat is None:
            return None
        return Doer(person, seat.id, seat.instead_of, self.address)

    def doer(self, actor: Actor, body: str | None) -> Doer | None:
        """Who acts in that role for that body; None where nobody signs in. Raises NotInThisSeat."""
        return self.doer_in(self.seat(actor, body))

    def stands_in_for(self, seat: HeldSeat | None) -> str:
        """The name of the absent person whose ``seat`` it is; "" for an own one."""
        if seat is None or seat.instead_of is None:
            return ""
        return dict(self.named).get(seat.instead_of, "")


#: Whoever sits at the machine of an office that has no account yet.
NOBODY = Visitor(ANYBODY)
#: Whoever has not signed in where there are accounts: no person has this number, nothing is open.
STRANGER = Visitor(Viewer(0))
