"""Whether anybody signs in here at all, and the end of one person's account."""

from datetime import datetime

from sqlmodel import Session


def has_accounts(session: Session) -> bool:
    """Whether a person has an account: from the first one on nobody is let in without."""
    raise NotImplementedError


def shut(session: Session, person_id: int, now: datetime) -> None:
    """Within the caller's transaction (a person who leaves): sign-ins, links and devices end at once."""
    raise NotImplementedError
