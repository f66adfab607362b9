"""Who sits at a body today."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session

from models.people.viewers import running
from models.tables.people import Person, SeatRow
from rules.people.seat_roles import SeatRole


@dataclass(frozen=True, slots=True)
class Seated:
    """A person with the roles held there."""

    person_id: int
    name: str
    roles: tuple[SeatRole, ...]


def seated_at(session: Session, body: str, today: date) -> list[Seated]:
    """The active persons who sit at ``body`` today, by name."""
    query = sa.select(Person.id, Person.name, SeatRow.role).join(SeatRow, SeatRow.person_id == Person.id)
    found: dict[tuple[int, str], list[SeatRole]] = {}
    for key, name, role in session.execute(
        query.where(*_there(body, today)).order_by(Person.name, Person.id, SeatRow.id)
    ):
        found.setdefault((key, name), []).append(role)
    return [Seated(key, name, tuple(roles)) for (key, name), roles in found.items()]


def sits_at(session: Session, person_id: int, body: str, today: date) -> bool:
    """Whether that active person sits at ``body`` today."""
    query = sa.select(SeatRow.id).join(Person, Person.id == SeatRow.person_id)
    return session.scalar(query.where(SeatRow.person_id == person_id, *_there(body, today))) is not None


def _there(body: str, today: date) -> tuple[sa.ColumnElement[bool], ...]:
    return SeatRow.body_id == body, Person.active.is_(True), *running(today)
