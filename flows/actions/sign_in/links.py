"""One-time links: made, asked for, looked at, used and revoked."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.engine import Engine
from sqlmodel import Session

from config.office import Office
from flows.actions.sign_in.seen import Seen
from models.sign_in.tokens import new_token as new_token
from rules.sign_in.words import LinkPurpose


@dataclass(frozen=True, slots=True)
class LinkSeen:
    """Whose link it is, and what for."""

    person_id: int
    name: str
    purpose: LinkPurpose


def make_link(session: Session, person_id: int, purpose: LinkPurpose, now: datetime) -> int:
    """The id of a new link; the person has an account from then on."""
    raise NotImplementedError


def look_at_link(session: Session, token: str, now: datetime) -> LinkSeen:
    """What a token opens, without using it. Raises Refusal."""
    raise NotImplementedError


def use_link(engine: Engine, token: str, now: datetime) -> LinkSeen:
    """The same, and nobody can use it again. Raises Refusal."""
    raise NotImplementedError


def ask_for_link(engine: Engine, email: str, seen: Seen, now: datetime, office: Office) -> None:
    """Mail a link to whoever has an account with this address; nobody can tell whether there is one."""
    raise NotImplementedError


def revoke_links(session: Session, person_id: int, now: datetime) -> None:
    """No link of the person opens anything any more."""
    raise NotImplementedError
