"""Sign-ins as they stand; how old one may be is told by the caller (``rules/sign_in/ages.py``)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session

from models.sign_in.tokens import digest_of
from models.tables.people import Person
from models.tables.sign_in import SignedIn
from rules.sign_in.ages import Ages
from rules.sign_in.words import SignInWay


@dataclass(frozen=True, slots=True)
class StandingSignIn:
    """A sign-in that stands; ``seats`` marks the seats that the person held when its token was made."""

    id: int
    person_id: int
    way: SignInWay
    second_at: datetime | None
    seats: str
    began_at: datetime
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class SignInLine:
    """A standing sign-in as its person is shown it."""

    id: int
    way: SignInWay
    began_at: datetime
    seen_at: datetime
    address: str
    agent: str


def standing(session: Session, token: str, ages: Ages, now: datetime) -> StandingSignIn | None:
    """The sign-in of a token, if it is not over and its person still is active."""
    row = session.connection().execute(_STANDING, {"token_digest": digest_of(token)}).first()
    found = StandingSignIn(*row) if row else None
    return found if found and ages.stands(found.began_at, found.seen_at, now) else None


def lines(session: Session, person_id: int, ages: Ages, now: datetime) -> Sequence[SignInLine]:
    """All of a person that stand, the last used first."""
    shown = (SignedIn.id, SignedIn.way, SignedIn.began_at, SignedIn.seen_at, SignedIn.address, SignedIn.agent)
    query = sa.select(*shown).where(SignedIn.person_id == person_id, SignedIn.ended_at.is_(None))
    found = [
        SignInLine(*row) for row in session.execute(query.order_by(SignedIn.seen_at.desc(), SignedIn.id))
    ]
    return [line for line in found if ages.stands(line.began_at, line.seen_at, now)]


def seen_at(session: Session, sign_in_id: int) -> datetime | None:
    """When it was last written down that a sign-in was used."""
    return session.scalar(sa.select(SignedIn.seen_at).where(SignedIn.id == sign_in_id))


def of_whom(session: Session, sign_in_id: int) -> int | None:
    """Whose sign-in it is, standing or not."""
    return session.scalar(sa.select(SignedIn.person_id).where(SignedIn.id == sign_in_id))


_STANDING = (
    sa.select(
        SignedIn.id,
        SignedIn.person_id,
        SignedIn.way,
        SignedIn.second_at,
        SignedIn.seats,
        SignedIn.began_at,
        SignedIn.seen_at,
    )
    .join(Person, Person.id == SignedIn.person_id)
    .where(SignedIn.digest == sa.bindparam("token_digest"), SignedIn.ended_at.is_(None), Person.active)
)
