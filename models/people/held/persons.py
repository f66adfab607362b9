"""The office's persons as pages and terminal show them: with their seats, and who stands in for whom."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session

from models.database.columns import MOST_ID
from models.people.access.viewers import running
from models.people.held.taken_seats import known_person
from models.tables.agencies import Agency
from models.tables.people import Absence, Person, SeatRow
from rules.people.held.days import Days
from rules.people.held.seats_taken import why_outside
from rules.people.held.stand_ins import Known
from rules.people.seat_roles import SeatRole, place_named
from rules.refusal import NotFound


@dataclass(frozen=True, slots=True)
class SeatShown:
    """A seat; ``body_name`` is "" for one of the installation.

    ``outside`` is a sentence where the register has moved the body's days since, so that the seat is not
    within them any more.
    """

    id: int
    role: SeatRole
    body: str | None
    body_name: str
    days: Days
    outside: str = ""

    @property
    def words(self) -> str:
        """The role and where it is held: "Văn thư, Sở Tài chính"."""
        return ", ".join(filter(None, (self.role.label, self.place)))

    @property
    def place(self) -> str:
        """The name of its body, "" where the role says it already."""
        return place_named(self.role, self.body_name)


@dataclass(frozen=True, slots=True)
class PersonListed:
    """A row of the list; ``seats`` run on the day of the list, or begin later."""

    id: int
    name: str
    email: str | None
    phone: str | None
    active: bool
    seats: tuple[SeatShown, ...]


@dataclass(frozen=True, slots=True)
class AbsenceShown:
    """An absence, with who is absent and who stands in; ``seat`` None: in all seats.

    ``idle_from``: from that day of it on the deputy holds no seat, or does not use the system any more, so
    that nobody stands in.
    """

    id: int
    person: int
    name: str
    deputy: int
    deputy_name: str
    seat: int | None
    days: Days
    note: str
    cancelled: bool
    idle_from: date | None = None

    @property
    def idle(self) -> str:
        """A sentence where somebody is to be told that nobody stands in; "" as a rule."""
        if self.cancelled or self.idle_from is None:
            return ""
        return (
            f"Từ ngày {self.idle_from:%d/%m/%Y} {self.deputy_name} không giữ vị trí nào hoặc đã ngừng "
            f"sử dụng nên không thay được {self.name}: thư lại gửi cho người vắng mặt; hãy ghi người khác "
            "được ủy quyền"
        )


@dataclass(frozen=True, slots=True)
class PersonPage:
    """All that is kept of a person here: seats of all days, absences, and when she stood in for others."""

    id: int
    name: str
    email: str | None
    phone: str | None
    active: bool
    version: int
    seats: tuple[SeatShown, ...]
    absences: tuple[AbsenceShown, ...]
    stands_in: tuple[AbsenceShown, ...]


def person_list(session: Session, today: date, body: str | None = None) -> list[PersonListed]:
    """All persons by name, or those with a seat at ``body`` that runs on ``today`` or begins later."""
    to_come = sa.or_(SeatRow.valid_to.is_(None), SeatRow.valid_to >= today)
    not_void = sa.or_(SeatRow.valid_to.is_(None), SeatRow.valid_to >= SeatRow.valid_from)
    everybody: sa.ColumnElement[bool] = sa.true()
    if body is not None:
        there = sa.select(SeatRow.person_id).where(SeatRow.body_id == body, to_come, not_void)
        everybody = Person.id.in_(there)
    return _listed(session, _seats(session, to_come, not_void), everybody)


def person_page(session: Session, person_id: int) -> PersonPage:
    """All of one person. Raises NotFound."""
    row = session.get(Person, person_id) if 0 < person_id <= MOST_ID else None
    if row is None:
        raise NotFound(f"Không có người sử dụng số {person_id}.")
    seats = _seats(session, SeatRow.person_id == person_id)[person_id]
    return PersonPage(
        person_id, row.name, row.email, row.phone, row.active, row.version, tuple(seats),
        absences=absences_shown(session, Absence.person_id == person_id),
        stands_in=absences_shown(session, Absence.deputy_id == person_id),
    )  # fmt: skip


def absences_from(session: Session, today: date) -> tuple[AbsenceShown, ...]:
    """The absences that run on ``today`` or begin later, but those cancelled."""
    return absences_shown(session, Absence.last_on >= today, Absence.cancelled.is_(False))


def absences_shown(session: Session, *where: sa.ColumnElement[bool]) -> tuple[AbsenceShown, ...]:
    """Absences by their first day."""
    absent, deputy = sa.orm.aliased(Person), sa.orm.aliased(Person)
    query = (
        sa.select(Absence, absent.name, deputy.name)
        .join(absent, absent.id == Absence.person_id)
        .join(deputy, deputy.id == Absence.deputy_id)
        .where(*where)
        .order_by(Absence.first_on, Absence.id)
    )
    found = session.execute(query).all()
    deputies = {row.deputy_id: known_person(session, row.deputy_id) for row, _, _ in found}
    return tuple(_absence(deputies[row.deputy_id], row, *names) for row, *names in found)


def seats_outside(session: Session, today: date) -> list[tuple[str, SeatShown]]:
    """The seats of ``today`` and later that do not lie within the days of their bodies, with the names."""
    to_come = sa.or_(SeatRow.valid_to.is_(None), SeatRow.valid_to >= today)
    beyond = sa.and_(
        Agency.valid_to.is_not(None),
        sa.or_(SeatRow.valid_to.is_(None), SeatRow.valid_to > Agency.valid_to),
    )
    before = sa.and_(Agency.valid_from.is_not(None), SeatRow.valid_from < Agency.valid_from)
    held = _seats(session, to_come, sa.or_(beyond, before))
    people = _listed(session, held, Person.id.in_(list(held)))
    return [(person.name, seat) for person in people for seat in person.seats if seat.outside]


def persons_at(session: Session, body: str, today: date) -> list[PersonListed]:
    """Active persons whose seat at ``body`` runs on ``today``."""
    seats = _seats(session, SeatRow.body_id == body, *running(today))
    return _listed(session, seats, Person.id.in_(list(seats)), Person.active.is_(True))


def _listed(
    session: Session, seats: defaultdict[int, list[SeatShown]], *where: sa.ColumnElement[bool]
) -> list[PersonListed]:
    query = sa.select(Person.id, Person.name, Person.email, Person.phone, Person.active).where(*where)
    rows = session.execute(query.order_by(Person.active.desc(), Person.name, Person.id))
    return [
        PersonListed(key, name, email, phone, active, tuple(seats[key]))
        for key, name, email, phone, active in rows
    ]


def _absence(deputy: Known, row: Absence, name: str, deputy_name: str) -> AbsenceShown:
    assert row.id is not None
    days = Days(row.first_on, row.last_on)
    return AbsenceShown(
        row.id, row.person_id, name, row.deputy_id, deputy_name, row.seat_id, days, row.note, row.cancelled,
        None if row.cancelled else deputy.stands_not(days),
    )  # fmt: skip


def _seats(session: Session, *where: sa.ColumnElement[bool]) -> defaultdict[int, list[SeatShown]]:
    """By person, in the order of their days."""
    query = (
        sa.select(
            SeatRow.person_id, SeatRow.id, SeatRow.role, SeatRow.body_id,
            sa.func.coalesce(Agency.name, ""), SeatRow.valid_from, SeatRow.valid_to,
            Agency.valid_from, Agency.valid_to,
        )
        .outerjoin(Agency, Agency.id == SeatRow.body_id)
        .where(*where)
        .order_by(SeatRow.valid_from, SeatRow.id)
    )  # fmt: skip
    found: defaultdict[int, list[SeatShown]] = defaultdict(list)
    for person, key, role, body, name, first, last, begins, ends in session.execute(query):
        days = Days(first, last)
        found[person].append(SeatShown(key, role, body, name, days, why_outside(name, begins, ends, days)))
    return found
