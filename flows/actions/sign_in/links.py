"""One-time links: made, asked for, looked at, used and revoked."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.engine import Engine
from sqlmodel import Session

from config.act import Act
from flows.actions.doors.credential import open_account
from flows.actions.doors.sign_in import revoke_open_links, use_once
from flows.actions.sign_in import terms, tries
from flows.actions.sign_in.dead_links import DeadLink as DeadLink
from flows.actions.sign_in.dead_links import opening, used_up
from flows.actions.sign_in.seen import Seen
from flows.actions.trail.note import Noted, note, note_visit
from models.db import unit_of_work
from models.sign_in.tokens import new_token as new_token
from models.tables.sign_in import PersonLink
from rules.sign_in.words import LinkPurpose
from rules.trail.words import TrailWhat


@dataclass(frozen=True, slots=True)
class LinkSeen:
    """Whose link it is, and what for."""

    person_id: int
    name: str
    purpose: LinkPurpose


def make_link(
    session: Session, person_id: int, purpose: LinkPurpose, now: datetime, act: Act | None = None
) -> int:
    """The id of a new link; the person has an account from then on. ``act``: by whom it is given."""
    open_account(session, person_id)
    link = PersonLink(
        person_id=person_id, purpose=purpose, made_at=now, expires_at=now + terms.life_of(purpose)
    )
    session.add(link)
    session.flush()
    assert link.id is not None
    noted = Noted(TrailWhat.LINK_MADE, "person", person_id, data={"purpose": purpose.value})
    if act is None:
        note_visit(session, noted, now)
    else:
        note(session, noted, act)
    return link.id


def look_at_link(session: Session, token: str, now: datetime) -> LinkSeen:
    """What a token opens, without using it. Raises DeadLink."""
    link = opening(session, token, now)
    return LinkSeen(link.person_id, link.name, link.purpose)


def use_link(engine: Engine, token: str, now: datetime) -> LinkSeen:
    """The same, and nobody can use it again. Raises DeadLink."""
    with unit_of_work(engine) as session:
        link = opening(session, token, now)
        if not use_once(session, link.id, now):
            raise used_up()
        return LinkSeen(link.person_id, link.name, link.purpose)


def revoke_links(session: Session, person_id: int, now: datetime) -> None:
    """No link of the person opens anything any more."""
    revoke_open_links(session, person_id, now)
