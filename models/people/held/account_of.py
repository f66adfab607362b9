"""What there is of a person's account, for whoever keeps people and for herself; none of its secrets."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session

from models.sign_in.factors import codes_left
from models.tables.sign_in import Credential, PersonLink
from rules.sign_in.words import LinkPurpose


@dataclass(frozen=True, slots=True)
class Invitation:
    """The last one that is kept; a new one revokes it, and so does a new password."""

    made_at: datetime
    expires_at: datetime
    used_at: datetime | None
    revoked_at: datetime | None

    def stands(self, now: datetime) -> bool:
        """Whether it opens yet."""
        return self.used_at is None and self.revoked_at is None and now < self.expires_at


@dataclass(frozen=True, slots=True)
class AccountShown:
    """``password_at`` and ``second_at``: since when there is one, None where there is none.

    A telephone that was offered and never confirmed is none. ``codes``: recovery codes that are left.
    """

    exists: bool
    invitation: Invitation | None = None
    has_password: bool = False
    password_at: datetime | None = None
    second_at: datetime | None = None
    codes: int = 0


def account_shown(session: Session, person_id: int) -> AccountShown:
    """Of the person with this id; links that were over a month ago are not kept (``sign_in/cleared.py``)."""
    columns = (Credential.password.is_not(None), Credential.password_at, Credential.totp_at)
    row = session.execute(sa.select(*columns).where(Credential.person_id == person_id)).one_or_none()
    if row is None:
        return AccountShown(exists=False)
    has_password, password_at, second_at = row
    invitation, codes = _invitation(session, person_id), codes_left(session, person_id)
    return AccountShown(True, invitation, has_password, password_at, second_at, codes)


def _invitation(session: Session, person_id: int) -> Invitation | None:
    link = PersonLink
    query = (
        sa.select(link.made_at, link.expires_at, link.used_at, link.revoked_at)
        .where(link.person_id == person_id, link.purpose == LinkPurpose.INVITATION)
        .order_by(link.id.desc())
        .limit(1)
    )
    row = session.execute(query).one_or_none()
    return Invitation(*row) if row else None
