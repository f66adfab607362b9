"""Signing in by the province's own server: it proves a mailbox, and the mailbox must be a person's of ours.

Nobody is created here, and whoever is not known is told no more than that.
"""

from dataclasses import dataclass, field
from datetime import datetime
from hmac import compare_digest

from sqlalchemy.engine import Engine

from config.settings import get_settings
from flows.actions.doors.credential import open_account
from flows.actions.sign_in import provider
from flows.actions.sign_in.seen import CameFrom
from flows.actions.trail.note import Noted, note_visit
from models.db import unit_of_work
from models.sign_in.accounts import active_person_of, any_account
from rules.refusal import NotAllowed
from rules.sign_in.account_names import proven_name
from rules.text.incoming import cleaned
from rules.trail.words import TrailWhat

_PARTS, _MOST_SIGNS, _MOST_SAID = 3, 400, 254


@dataclass(frozen=True, slots=True)
class OidcStart:
    """Where the browser is sent, and what it has to bring back in a cookie of its own (``__Host-``, Lax)."""

    url: str = field(repr=False)
    kept: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class OidcAnswer:
    """What stands in the address with which the browser comes back; "" is what does not."""

    state: str = field(repr=False)
    code: str = field(repr=False)
    redirect_uri: str = ""


class NotKnown(NotAllowed):
    """The server has named nobody whom this office knows, or not in this browser."""


def is_offered() -> bool:
    """Whether this installation has such a server."""
    return get_settings().oidc_issuer is not None


def begin_oidc(redirect_uri: str, now: datetime) -> OidcStart:
    """Send the browser there. Raises ProviderTrouble."""
    secrets = provider.fresh()
    kept = ".".join((secrets.state, secrets.nonce, secrets.verifier))
    return OidcStart(provider.where_to(secrets, redirect_uri, now), kept)


def finish_oidc(engine: Engine, kept: str, answer: OidcAnswer, seen: CameFrom, now: datetime) -> int:
    """The person who has come back; ``kept`` is the cookie, to be dropped whatever comes of it.

    The redirect address is the one with which it began. Raises NotKnown, ProviderTrouble.
    """
    secrets = _kept(kept)
    if secrets is None or not compare_digest(secrets.state.encode(), answer.state.encode("utf-8", "replace")):
        raise NotKnown("Lần đăng nhập này không bắt đầu từ trình duyệt này hoặc đã quá lâu; hãy thử lại.")
    if not answer.code:
        raise NotKnown("Máy chủ đăng nhập của tỉnh đã không cho phép lần đăng nhập này; hãy thử lại.")
    told = provider.told(secrets, answer.code, answer.redirect_uri, now)
    name = proven_name(told.email) if told.verified else ""
    with unit_of_work(engine) as session:
        person = active_person_of(session, name) if name and any_account(session) else None
        if person is None:
            said = cleaned(told.email[:_MOST_SAID])
            failed = Noted(TrailWhat.SIGN_IN_FAILED, said=said, data={"why": "oidc"})
            note_visit(session, failed, now, address=seen.address)
        else:
            open_account(session, person)
    if person is None:
        raise NotKnown(
            "Tài khoản của tỉnh chưa gắn với người sử dụng nào ở đây: cần một hộp thư đã được xác minh, "
            "trùng với hộp thư mà người quản trị hệ thống đã ghi cho bạn."
        )
    return person


def _kept(cookie: str) -> provider.Secrets | None:
    parts = cookie.split(".") if len(cookie) <= _MOST_SIGNS and cookie.isascii() else []
    return provider.Secrets(*parts) if len(parts) == _PARTS and all(parts) else None
