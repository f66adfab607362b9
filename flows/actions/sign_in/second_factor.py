"""The second factor: codes of a telephone (TOTP), recovery codes, devices that are trusted."""

from dataclasses import dataclass, field
from datetime import datetime
from secrets import token_urlsafe

from pyotp import TOTP, random_base32
from sqlalchemy.engine import Engine
from sqlmodel import Session

from config.act import Doer
from flows.actions.doors.credential import (
    change_credential,
    replace_recovery_codes,
)
from flows.actions.doors.sign_in import forget_devices
from flows.actions.sign_in import terms, tries
from flows.actions.sign_in.codes_taken import hash_of, new_codes, step_of_code, take_recovery, take_totp
from flows.actions.trail.note import Noted, note_visit
from models.db import unit_of_work
from models.sign_in.accounts import is_active, label_of
from models.sign_in.factors import codes_left as codes_left
from models.sign_in.factors import device_is_trusted, totp_stands
from models.sign_in.tokens import digest_of
from models.tables.sign_in import Credential, TrustedDevice
from rules.people.viewer import Viewer
from rules.refusal import NotAllowed, Refusal
from rules.sign_in.codes import recovery_code
from rules.trail.words import TrailWhat

_ISSUER = "Đôn Đốc"
_BYTES, _MOST_SIGNS = 32, 100


_WRONG = "Mã không đúng: hãy nhập mã 6 chữ số đang hiện trên điện thoại, và kiểm tra giờ của điện thoại."
_TOO_OFTEN = "Bạn đã nhập sai mã quá nhiều lần; hãy đợi 15 phút rồi thử lại."


@dataclass(frozen=True, slots=True)
class TotpOffer:
    """What a telephone is given: ``uri`` as a QR code, ``secret`` to be typed."""

    secret: str = field(repr=False)
    uri: str = field(repr=False)


class WrongCode(Refusal):
    """What was typed is no code of this moment."""


def is_required(session: Session, viewer: Viewer, trusted: bool) -> bool:
    """Whether this one must give a second factor on a device that is ``trusted`` or not.

    Whoever has set one up is asked on a device that is not trusted, in whatever seat.
    """
    if viewer.person is None:
        return False
    return terms.demand().asks(viewer.seats, trusted) or (not trusted and has_totp(session, viewer.person))


def has_totp(session: Session, person_id: int) -> bool:
    """Whether the person has a telephone that was confirmed."""
    return totp_stands(session, person_id)


def begin_totp(engine: Engine, person_id: int, now: datetime) -> TotpOffer:
    """A new secret, which counts from the first code of it on. Raises Refusal if there is one that counts."""
    with unit_of_work(engine) as session:
        credential = session.get(Credential, person_id)
        if credential is None or not is_active(session, person_id):
            raise NotAllowed("Tài khoản này đã ngừng sử dụng; hãy hỏi người quản trị hệ thống.")
        if credential.totp_at is not None:
            raise NotAllowed("Bạn đã có mã xác thực; muốn đổi điện thoại thì gỡ mã cũ trước.")
        secret = random_base32()
        change_credential(session, credential, {"totp_secret": secret, "totp_step": 0})
        return _offer(session, person_id, secret)


def standing_offer(session: Session, person_id: int) -> TotpOffer | None:
    """The secret that was offered and waits for its first code: to show the same again after a wrong one."""
    credential = session.get(Credential, person_id)
    if credential is None or credential.totp_at is not None or credential.totp_secret is None:
        return None
    return _offer(session, person_id, credential.totp_secret)


def confirm_totp(engine: Engine, person_id: int, code: str, now: datetime) -> tuple[str, ...]:
    """The first code came: returns the recovery codes, which are shown once. Raises Refusal."""
    free = tries.may_try_code(person_id)
    with unit_of_work(engine) as session:
        credential = session.get(Credential, person_id)
        if credential is None or credential.totp_secret is None or credential.totp_at is not None:
            raise NotAllowed("Không có mã xác thực nào đang chờ xác nhận; hãy bắt đầu lại.")
        step = step_of_code(credential.totp_secret, credential.totp_step, code, now) if free else None
        if step is None:
            raise WrongCode(_WRONG if free else _TOO_OFTEN)
        change_credential(session, credential, {"totp_at": now, "totp_step": step})
        codes = new_codes()
        replace_recovery_codes(session, person_id, [hash_of(one) for one in codes])
        _note(session, person_id, TrailWhat.CREDENTIAL, "totp", now)
    tries.code_was_right(person_id)
    return codes


def remove_totp(engine: Engine, person_id: int, now: datetime) -> None:
    """Telephone, recovery codes and trusted devices are gone: by the person after a code, or by an admin."""
    with unit_of_work(engine) as session:
        credential = session.get(Credential, person_id)
        if credential is None or credential.totp_secret is None:
            return
        change_credential(session, credential, {"totp_secret": None, "totp_at": None})
        replace_recovery_codes(session, person_id, ())
        forget_devices(session, person_id)
        _note(session, person_id, TrailWhat.CREDENTIAL, "totp removed", now)


def check_code(engine: Engine, person_id: int, code: str, now: datetime) -> bool:
    """Whether it is a code of now, or a recovery code, that was never taken before.

    After too many tries no code of a telephone is right for a while; a recovery code is, for it cannot be
    found by trying.
    """
    if (recovery := recovery_code(code)) is not None:
        noted = tries.may_note_recovery(person_id)
        return take_recovery(engine, person_id, recovery, now, noted)
    if not tries.may_try_code(person_id):
        return False
    if not take_totp(engine, person_id, code, now):
        with unit_of_work(engine) as session:
            _note(session, person_id, TrailWhat.SIGN_IN_FAILED, "code", now)
        return False
    tries.code_was_right(person_id)
    return True


def trust_device(engine: Engine, person_id: int, now: datetime) -> str:
    """A token for a browser in which the second factor was just given."""
    token = token_urlsafe(_BYTES)
    with unit_of_work(engine) as session:
        until = now + terms.trust()
        session.add(TrustedDevice(digest=digest_of(token), person_id=person_id, until=until))
        _note(session, person_id, TrailWhat.CREDENTIAL, "device", now)
    return token


def is_trusted(session: Session, person_id: int, token: str, now: datetime) -> bool:
    """Whether the person's browser that sends this token is trusted."""
    if not (0 < len(token) <= _MOST_SIGNS and token.isascii()):
        return False
    return device_is_trusted(session, person_id, token, now)


def _offer(session: Session, person_id: int, secret: str) -> TotpOffer:
    uri = TOTP(secret).provisioning_uri(name=label_of(session, person_id), issuer_name=_ISSUER)
    return TotpOffer(secret, uri)


def _note(session: Session, person_id: int, what: TrailWhat, which: str, now: datetime) -> None:
    note_visit(session, Noted(what, "person", person_id, data={"what": which}), now, Doer(person_id))
