"""Who has an account, and what opens it."""

from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlmodel import Session

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


def is_active(session: Session, person_id: int) -> bool:
    """Whether there is this person, and may come in."""
    return bool(session.scalar(sa.select(Person.active).where(Person.id == person_id)))


def known_of(session: Session, person_id: int) -> tuple[str, ...]:
    """What everybody knows of a person, and tries as a password."""
    row = session.execute(sa.select(Person.name, Person.email, Person.phone).where(Person.id == person_id))
    return tuple(text for text in row.one() if text)


def label_of(session: Session, person_id: int) -> str:
    """By what a person knows the account among others in a telephone."""
    name, email = session.execute(sa.select(Person.name, Person.email).where(Person.id == person_id)).one()
    return str(email or name)


def letter_body_of(session: Session, person_id: int) -> str | None:
    """The body that a letter to this person alone is booked under: where she sits, or the secretariat.

    None before the register was imported.
    """
    query = sa.select(SeatRow.body_id).where(SeatRow.person_id == person_id, SeatRow.body_id.is_not(None))
    own = session.scalar(query.order_by(SeatRow.valid_to.is_(None).desc(), SeatRow.id.desc()).limit(1))
    return own or session.scalar(sa.select(Committee.secretariat_id))
