"""Coming in: a sign-in is opened in the transaction in which what opens it still stands, or not at all.

Between a password that was right and its sign-in, or a link and the password that was chosen with it,
somebody may change the password, and the machine may stop: then nothing is half done.
"""

from datetime import datetime

from sqlalchemy.engine import Engine

from flows.actions.sign_in import hashing
from flows.actions.sign_in.links import look_at_link, use_link
from flows.actions.sign_in.passwords import put_password, right_password
from flows.actions.sign_in.seen import CameFrom
from flows.actions.sign_in.sign_ins import begin_sign_in
from models.db import reading, unit_of_work
from models.sign_in.accounts import held_password, known_of
from rules.sign_in.passwords import check_new
from rules.sign_in.words import SignInWay


def come_in_by_password(engine: Engine, email: str, typed: str, seen: CameFrom, now: datetime) -> str | None:
    """The token of a new sign-in; None for everything but the right password of somebody who may come in.

    Raises TooManyTries and Busy, which tell of no account.
    """
    right = right_password(engine, email, typed, seen, now)
    if right is None:
        return None
    with unit_of_work(engine) as session:
        if held_password(session, right.person_id) not in right.hashes:
            return None  # another one was set while this one was looked at
        return begin_sign_in(session, right.person_id, SignInWay.PASSWORD, seen, now)


def come_in_by_link(engine: Engine, token: str, new: str | None, seen: CameFrom, now: datetime) -> str:
    """The token of a new sign-in by a one-time link, which is used up; ``new`` is the password set with it.

    Raises DeadLink, WrongPassword and Busy: then the link still opens what it opened.
    """
    kept = None if new is None else _hashed(engine, token, new, now)
    with unit_of_work(engine) as session:
        link = use_link(session, token, now)
        if kept is not None:
            put_password(session, link.person_id, kept, now)
        return begin_sign_in(session, link.person_id, SignInWay.LINK, seen, now)


def _hashed(engine: Engine, token: str, new: str, now: datetime) -> str:
    with reading(engine) as session:
        own = known_of(session, look_at_link(session, token, now).person_id)
    return hashing.hashed(check_new(new, own))
