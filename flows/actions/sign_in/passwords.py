"""Signing in with a password, and setting one."""

from datetime import datetime

from sqlalchemy.engine import Engine

from flows.actions.sign_in.seen import Seen


def try_password(engine: Engine, email: str, typed: str, seen: Seen, now: datetime) -> int | None:
    """The person whose password it is; None for everything else, which nobody can tell apart."""
    raise NotImplementedError


def set_password(engine: Engine, person_id: int, new: str, now: datetime, but: int | None = None) -> None:
    """Give a person this password; every sign-in of the person ends, except the one with the id ``but``.

    Raises Refusal.
    """
    raise NotImplementedError
