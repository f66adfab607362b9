"""What is open to a person today: the own running seats, and those of absent persons it stands in for."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session

from models.people.row_bodies import committee_bodies
from models.tables.people import Absence, Person, SeatRow
from rules.people.viewer import HeldSeat, Viewer

Day = date | sa.BindParameter[date]


def viewer_of(session: Session, person_id: int, today: date) -> Viewer:
    """The viewer that ``person_id`` is today; one who is not active holds nothing.

    Raises NotFound before the register was imported.
    """
    return Viewer(person_id, seats_held(session, person_id, today), committee_bodies(session))


def seats_held(session: Session, person_id: int, today: date) -> tuple[HeldSeat, ...]:
    """The seats that ``person_id`` may use today; none of one who is not active."""
    active = session.scalar(sa.select(Person.active).where(Person.id == person_id))
    return (*_own(session, person_id, today), *_of_absent(session, person_id, today)) if active else ()


def running(today: Day) -> tuple[sa.ColumnElement[bool], ...]:
    """That a row of ``seat`` runs on ``today``."""
    ends = sa.or_(SeatRow.valid_to.is_(None), SeatRow.valid_to >= today)
    return SeatRow.valid_from <= today, ends


def _own(session: Session, person_id: int, today: date) -> list[HeldSeat]:
    query = sa.select(SeatRow.id, SeatRow.role, SeatRow.body_id)
    rows = session.execute(query.where(SeatRow.person_id == person_id, *running(today)).order_by(SeatRow.id))
    return [HeldSeat(*row) for row in rows]


def _of_absent(session: Session, person_id: int, today: date) -> list[HeldSeat]:
    query = (
        sa.select(SeatRow.id, SeatRow.role, SeatRow.body_id, SeatRow.person_id)
        .join(Absence, lent())
        .join(Person, Person.id == SeatRow.person_id)
        .where(Absence.deputy_id == person_id, Person.active, *away(today), *running(today))
        .order_by(SeatRow.id)
    )
    return [HeldSeat(*row) for row in session.execute(query)]


def away(today: Day) -> tuple[sa.ColumnElement[bool], ...]:
    """That a row of ``absence`` is of ``today``, and its deputy can stand in: active, and in an own seat.

    Else it lends nothing and takes nothing away: the absent one has her letters again.
    """
    of_today = Absence.cancelled.is_(False), Absence.first_on <= today, Absence.last_on >= today
    return *of_today, _can_stand_in(today)


def _can_stand_in(today: Day) -> sa.ColumnElement[bool]:
    own, deputy = aliased(SeatRow), aliased(Person)
    ends = sa.or_(own.valid_to.is_(None), own.valid_to >= today)
    sits = sa.exists().where(
        own.person_id == Absence.deputy_id, own.valid_from <= today, ends,
        deputy.id == own.person_id, deputy.active,
    )  # fmt: skip
    return sits.correlate(Absence)


def lent() -> sa.ColumnElement[bool]:
    """That a row of ``absence`` lends a row of ``seat``: one, or all that are held at bodies.

    A deputy keeps no accounts for an absent admin, whose seat is at no body.
    """
    which = sa.or_(Absence.seat_id.is_(None), Absence.seat_id == SeatRow.id)
    return sa.and_(Absence.person_id == SeatRow.person_id, SeatRow.body_id.is_not(None), which)
