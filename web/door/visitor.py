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

    ``named`` has the names of the person and of those whom it stands in for, by their ids.
    """

    viewer: Viewer
    sign_in: int | None = None
    name: str = ""
    address: str = ""
    named: tuple[tuple[int, str], ...] = ()

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
