"""How a page calls whoever is signed in: the name, those whom it stands in for, and the seats in words."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session

from models.people.register import agency_names
from models.tables.people import Person
from rules.people.seat_roles import place_named
from rules.people.viewer import HeldSeat, Viewer


@dataclass(frozen=True, slots=True)
class NamedViewer:
    """``names`` by the ids of their persons, of the viewer too; ``seats`` in the order of the viewer's."""

    name: str
    names: tuple[tuple[int, str], ...]
    seats: tuple[str, ...]


def named_viewer(session: Session, viewer: Viewer) -> NamedViewer:
    """The words for a viewer who is a person."""
    persons = {seat.instead_of for seat in viewer.seats} | {viewer.person}
    rows = session.execute(sa.select(Person.id, Person.name).where(Person.id.in_(persons - {None})))
    names: dict[int | None, str] = {row[0]: row[1] for row in rows}
    bodies = {seat.body for seat in viewer.seats if seat.body}
    places = agency_names(session, bodies) if bodies else {}
    seats = tuple(_words(seat, places, names) for seat in viewer.seats)
    listed = tuple((key, name) for key, name in sorted(names.items()) if key is not None)
    return NamedViewer(names.get(viewer.person, ""), listed, seats)


def _words(seat: HeldSeat, places: dict[str, str], names: dict[int | None, str]) -> str:
    place = place_named(seat.role, places.get(seat.body or ""))
    where = f", {place}" if place else ""
    whose = f" (được ủy quyền của {names[seat.instead_of]})" if seat.instead_of else ""
    return f"{seat.role.label}{where}{whose}"
