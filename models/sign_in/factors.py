"""Second factors as they stand."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session

from models.sign_in.tokens import digest_of
from models.tables.sign_in import Credential, RecoveryCode, TrustedDevice


def totp_stands(session: Session, person_id: int) -> bool:
    """Whether a telephone of the person was confirmed."""
    return session.connection().scalar(_TOTP, {"person": person_id}) is not None


def codes_left(session: Session, person_id: int) -> int:
    """How many recovery codes the person has not used."""
    query = sa.select(sa.func.count()).where(
        RecoveryCode.person_id == person_id, RecoveryCode.used_at.is_(None)
    )
    return session.scalar(query) or 0


def device_is_trusted(session: Session, person_id: int, token: str, now: datetime) -> bool:
    """Whether the person trusts the browser that sends this token."""
    known = TrustedDevice.digest == digest_of(token)
    query = sa.select(
        sa.exists().where(known, TrustedDevice.person_id == person_id, TrustedDevice.until > now)
    )
    return bool(session.scalar(query))


_TOTP = sa.select(Credential.totp_at).where(Credential.person_id == sa.bindparam("person"))
