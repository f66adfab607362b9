"""How a page calls whoever is signed in: the name, those whom it stands in for, and the seats in words."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from models.people.access.viewers import NamedSeat, find_viewer
from rules.people.seat_roles import place_named
from rules.people.viewer import Viewer


@dataclass(frozen=True, slots=True)
class NamedViewer:
    """``names`` by the ids of their persons, of the viewer too; ``seats`` in the order of the viewer's."""

    viewer: Viewer
    name: str
    names: tuple[tuple[int, str], ...]
    seats: tuple[str, ...]


def named_viewer(session: Session, person_id: int, today: date) -> NamedViewer:
    """The viewer that ``person_id`` is today, with its words. Raises NotFound before the register."""
    found = find_viewer(session, person_id, today)
    names = {seat.held.instead_of: seat.instead_of for seat in found.seats if seat.held.instead_of}
    names[person_id] = found.name
    listed = tuple((key, name) for key, name in sorted(names.items()) if key is not None)
    return NamedViewer(found.viewer, found.name, listed, tuple(map(_words, found.seats)))


def _words(seat: NamedSeat) -> str:
    place = place_named(seat.held.role, seat.body)
    where = f", {place}" if place else ""
    whose = f" (được ủy quyền của {seat.instead_of})" if seat.instead_of else ""
    return f"{seat.held.role.label}{where}{whose}"
