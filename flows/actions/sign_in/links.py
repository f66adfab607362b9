"""One-time links: made, asked for, looked at, used and revoked."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.engine import Engine
from sqlmodel import Session

from config.act import Act
from flows.actions.doors.credential import open_account
from flows.actions.doors.sign_in import revoke_open_links, use_once
from flows.actions.letters.to_persons import mail_asked
from flows.actions.sign_in import terms, tries
from flows.actions.sign_in.dead_links import DeadLink as DeadLink
from flows.actions.sign_in.dead_links import opening, used_up
from flows.actions.sign_in.seen import CameFrom
from flows.actions.trail.note import Noted, note, note_visit
from models.db import unit_of_work
from models.sign_in.accounts import account_of_mailbox, some_account
from models.sign_in.tokens import new_token as new_token
from models.tables.sign_in import PersonLink
from rules.sign_in.account_names import account_name, mailbox_of
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
    link = _insert(session, person_id, purpose, now)
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


def use_link(session: Session, token: str, now: datetime) -> LinkSeen:
    """The same, and nobody can use it again once the caller's transaction is done. Raises DeadLink."""
    link = opening(session, token, now)
    if not use_once(session, link.id, now):
        raise used_up()
    return LinkSeen(link.person_id, link.name, link.purpose)


def ask_for_link(engine: Engine, email: str, seen: CameFrom, now: datetime) -> None:
    """Mail a link to whoever has an account with this address; nobody can tell whether there is one.

    For nobody the same is done for some account and taken back, so that it takes as long.
    """
    name = account_name(email)
    life = terms.life_of(LinkPurpose.SIGN_IN)
    if not tries.may_ask_for_link(name, seen.address, int(life.total_seconds()) // 60):
        return
    with unit_of_work(engine) as session:
        account = account_of_mailbox(session, name)
        real = account.person_id if account and account.active else None
        whom = real or some_account(session)
        if whom is None:
            return  # nobody has an account: there is nothing to tell
        with session.begin_nested() as step:
            sent = mail_asked(session, _insert(session, whom, LinkPurpose.SIGN_IN, now), now)
            if not (real and sent):
                step.rollback()
        _note_asked(session, name, whom if real and sent else None, seen, now)


def revoke_links(session: Session, person_id: int, now: datetime) -> None:
    """No link of the person opens anything any more."""
    revoke_open_links(session, person_id, now)


def _insert(session: Session, person_id: int, purpose: LinkPurpose, now: datetime) -> PersonLink:
    link = PersonLink(
        person_id=person_id, purpose=purpose, made_at=now, expires_at=now + terms.life_of(purpose)
    )
    session.add(link)
    session.flush()
    return link


def _note_asked(session: Session, said: str, person_id: int | None, seen: CameFrom, now: datetime) -> None:
    """Also of an address that nobody has: it takes as long, and somebody may be looking for one."""
    what = TrailWhat.LINK_MADE if person_id else TrailWhat.SIGN_IN_FAILED
    noted = Noted(what, "person", person_id or "", said=mailbox_of(said), data={"why": "link"})
    note_visit(session, noted, now, address=seen.address)
