"""The trail as a person asks for it: newest first, a page at a time, filtered; never counted."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import sqlalchemy as sa
from pydantic import JsonValue
from sqlmodel import Session

from config.clock import OFFICE_ZONE
from models.tables.agencies import Agency
from models.tables.people import Absence, Person, SeatRow
from models.trail.rows import TrailName, TrailRow
from rules.people.seat_roles import SeatRole
from rules.trail.words import TrailWhat
from rules.vocabulary import Actor, Way


@dataclass(frozen=True, slots=True)
class TrailFilter:
    """Which rows are asked for; ``last`` is a whole day."""

    what: TrailWhat | None = None
    person: int | None = None
    body: str | None = None
    noun: str = ""
    key: str = ""
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class TrailLine:
    """A row with the names that belong to it; ``named`` and no ``said``: it was blacked out."""

    id: int
    happened_at: datetime
    what: TrailWhat
    actor: Actor | None
    way: Way | None
    address: str
    noun: str
    key: str
    data: dict[str, JsonValue]
    person: str | None
    instead_of: str | None
    role: SeatRole | None
    seat_body: str | None
    body: str | None
    said: str | None
    named: bool

    @property
    def blacked_out(self) -> bool:
        """Whether its name is gone."""
        return self.named and self.said is None


Seen = sa.ColumnElement[bool] | None


def trail_lines(
    session: Session, wanted: TrailFilter, seen: Seen, before: int | None, most: int
) -> list[TrailLine]:
    """At most ``most`` rows older than the row ``before``, newest first.

    ``seen``: which rows whoever asks may see at all; None is all of them.
    """
    query = _query().where(*_conditions(wanted))
    if seen is not None:
        query = query.where(seen)
    if before is not None:
        this = sa.select(TrailRow.happened_at).where(TrailRow.id == before).scalar_subquery()
        query = query.where(
            sa.tuple_(TrailRow.happened_at, TrailRow.id) < sa.tuple_(this, sa.literal(before))
        )
    order = query.order_by(TrailRow.happened_at.desc(), TrailRow.id.desc())
    return [TrailLine(*row) for row in session.execute(order.limit(most))]


def newest_row(session: Session) -> int:
    """The highest id of the trail so far."""
    return session.scalar(sa.select(sa.func.max(TrailRow.id))) or 0


def trail_people(session: Session) -> Sequence[tuple[int, str]]:
    """Everybody by name, for a filter."""
    rows = session.execute(sa.select(Person.id, Person.name).order_by(Person.name, Person.id))
    return [(key, name) for key, name in rows]


def trail_bodies(session: Session) -> Sequence[tuple[str, str]]:
    """Every body by name, for a filter."""
    rows = session.execute(sa.select(Agency.id, Agency.name).order_by(Agency.name, Agency.id))
    return [(key, name) for key, name in rows]


def _query() -> sa.Select[tuple[object, ...]]:
    person, absent = sa.orm.aliased(Person), sa.orm.aliased(Person)
    seat_body, body, row = sa.orm.aliased(Agency), sa.orm.aliased(Agency), TrailRow
    return (
        sa.select(
            row.id, row.happened_at, row.what, row.actor, row.way, row.address, row.noun, row.noun_key,
            row.data, person.name, absent.name, SeatRow.role, seat_body.name, body.name, TrailName.said,
            TrailName.trail_id.is_not(None),
        )
        .outerjoin(person, person.id == row.person_id)
        .outerjoin(absent, absent.id == row.instead_of_id)
        .outerjoin(SeatRow, SeatRow.id == row.seat_id)
        .outerjoin(seat_body, seat_body.id == SeatRow.body_id)
        .outerjoin(body, body.id == row.body_id)
        .outerjoin(TrailName, TrailName.trail_id == row.id)
    )  # fmt: skip


def _conditions(wanted: TrailFilter) -> Collection[sa.ColumnElement[bool]]:
    row = TrailRow
    asked: list[tuple[object, sa.ColumnElement[bool]]] = [
        (wanted.what, row.what == wanted.what),
        (wanted.person, sa.or_(row.person_id == wanted.person, in_the_name_of(wanted.person or 0))),
        (wanted.body, row.body_id == wanted.body),
        (wanted.noun, row.noun == wanted.noun),
        (wanted.key, row.noun_key == wanted.key),
        (wanted.first, row.happened_at >= _midnight(wanted.first or date.min)),
        (wanted.last, row.happened_at < _midnight(wanted.last or date.min) + timedelta(days=1)),
    ]
    return [condition for given, condition in asked if given]


def in_the_name_of(person_id: int) -> sa.ColumnElement[bool]:
    """Rows of those who stood in for a person: found by who they are, as the index has the rows."""
    deputies = sa.select(Absence.deputy_id).where(Absence.person_id == person_id)
    return sa.and_(TrailRow.person_id.in_(deputies), TrailRow.instead_of_id == person_id)


def _midnight(day: date) -> datetime:
    return datetime.combine(max(day, date(1900, 1, 2)), time(), OFFICE_ZONE)
