"""What letters say of persons: names, and where somebody sits."""

from collections.abc import Collection
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session

from models.people.access.viewers import running
from models.tables.agencies import Agency
from models.tables.people import Person, SeatRow
from rules.people.seat_roles import SeatRole, place_named


def person_names(session: Session, ids: Collection[int]) -> dict[int, str]:
    """Names by id."""
    query = sa.select(Person.id, Person.name).where(Person.id.in_(sorted(ids)))
    return {row[0]: row[1] for row in session.execute(query)}


def seats_named(session: Session, person_id: int, today: date) -> tuple[str, ...]:
    """The seats that somebody holds today, in words: the role, and the body if there is one."""
    query = (
        sa.select(SeatRow.role, Agency.name)
        .outerjoin(Agency, Agency.id == SeatRow.body_id)
        .where(SeatRow.person_id == person_id, *running(today))
        .order_by(SeatRow.id)
    )
    return tuple(_words(role, name) for role, name in session.execute(query))


def _words(role: SeatRole, body_name: str | None) -> str:
    place = place_named(role, body_name)
    return f"{role.label} – {place}" if place else role.label
