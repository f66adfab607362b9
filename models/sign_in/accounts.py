"""Who has an account, and what opens it."""

from dataclasses import dataclass, field
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session

from models.people.access.viewers import running
from models.tables.agencies import Committee
from models.tables.people import Person, SeatRow
from models.tables.sign_in import Credential


@dataclass(frozen=True, slots=True)
class Account:
    """A person with an account; ``password`` is its hash, None where there is none."""

    person_id: int
    active: bool
    password: str | None = field(repr=False)


def any_account(session: Session) -> bool:
    """Whether anybody has one."""
    return bool(session.scalar(sa.select(sa.exists(sa.select(Credential.person_id)))))


def account_of_mailbox(session: Session, email_key: str) -> Account | None:
    """The account of the person with this ``email_key``."""
    query = sa.select(Person.id, Person.active, Credential.password).join(
        Credential, Credential.person_id == Person.id
    )
    row = session.execute(query.where(Person.email_key == email_key)).first()
    return Account(*row) if row else None


def some_account(session: Session) -> int | None:
    """The person of any account."""
    return session.scalar(sa.select(sa.func.min(Credential.person_id)))


def active_person_of(session: Session, email_key: str) -> int | None:
    """The person with this ``email_key`` who may come in, with an account or without."""
    return session.scalar(sa.select(Person.id).where(Person.email_key == email_key, Person.active))


def is_active(session: Session, person_id: int, hold: bool = False) -> bool:
    """Whether there is this person, and may come in; ``hold``: until the end of the transaction."""
    query = sa.select(Person.active).where(Person.id == person_id)
    return bool(session.scalar(query.with_for_update(read=True) if hold else query))


def held_password(session: Session, person_id: int) -> str | None:
    """The hash of the person's password, which nobody changes before the end of the transaction."""
    query = sa.select(Credential.password).where(Credential.person_id == person_id)
    return session.scalar(query.with_for_update(read=True))


def known_of(session: Session, person_id: int) -> tuple[str, ...]:
    """What everybody knows of a person, and tries as a password."""
    row = session.execute(sa.select(Person.name, Person.email, Person.phone).where(Person.id == person_id))
    return tuple(text for text in row.one() if text)


def label_of(session: Session, person_id: int) -> str:
    """By what a person knows the account among others in a telephone."""
    name, email = session.execute(sa.select(Person.name, Person.email).where(Person.id == person_id)).one()
    return str(email or name)


def letter_body_of(session: Session, person_id: int, today: date) -> str | None:
    """The body that a letter to this person alone is booked under: where she sits, or the secretariat.

    None before the register was imported.
    """
    sits = sa.select(SeatRow.body_id).where(SeatRow.person_id == person_id, SeatRow.body_id.is_not(None))
    first = sa.case((sa.and_(*running(today)), 0), else_=1)
    own = session.scalar(sits.order_by(first, SeatRow.id).limit(1))
    return own or session.scalar(sa.select(Committee.secretariat_id))
