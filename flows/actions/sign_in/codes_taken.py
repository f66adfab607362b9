"""Codes of the second factor: which one of a telephone it is, and that each is taken once.

A recovery code has 80 random bits, so its SHA-256 can stand in the table as it is: nobody finds it by trying,
and a slow hash would protect nothing. A password, which people choose, needs argon2id.
"""

from base64 import b32encode
from datetime import datetime
from hashlib import sha256
from hmac import compare_digest
from secrets import token_bytes

from pyotp import TOTP
from sqlalchemy.engine import Engine

from config.act import Doer
from flows.actions.doors.credential import take_recovery_code, take_step
from flows.actions.trail.note import Noted, note_visit
from models.db import unit_of_work
from models.tables.sign_in import Credential
from rules.sign_in.codes import shown, totp_code
from rules.sign_in.totp_steps import STEP, steps_to_try
from rules.trail.words import TrailWhat

_HOW_MANY, _BYTES = 10, 10


def step_of_code(secret: str, last: int, typed: str, now: datetime) -> int | None:
    """The time step of which ``typed`` is the code, of those that may be taken after step ``last``."""
    code = totp_code(typed)
    if code is None:
        return None
    totp = TOTP(secret)
    fitting = [step for step in steps_to_try(now, last) if compare_digest(totp.at(step * STEP), code)]
    return fitting[0] if fitting else None


def take_totp(engine: Engine, person_id: int, typed: str, now: datetime) -> bool:
    """Whether it is a code of the person's telephone that nobody has taken."""
    with unit_of_work(engine) as session:
        credential = session.get(Credential, person_id)
        if credential is None or credential.totp_secret is None or credential.totp_at is None:
            return False
        step = step_of_code(credential.totp_secret, credential.totp_step, typed, now)
        return step is not None and take_step(session, person_id, credential.totp_secret, step)


def take_recovery(engine: Engine, person_id: int, code: str, now: datetime, noted: bool = True) -> bool:
    """Whether it is a recovery code of the person that nobody has used.

    One that is none is written down only if ``noted``: else whoever guesses could fill the trail.
    """
    with unit_of_work(engine) as session:
        taken = take_recovery_code(session, person_id, hash_of(code), now)
        if taken or noted:
            what = TrailWhat.CREDENTIAL if taken else TrailWhat.SIGN_IN_FAILED
            told = Noted(what, "person", person_id, data={"what": "recovery code"})
            note_visit(session, told, now, Doer(person_id))
        return taken


def new_codes() -> tuple[str, ...]:
    """Fresh recovery codes, as they are shown."""
    return tuple(shown(b32encode(token_bytes(_BYTES)).decode().lower()) for _ in range(_HOW_MANY))


def hash_of(code: str) -> str:
    """What is kept of a recovery code, with or without its strokes."""
    return sha256(code.replace("-", "").encode()).hexdigest()
