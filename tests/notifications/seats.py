"""Persons in the seats of the cast's bodies, for tests of who gets letters."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy.engine import Engine
from sqlmodel import Session

from flows.actions.people.person_contacts import keep_contacts
from models.db import unit_of_work
from models.tables.people import Absence, Person, SeatRow, TaskOfficer
from rules.people.seat_roles import SeatRole

NOW = datetime(2022, 8, 1, 2, tzinfo=UTC)
SINCE = date(2022, 1, 1)


def add(session: Session, row: Any) -> int:
    session.add(row)
    session.flush()
    key: int = row.id
    return key


def person(engine: Engine, name: str, email: str | None = "", **more: Any) -> int:
    """Somebody whose address is the name at nguoi.example, unless another is given."""
    mail = f"{name}@nguoi.example" if email == "" else email
    with unit_of_work(engine) as session:
        return add(session, Person(name=name, email=mail, email_key=mail, added_at=NOW, **more))


def seat(
    engine: Engine, who: int, body: str | None, role: SeatRole = SeatRole.CLERK,
    since: date = SINCE, until: date | None = None,
) -> int:  # fmt: skip
    """A seat, and the contact that goes with it."""
    with unit_of_work(engine) as session:
        row = SeatRow(person_id=who, body_id=body, role=role, valid_from=since, valid_to=until)
        key = add(session, row)
        keep_contacts(session, who)
    return key


def seated(engine: Engine, name: str, body: str | None, role: SeatRole = SeatRole.CLERK, **more: Any) -> int:
    """A person in a seat; returns the person's id."""
    who = person(engine, name)
    seat(engine, who, body, role, **more)
    return who


def away(engine: Engine, who: int, deputy: int, first: date, last: date, only: int | None = None) -> int:
    """An absence in all seats, or in one."""
    with unit_of_work(engine) as session:
        row = Absence(person_id=who, deputy_id=deputy, first_on=first, last_on=last, seat_id=only)
        key = add(session, row)
        keep_contacts(session, who)
    return key


def hand_on(engine: Engine, task_id: int, body: str, who: int, **more: Any) -> TaskOfficer:
    """Make somebody the officer of a task in a body; returns a copy of the row."""
    with unit_of_work(engine) as session:
        row = TaskOfficer(task_id=task_id, body_id=body, person_id=who, **more)
        session.merge(row)
    return TaskOfficer(task_id=task_id, body_id=body, person_id=who, **more)


def mail_of(name: str) -> str:
    return f"smtpmail://{name}@nguoi.example"
