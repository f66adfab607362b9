"""Persons with accounts, for tests of signing in."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import SQLModel

from flows.actions.sign_in.links import LinkSeen, make_link, new_token, use_link
from flows.actions.sign_in.passwords import set_password
from flows.actions.sign_in.seen import CameFrom
from models.db import reading, unit_of_work
from models.tables.people import Person, SeatRow
from models.trail.rows import TrailName, TrailRow
from rules.people.held.persons import email_key_of
from rules.people.seat_roles import SeatRole
from rules.sign_in.words import LinkPurpose
from rules.trail.words import TrailWhat
from tests.cast import at

NOW = at("2022-08-15", "08:00")
HOA, HOAS = "Hoa@stc.soctrang.example", "con mèo nằm trên mái"
SEEN = CameFrom("10.0.0.7", "Firefox")


def person(engine: Engine, email: str | None = HOA, password: str | None = HOAS, active: bool = True) -> int:
    """A person, who may have an account; returns the id."""
    with unit_of_work(engine) as session:
        key = email_key_of(email) if email else None
        row = Person(name="Nguyễn Thị Hoa", email=email, email_key=key, added_at=NOW)
        session.add(row)
    assert row.id is not None
    if password:
        set_password(engine, row.id, password, NOW)
    if not active:
        deactivated(engine, row.id)
    return row.id


def deactivated(engine: Engine, person_id: int) -> None:
    """She is gone, and nothing else was done about it."""
    with engine.begin() as connection:
        connection.execute(sa.update(Person).where(Person.id == person_id).values(active=False))


def seated(engine: Engine, person_id: int, role: SeatRole, body: str | None) -> None:
    """A seat from today on."""
    with unit_of_work(engine) as session:
        session.add(SeatRow(person_id=person_id, role=role, body_id=body, valid_from=NOW.date()))


def link(engine: Engine, person_id: int, purpose: LinkPurpose = LinkPurpose.SIGN_IN) -> str:
    """The token of a new link."""
    with unit_of_work(engine) as session:
        return new_token(session, make_link(session, person_id, purpose, NOW))


def use_up(engine: Engine, token: str, now: datetime) -> LinkSeen:
    """A link is used up, and nothing else."""
    with unit_of_work(engine) as session:
        return use_link(session, token, now)


def noted(engine: Engine, what: TrailWhat) -> list[TrailRow]:
    """The rows of the trail that tell of this."""
    return rows_of(engine, TrailRow, TrailRow.what == what)


def names_noted(engine: Engine) -> list[str | None]:
    """What the trail says of persons by name."""
    return [row.said for row in rows_of(engine, TrailName)]


def rows_of(engine: Engine, table: type[SQLModel], *where: Any) -> list[Any]:
    """The rows of a table."""
    with reading(engine) as session:
        return list(session.scalars(sa.select(table).where(*where)))
