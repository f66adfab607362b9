"""One-time links as they stand."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session

from models.sign_in.tokens import digest_of
from models.tables.people import Person
from models.tables.sign_in import LinkToken, PersonLink
from rules.sign_in.words import LinkPurpose


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A link, and the person whose it is."""

    id: int
    purpose: LinkPurpose
    expires_at: datetime
    used_at: datetime | None
    revoked_at: datetime | None
    person_id: int
    name: str
    active: bool


def link_of_token(session: Session, token: str) -> LinkRow | None:
    """The link of a token, whatever has become of it."""
    link = (
        PersonLink.id,
        PersonLink.purpose,
        PersonLink.expires_at,
        PersonLink.used_at,
        PersonLink.revoked_at,
    )
    query = (
        sa.select(*link, Person.id, Person.name, Person.active)
        .join(LinkToken, LinkToken.link_id == PersonLink.id)
        .join(Person, Person.id == PersonLink.person_id)
        .where(LinkToken.digest == digest_of(token))
    )
    row = session.execute(query).first()
    return LinkRow(*row) if row else None
