"""Signing in with a password, and setting one."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.engine import Engine
from sqlmodel import Session

from config.act import Doer
from flows.actions.doors.credential import change_credential, hash_anew, open_account
from flows.actions.sign_in import hashing, tries
from flows.actions.sign_in.accounts import shut
from flows.actions.sign_in.seen import CameFrom
from flows.actions.trail.note import Noted, note_visit
from models.db import reading, unit_of_work
from models.sign_in.accounts import account_of_mailbox, is_active, known_of
from models.tables.sign_in import Credential
from rules.refusal import NotFound
from rules.sign_in.account_names import account_name, mailbox_of
from rules.sign_in.passwords import check_new, spelt
from rules.trail.words import TrailWhat


@dataclass(frozen=True, slots=True)
class RightPassword:
    """Whose it is; ``hashes`` of it may stand in the database."""

    person_id: int
    hashes: frozenset[str | None] = field(repr=False)


def try_password(engine: Engine, email: str, typed: str, seen: CameFrom, now: datetime) -> int | None:
    """The person whose password it is; None for everything else, which nobody can tell apart.

    Raises TooManyTries and Busy, which tell of no account.
    """
    right = right_password(engine, email, typed, seen, now)
    return right.person_id if right else None


def right_password(
    engine: Engine, email: str, typed: str, seen: CameFrom, now: datetime
) -> RightPassword | None:
    """The same with what was compared: another one may have been set meanwhile.

    An unknown, a locked, an inactive and a known account each cost one hash. Raises TooManyTries and Busy,
    which tell of no account.
    """
    tries.check_network(seen.address)
    name = account_name(email)
    free = tries.may_try(name, seen.address)
    with reading(engine) as session:
        account = account_of_mailbox(session, name)
    kept = account.password if account and account.active and free else None
    right, anew = hashing.verified(spelt(typed), kept)
    if not (right and account):
        _count_wrong(engine, name, seen, now, noted=free)
        return None
    tries.was_right(name, seen.address)
    if anew and kept:
        with unit_of_work(engine) as session:
            hash_anew(session, account.person_id, kept, anew)
    return RightPassword(account.person_id, frozenset({kept, anew} - {None}))


def set_password(engine: Engine, person_id: int, new: str, now: datetime, but: int | None = None) -> None:
    """Give a person this password; every sign-in of the person ends, except the one with the id ``but``.

    Links and trusted devices end too. Raises Refusal.
    """
    with reading(engine) as session:
        _check_comes_in(session, person_id)
        own = known_of(session, person_id)
    kept = hashing.hashed(check_new(new, own))  # outside any transaction: it takes its time
    with unit_of_work(engine) as session:
        _check_comes_in(session, person_id)
        put_password(session, person_id, kept, now, but)


def put_password(session: Session, person_id: int, kept: str, now: datetime, but: int | None = None) -> None:
    """The same with the hash ``kept``, in the caller's transaction."""
    open_account(session, person_id)
    credential = session.get_one(Credential, person_id)
    change_credential(session, credential, {"password": kept, "password_at": now})
    ended = shut(session, person_id, now, but)
    noted = Noted(TrailWhat.CREDENTIAL, "person", person_id, data={"what": "password", "ended": ended})
    note_visit(session, noted, now, Doer(person_id))


def _check_comes_in(session: Session, person_id: int) -> None:
    if not is_active(session, person_id):
        raise NotFound("Không có người sử dụng này, hoặc người này đã ngừng sử dụng hệ thống.")


def _count_wrong(engine: Engine, name: str, seen: CameFrom, now: datetime, noted: bool) -> None:
    """What came after the lock is not written down: else anybody could fill the trail."""
    tries.was_wrong(name, seen.address)
    if noted:
        with unit_of_work(engine) as session:
            failed = Noted(TrailWhat.SIGN_IN_FAILED, said=mailbox_of(name), data={"why": "password"})
            note_visit(session, failed, now, address=seen.address)
