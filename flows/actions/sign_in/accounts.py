"""Whether anybody signs in here at all, and the end of one person's account."""

from datetime import datetime

from sqlmodel import Session

from flows.actions.doors.sign_in import end_sign_ins, forget_devices, revoke_open_links
from models.sign_in.accounts import any_account


def has_accounts(session: Session) -> bool:
    """Whether a person has an account: from the first one on nobody is let in without."""
    return any_account(session)


def shut(session: Session, person_id: int, now: datetime, but: int | None = None) -> int:
    """Within the caller's transaction (a person leaves, a password changes): sign-ins, links and devices end.

    The sign-in ``but`` goes on. Returns how many ended.
    """
    revoke_open_links(session, person_id, now)
    forget_devices(session, person_id)
    return end_sign_ins(session, person_id, now, but)
