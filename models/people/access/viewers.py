"""What is open to a person today: the own running seats, and those of absent persons it stands in for."""

from datetime import date

import sqlalchemy as sa
from sqlmodel import Session

from models.people.row_bodies import committee_bodies
from models.tables.people import Absence, Person, SeatRow
from rules.people.seat_roles import SeatRole
from rules.people.viewer import HeldSeat, Viewer


def viewer_of(session: Session, person_id: int, today: date) -> Viewer:
    """The viewer that ``person_id`` is today; one who is not active holds nothing.

    Raises NotFound before the register was imported.
    """
    return Viewer(person_id, seats_held(session, person_id, today), committee_bodies(session))


def seats_held(session: Session, person_id: int, today: date) -> tuple[HeldSeat, ...]:
    """The seats that ``person_id`` may use today; none of one who is not active."""
    active = session.scalar(sa.select(Person.active).where(Person.id == person_id))
    return (*_own(session, person_id, today), *_of_absent(session, person_id, today)) if active else ()


def running(today: date | sa.BindParameter[date]) -> tuple[sa.ColumnElement[bool], ...]:
    """That a row of ``seat`` runs on ``today``."""
    ends = sa.or_(SeatRow.valid_to.is_(None), SeatRow.valid_to >= today)
    return SeatRow.valid_from <= today, ends


def _own(session: Session, person_id: int, today: date) -> list[HeldSeat]:
    query = sa.select(SeatRow.id, SeatRow.role, SeatRow.body_id)
    rows = session.execute(query.where(SeatRow.person_id == person_id, *running(today)).order_by(SeatRow.id))
    return [HeldSeat(*row) for row in rows]


def _of_absent(session: Session, person_id: int, today: date) -> list[HeldSeat]:
    """A deputy keeps no accounts for an absent admin: that seat cannot be lent."""
    query = (
        sa.select(SeatRow.id, SeatRow.role, SeatRow.body_id, SeatRow.person_id)
        .join(Absence, sa.and_(Absence.person_id == SeatRow.person_id, _lent()))
        .join(Person, Person.id == SeatRow.person_id)
        .where(Absence.deputy_id == person_id, Absence.cancelled.is_(False), Person.active)
        .where(Absence.first_on <= today, Absence.last_on >= today, *running(today))
        .where(SeatRow.role != SeatRole.ADMIN)
        .order_by(SeatRow.id)
    )
    return [HeldSeat(*row) for row in session.execute(query)]


def _lent() -> sa.ColumnElement[bool]:
    return sa.or_(Absence.seat_id.is_(None), Absence.seat_id == SeatRow.id)
