"""Persons are entered, changed, and cease to use the system; nobody is ever deleted.

Whoever changes people waits for the others who do: what they did is seen before anything is judged.
"""

import sqlalchemy as sa
from pydantic import JsonValue
from sqlalchemy.engine import Engine
from sqlmodel import Session

from config.act import Act
from flows.actions.doors.person import ask_who_keeps, move_person
from flows.actions.doors.sign_in import revoke_open_links
from flows.actions.people.person_contacts import keep_contacts
from flows.actions.sign_in.accounts import shut
from flows.actions.trail.note import Noted, note
from models.database.columns import MOST_ID
from models.db import one_at_a_time, unit_of_work
from models.people.held.taken_seats import admin_days
from models.tables.people import Person
from rules.people.held.persons import NewPerson as NewPerson
from rules.people.held.persons import person_facts, same_person
from rules.people.held.seats_taken import check_admins
from rules.refusal import NotFound, Overtaken
from rules.trail.words import TrailWhat

#: Under this name they wait for each other.
PEOPLE = "people"


def add_person(engine: Engine, new: NewPerson, act: Act) -> int:
    """Enter a person, without a seat; returns the id. Raises Refusal; then nothing has changed."""
    with unit_of_work(engine) as session:
        one_at_a_time(session, PEOPLE)
        return enter_person(session, new, act)


def enter_person(session: Session, new: NewPerson, act: Act) -> int:
    """The same in the caller's transaction, who waits for ``PEOPLE`` first."""
    ask_who_keeps(session, act)
    facts = person_facts(new)
    _refuse_twin(session, facts.email_key, 0)
    row = Person(
        name=facts.name, email=facts.email, email_key=facts.email_key, phone=facts.phone, added_at=act.now
    )
    session.add(row)
    session.flush()
    assert row.id is not None
    _note(session, row, "added", act)
    return row.id


def change_person(
    engine: Engine, person_id: int, new: NewPerson, act: Act, version: int | None = None
) -> None:
    """Let a person be as ``new`` says; ``version`` is that of the row which was looked at, if it was.

    The same again changes nothing. Raises Refusal, Overtaken if somebody was faster.
    """
    with unit_of_work(engine) as session:
        one_at_a_time(session, PEOPLE)
        alter_person(session, person_id, new, act, version)


def alter_person(
    session: Session, person_id: int, new: NewPerson, act: Act, version: int | None = None
) -> None:
    """The same in the caller's transaction, who waits for ``PEOPLE`` first."""
    ask_who_keeps(session, act)
    facts = person_facts(new)
    row = person_row(session, person_id)
    if version is not None and version != row.version:
        raise Overtaken(f"{row.name} vừa được người khác thay đổi; hãy xem lại rồi thao tác lại.")
    _refuse_twin(session, facts.email_key, person_id)
    moved = row.email_key != facts.email_key
    if (row.name, row.email, row.phone) != (facts.name, facts.email, facts.phone):
        told = {"name": facts.name, "email": facts.email, "email_key": facts.email_key, "phone": facts.phone}
        fields = [name for name in ("name", "email", "phone") if told[name] != getattr(row, name)]
        move_person(session, row, act, **told)
        _note(session, row, "changed", act, fields=[*fields])
        keep_contacts(session, person_id)
    if moved:
        revoke_open_links(session, person_id, act.now)  # they lie in a mailbox that is hers no more


def deactivate(engine: Engine, person_id: int, act: Act) -> None:
    """Nobody signs in, or is signed in, as this person any more, and seats open nothing; again: no change.

    Raises Refusal: the last quản trị hệ thống stays.
    """
    with unit_of_work(engine) as session:
        one_at_a_time(session, PEOPLE)
        row = person_row(session, person_id)
        ask_who_keeps(session, act)
        if not row.active:
            return
        seats = admin_days(session)
        kept = [days for person, days in seats.values() if person != person_id]
        check_admins([days for _, days in seats.values()], kept, act.today)
        move_person(session, row, act, active=False)
        _note(session, row, "deactivated", act, ended=shut(session, person_id, act.now))


def reactivate(engine: Engine, person_id: int, act: Act) -> None:
    """The person uses the system again, with the seats that still run. Raises Refusal."""
    with unit_of_work(engine) as session:
        one_at_a_time(session, PEOPLE)
        row = person_row(session, person_id)
        ask_who_keeps(session, act)
        if not row.active:
            move_person(session, row, act, active=True)
            _note(session, row, "reactivated", act)


def person_row(session: Session, person_id: int) -> Person:
    """The row of a person. Raises NotFound."""
    row = session.get(Person, person_id) if 0 < person_id <= MOST_ID else None
    if row is None:
        raise NotFound(f"Không có người sử dụng số {person_id}.")
    return row


def _refuse_twin(session: Session, email_key: str | None, but: int) -> None:
    if email_key is None:
        return
    query = sa.select(Person.name, Person.email).where(Person.email_key == email_key, Person.id != but)
    if other := session.execute(query).first():
        raise same_person(*other)


def _note(session: Session, row: Person, done: str, act: Act, **more: JsonValue) -> None:
    told: dict[str, JsonValue] = {"done": done, **{name: value for name, value in more.items() if value}}
    note(session, Noted(TrailWhat.PERSON, "person", row.id or 0, row.name, told), act)
