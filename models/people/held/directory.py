"""The office's persons as a list by body: a row a seat, searched, in pages."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from models.database.word_search import has_words
from models.tables.agencies import Agency
from models.tables.people import Person, SeatRow
from rules.people.held.days import Days
from rules.people.held.seats_taken import why_outside
from rules.people.seat_roles import SeatRole
from rules.vocabulary import Labelled


class Which(Labelled):
    """Which persons; the words are those of the address line."""

    UNSEATED = "chua-co-vi-tri", "Chưa có vị trí"
    INACTIVE = "da-ngung", "Đã ngừng sử dụng"
    EVERYBODY = "tat-ca", "Tất cả"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list shows; ``which`` None: those who use the system."""

    body: str | None = None
    words: str = ""
    which: Which | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A person in one seat that runs, or is still to begin; without a seat ``role`` is None."""

    person: int
    name: str
    email: str | None
    phone: str | None
    active: bool
    role: SeatRole | None
    body: str | None
    body_name: str | None
    days: Days | None
    outside: str = ""  # as ``SeatShown`` says it


@dataclass(frozen=True, slots=True)
class DirectoryPage:
    """One page of the list; ``total`` counts the rows of all pages."""

    rows: tuple[Listed, ...]
    total: int


def directory(session: Session, wanted: Wanted, today: date, limit: int, offset: int = 0) -> DirectoryPage:
    """By body, and within it by role and name; those of no body last, without a seat after them."""
    seat = SeatRow
    held = sa.and_(
        seat.person_id == Person.id,
        sa.or_(seat.valid_to.is_(None), sa.and_(seat.valid_to >= today, seat.valid_to >= seat.valid_from)),
    )
    found = (
        sa.select(
            Person.id, Person.name, Person.email, Person.phone, Person.active,
            seat.role, seat.body_id, Agency.name.label("body_name"), seat.valid_from, seat.valid_to, seat.id,
            Agency.valid_from.label("begins"), Agency.valid_to.label("ends"),
        )
        .outerjoin(seat, held)
        .outerjoin(Agency, Agency.id == seat.body_id)
        .where(*_narrow(session, wanted))
    )  # fmt: skip
    total = session.scalar(sa.select(sa.func.count()).select_from(found.subquery())) or 0
    order = (
        seat.id.is_(None),
        Agency.name.is_(None),
        Agency.name,
        _by_role(),
        Person.name,
        Person.id,
        seat.id,
    )
    rows = session.execute(found.order_by(*order).limit(limit).offset(offset))
    return DirectoryPage(tuple(map(_listed, rows)), total)


def _narrow(session: Session, wanted: Wanted) -> list[sa.ColumnElement[bool]]:
    found: list[sa.ColumnElement[bool]] = []
    if wanted.which is Which.INACTIVE:
        found.append(Person.active.is_(False))
    elif wanted.which is not Which.EVERYBODY:
        found.append(Person.active.is_(True))
    if wanted.which is Which.UNSEATED:
        found.append(SeatRow.id.is_(None))
    if wanted.body:
        found.append(SeatRow.body_id == wanted.body)
    if wanted.words.strip():
        said = (
            Person.name + " " + sa.func.coalesce(Person.email, "") + " " + sa.func.coalesce(Person.phone, "")
        )
        found.append(has_words(session, said, wanted.words))
    return found


def _by_role() -> sa.ColumnElement[int]:
    """Who leads before who works."""
    order = (SeatRole.CHAIR, SeatRole.DEPUTY_CHAIR, SeatRole.SECRETARY, SeatRole.HEAD, SeatRole.CLERK)
    return sa.case(*((SeatRow.role == role, at) for at, role in enumerate(order)), else_=len(order))


def _listed(row: sa.Row[Any]) -> Listed:
    person, name, email, phone, active, role, body, body_name, first, last, _seat, begins, ends = row
    days = None if first is None else Days(first, last)
    outside = why_outside(body_name, begins, ends, days) if days and body_name else ""
    return Listed(person, name, email, phone, bool(active), role, body, body_name, days, outside)
