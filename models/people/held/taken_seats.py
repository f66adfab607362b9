"""Seats and absences as the rules compare them: with the names that a refusal needs."""

import sqlalchemy as sa
from sqlmodel import Session

from models.tables.agencies import Agency
from models.tables.people import Absence, Person, SeatRow
from rules.people.bodies import Body
from rules.people.held.days import Days
from rules.people.held.seats_taken import ONE_HOLDER, NewSeat, TakenSeat
from rules.people.held.stand_ins import Known, StandIn
from rules.people.seat_roles import SeatRole
from rules.refusal import NotFound


def body_of(session: Session, body_id: str) -> Body:
    """A body of the register, with its days. Raises NotFound."""
    row = session.get(Agency, body_id)
    if row is None:
        raise NotFound(f"Không có cơ quan «{body_id[:40]}» trong sổ cơ quan.")
    return Body(id=row.id, name=row.name, kind=row.kind, valid_from=row.valid_from, valid_to=row.valid_to)


def seats_like(session: Session, new: NewSeat, person_id: int) -> list[TakenSeat]:
    """The seats beside which ``new`` has to stand, of all days: the person's own of that kind, and of a role
    that one alone holds everybody's.
    """
    at_body = SeatRow.body_id.is_(None) if new.body is None else SeatRow.body_id == new.body
    whose = [] if new.role in ONE_HOLDER else [SeatRow.person_id == person_id]
    return _seats(session, SeatRow.role == new.role, at_body, *whose)


def admin_days(session: Session) -> dict[int, tuple[int, Days]]:
    """The seats of quản trị hệ thống of active persons by their ids: whose, and on which days."""
    found = _seats(session, SeatRow.role == SeatRole.ADMIN, Person.active.is_(True))
    return {seat.id: (seat.person, seat.days) for seat in found}


def known_person(session: Session, person_id: int) -> Known:
    """A person with all seats. Raises NotFound."""
    row = session.execute(sa.select(Person.name, Person.active).where(Person.id == person_id)).first()
    if row is None:
        raise NotFound(f"Không có người sử dụng số {person_id}.")
    return Known(person_id, row[0], row[1], tuple(_seats(session, SeatRow.person_id == person_id)))


def stand_ins_of(session: Session, persons: tuple[int, ...]) -> list[StandIn]:
    """The absences in which one of ``persons`` is absent or stands in; none that were cancelled."""
    absent, deputy = sa.orm.aliased(Person), sa.orm.aliased(Person)
    query = (
        sa.select(
            Absence.person_id, absent.name, Absence.deputy_id, deputy.name, Absence.seat_id,
            Absence.first_on, Absence.last_on,
        )
        .join(absent, absent.id == Absence.person_id)
        .join(deputy, deputy.id == Absence.deputy_id)
        .where(sa.or_(Absence.person_id.in_(persons), Absence.deputy_id.in_(persons)))
        .where(Absence.cancelled.is_(False))
        .order_by(Absence.first_on, Absence.id)
    )  # fmt: skip
    return [
        StandIn(person, name, other, other_name, seat, Days(first, last))
        for person, name, other, other_name, seat, first, last in session.execute(query)
    ]


def _seats(session: Session, *where: sa.ColumnElement[bool]) -> list[TakenSeat]:
    query = (
        sa.select(
            SeatRow.id, SeatRow.person_id, Person.name, SeatRow.role, SeatRow.body_id,
            SeatRow.valid_from, SeatRow.valid_to,
        )
        .join(Person, Person.id == SeatRow.person_id)
        .where(*where)
        .order_by(SeatRow.valid_from, SeatRow.id)
    )  # fmt: skip
    return [
        TakenSeat(key, person, name, role, body, Days(first, last))
        for key, person, name, role, body, first, last in session.execute(query)
    ]
