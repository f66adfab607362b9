"""Persons of the small cast, seated at its bodies, and the acts that they do."""

from datetime import date, datetime

from sqlalchemy.engine import Engine

from config.act import Act, Doer
from models.db import reading, unit_of_work
from models.people.access.viewers import viewer_of
from models.tables.people import Absence, Person, SeatRow
from rules.people.seat_roles import SeatRole
from rules.vocabulary import Actor
from tests.cast import act, at

#: Since long before anything is tried.
SINCE = date(2022, 1, 1)


def seated(engine: Engine, name: str, body: str | None, *roles: SeatRole, until: date | None = None) -> int:
    """A person with a seat at ``body`` for each of ``roles``; the id."""
    with unit_of_work(engine) as session:
        person = Person(name=name, added_at=at(SINCE))
        session.add(person)
        session.flush()
        assert person.id is not None
        for role in roles:
            seat = SeatRow(person_id=person.id, body_id=body, role=role, valid_from=SINCE, valid_to=until)
            session.add(seat)
        return person.id


def away(engine: Engine, person: int, deputy: int, first: date, last: date) -> None:
    """``deputy`` stands in for ``person`` on those days, in every seat."""
    with unit_of_work(engine) as session:
        session.add(Absence(person_id=person, deputy_id=deputy, first_on=first, last_on=last))


def as_person(engine: Engine, person: int, actor: Actor, body: str, now: datetime) -> Act:
    """What the person does there in that role, as a page makes it of the seats that may be used."""
    with reading(engine) as session:
        seat = viewer_of(session, person, now.date()).seat_for(actor, body)
    assert seat is not None
    return act(actor, now, body, doer=Doer(person, seat.id, seat.instead_of))
