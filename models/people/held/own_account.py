"""What a person's own page says of her."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session

from models.tables.people import Person
from models.tables.sign_in import Credential
from rules.refusal import NotFound


@dataclass(frozen=True, slots=True)
class OwnAccount:
    """``email`` and ``phone`` are "" where there is none."""

    name: str
    email: str
    phone: str
    has_password: bool


def own_account(session: Session, person_id: int) -> OwnAccount:
    """Of the person with this id. Raises NotFound."""
    set_up = sa.exists().where(Credential.person_id == Person.id, Credential.password.is_not(None))
    query = sa.select(Person.name, Person.email, Person.phone, set_up).where(Person.id == person_id)
    row = session.execute(query).one_or_none()
    if row is None:
        raise NotFound("Không có người sử dụng này.")
    return OwnAccount(row[0], row[1] or "", row[2] or "", bool(row[3]))
