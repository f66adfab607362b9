"""What is open to a person today: the own running seats, and those of absent persons it stands in for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session

from models.database.columns import big_key
from models.people.register import NO_REGISTER
from models.tables.agencies import Agency, Committee
from models.tables.people import Absence, Person, SeatRow
from rules.people.seats import CommitteeBodies
from rules.people.viewer import HeldSeat, Viewer
from rules.refusal import NotFound

Day = date | sa.BindParameter[date]


@dataclass(frozen=True, slots=True)
class NamedSeat:
    """A seat that may be used, with the names of its body and of the absent person whose it is; or ""."""

    held: HeldSeat
    body: str
    instead_of: str


@dataclass(frozen=True, slots=True)
class FoundViewer:
    """What one statement says of who looks: the name, the seats, the committee; None before the register."""

    person: int
    name: str
    seats: tuple[NamedSeat, ...]
    committee: CommitteeBodies | None

    @property
    def viewer(self) -> Viewer:
        """Raises NotFound before the register was imported."""
        if self.committee is None:
            raise NotFound(NO_REGISTER)
        return Viewer(self.person, tuple(seat.held for seat in self.seats), self.committee)


def viewer_of(session: Session, person_id: int, today: date) -> Viewer:
    """The viewer that ``person_id`` is today; one who is not active holds nothing.

    Raises NotFound before the register was imported.
    """
    return find_viewer(session, person_id, today).viewer


def seats_held(session: Session, person_id: int, today: date) -> tuple[HeldSeat, ...]:
    """The seats that ``person_id`` may use today; none of one who is not active."""
    return tuple(seat.held for seat in find_viewer(session, person_id, today).seats)


def find_viewer(session: Session, person_id: int, today: date) -> FoundViewer:
    """All of it in one look: every page asks."""
    rows = session.connection().execute(_found(), {"person": person_id, "today": today}).all()
    name, committee = rows[0][0], rows[0][1:6]
    seats = tuple(_seat(row[6:]) for row in rows if row[6] is not None)
    return FoundViewer(person_id, name or "", seats, CommitteeBodies(*committee) if committee[0] else None)


def _seat(row: Sequence[Any]) -> NamedSeat:
    *seat, body, absent = row
    return NamedSeat(HeldSeat(*seat), body or "", absent or "")


@cache  # building it costs more than running it
def _found() -> sa.Select[Any]:
    one, held = sa.select(sa.literal(1).label("row")).subquery(), _held().subquery()
    me, absent = aliased(Person), aliased(Person)
    bodies = (
        Committee.secretariat_id, Committee.chair_id, Committee.standing_agency_id, Committee.upper_id,
        Committee.body_id,
    )  # fmt: skip
    table = (
        sa.outerjoin(one, Committee, Committee.id == one.c.row)
        .outerjoin(me, me.id == sa.bindparam("person"))
        .outerjoin(held, me.active)
        .outerjoin(Agency, Agency.id == held.c.body_id)
        .outerjoin(absent, absent.id == held.c.instead_of)
    )
    columns = me.name, *bodies, held, Agency.name, absent.name
    return sa.select(*columns).select_from(table).order_by(held.c.instead_of.is_not(None), held.c.id)


def _held() -> sa.CompoundSelect[Any]:
    """The seats of ``:person`` on ``:today``, and those that absent ones lend her (``away``)."""
    today, person = sa.bindparam("today", type_=sa.Date()), sa.bindparam("person", type_=big_key())
    seat, nobody = (SeatRow.id, SeatRow.role, SeatRow.body_id), sa.cast(sa.null(), big_key())
    own = sa.select(*seat, nobody.label("instead_of")).where(SeatRow.person_id == person, *running(today))
    lent_ones = (
        sa.select(*seat, SeatRow.person_id)
        .join(Absence, lent())
        .join(Person, Person.id == SeatRow.person_id)
        .where(Absence.deputy_id == person, Person.active, *away(today), *running(today))
    )
    return sa.union_all(own, lent_ones)


def running(today: Day) -> tuple[sa.ColumnElement[bool], ...]:
    """That a row of ``seat`` runs on ``today``."""
    ends = sa.or_(SeatRow.valid_to.is_(None), SeatRow.valid_to >= today)
    return SeatRow.valid_from <= today, ends


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
