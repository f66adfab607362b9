"""Who is signed in, as one request knows it: the door puts it into the scope, the desk takes it out."""

from dataclasses import dataclass

from config.act import Doer
from rules.people.viewer import ANYBODY, Viewer
from rules.refusal import NotAllowed
from rules.vocabulary import Actor

#: The key in the scope of a request.
VISITOR = "dondoc.visitor"


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
        """The id of who signed in. Raises NotAllowed where nobody did."""
        if self.sign_in is None or self.viewer.person is None:
            raise NotAllowed("Bạn chưa đăng nhập.")
        return self.viewer.person

    def doer(self, actor: Actor, body: str | None) -> Doer | None:
        """Who acts in that role for that body; None where nobody signs in. Raises NotAllowed."""
        if self.viewer.person is None:
            return None
        seat = self.viewer.seat_for(actor, body)
        if seat is None:
            whose = "cơ quan này" if body else "vai này"
            raise NotAllowed(f"Bạn không có vị trí «{actor.label}» ở {whose} nên không thao tác được.")
        return Doer(self.viewer.person, seat.id, seat.instead_of, self.address)


#: Whoever sits at the machine of an office that has no account yet.
NOBODY = Visitor(ANYBODY)
#: Whoever has not signed in where there are accounts: no person has this number, nothing is open.
STRANGER = Visitor(Viewer(0))
