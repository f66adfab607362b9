"""Sign-ins: opened, standing, touched, renewed and ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.engine import Engine
from sqlmodel import Session

from flows.actions.sign_in.seen import Seen
from rules.sign_in.words import SignInWay


@dataclass(frozen=True, slots=True)
class StandingSignIn:
    """A sign-in that stands; ``seats`` marks the seats that the person held when its token was made."""

    id: int
    person_id: int
    way: SignInWay
    second_at: datetime | None
    seats: str


@dataclass(frozen=True, slots=True)
class SignInLine:
    """A standing sign-in as its person is shown it."""

    id: int
    way: SignInWay
    began_at: datetime
    seen_at: datetime
    address: str
    agent: str


def open_sign_in(
    engine: Engine, person_id: int, way: SignInWay, seen: Seen, now: datetime, second: bool = False
) -> str:
    """The token of a new sign-in. Raises Refusal for a person who may not come in (any more)."""
    raise NotImplementedError


def sign_in_of(session: Session, token: str, now: datetime) -> StandingSignIn | None:
    """The sign-in of a token; None when it has ended, was idle too long, is too old, or nobody's."""
    raise NotImplementedError


def touch(engine: Engine, sign_in_id: int, now: datetime) -> None:
    """It was used; written at most once a minute."""
    raise NotImplementedError


def renew(engine: Engine, sign_in_id: int, now: datetime, second: bool = False) -> str:
    """A new token of the same sign-in: the old one opens nothing any more. Raises Overtaken."""
    raise NotImplementedError


def end_one(engine: Engine, person_id: int, sign_in_id: int, now: datetime) -> None:
    """Sign out. Raises NotFound for a sign-in that is not the person's."""
    raise NotImplementedError


def end_all(engine: Engine, person_id: int, now: datetime, but: int | None = None) -> None:
    """Sign out everywhere, except in the sign-in ``but``."""
    raise NotImplementedError


def list_of(session: Session, person_id: int, now: datetime) -> Sequence[SignInLine]:
    """The person's standing sign-ins, the last used first."""
    raise NotImplementedError
