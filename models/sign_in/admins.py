"""Who keeps the installation, and with what they come in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session

from models.people.access.viewers import running
from models.tables.people import Person, SeatRow
from models.tables.sign_in import Credential
from rules.people.seat_roles import SeatRole


@dataclass(frozen=True, slots=True)
class AdminAccount:
    """One quản trị hệ thống with an account; ``second``: whose telephone was confirmed."""

    person_id: int
    second: bool


def admin_accounts(session: Session, today: date) -> Sequence[AdminAccount]:
    """Everybody who may come in and sits as quản trị hệ thống on ``today``, once each."""
    query = (
        sa.select(Person.id, Credential.totp_at.is_not(None))
        .join(Credential, Credential.person_id == Person.id)
        .join(SeatRow, SeatRow.person_id == Person.id)
        .where(Person.active, SeatRow.role == SeatRole.ADMIN, *running(today))
    )
    return [
        AdminAccount(key, second) for key, second in session.execute(query.distinct().order_by(Person.id))
    ]
