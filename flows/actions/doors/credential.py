"""The one door through which what a person knows and has changes: swaps, each of which happens once."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from models.database.bulk import insert_new, insert_rows
from models.database.swap import swap_version, swapped, touched
from models.tables.sign_in import Credential, RecoveryCode


def open_account(session: Session, person_id: int) -> None:
    """The person has an account from now on; again: nothing changes."""
    insert_new(session, Credential, [{"person_id": person_id, "totp_step": 0, "version": 0}], "person_id")


def change_credential(session: Session, credential: Credential, values: Mapping[str, Any]) -> None:
    """Raises Overtaken when somebody else was faster."""
    swap_version(
        session, credential, "Thông tin đăng nhập vừa được thay đổi ở nơi khác; hãy thử lại.", values
    )


def hash_anew(session: Session, person_id: int, before: str, after: str) -> None:
    """The same password under other parameters; one that was changed meanwhile stays."""
    known = (Credential.person_id == person_id, Credential.password == before)
    swapped(session, Credential, *known, values={"password": after})


def take_step(session: Session, person_id: int, secret: str, step: int) -> bool:
    """Take the code of a time step; False if that one, or a later one, was taken already."""
    known = (
        Credential.person_id == person_id,
        Credential.totp_secret == secret,
        Credential.totp_at.is_not(None),
        Credential.totp_step < step,
    )
    return swapped(session, Credential, *known, values={"totp_step": step})


def take_recovery_code(session: Session, person_id: int, code: str, now: datetime) -> bool:
    """Use up a recovery code, given as its hash; False if there is none that was not used."""
    known = (
        RecoveryCode.person_id == person_id, RecoveryCode.code == code, RecoveryCode.used_at.is_(None)
    )  # fmt: skip
    return swapped(session, RecoveryCode, *known, values={"used_at": now})


def replace_recovery_codes(session: Session, person_id: int, codes: Sequence[str]) -> None:
    """These, as hashes, and no others; none at all removes them."""
    touched(session, sa.delete(RecoveryCode).where(RecoveryCode.person_id == person_id))
    insert_rows(session, RecoveryCode, [{"person_id": person_id, "code": code} for code in codes])
