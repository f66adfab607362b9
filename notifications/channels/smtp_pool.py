"""Open SMTP connections, kept for the next letter: logging in and TLS cost more than the letter itself."""

import contextlib
import smtplib
import socket
import ssl
import threading
from dataclasses import dataclass
from functools import cache
from ipaddress import ip_address
from time import monotonic

from config.settings import Settings

MAX_LETTERS = 200  # per connection: servers cut off long talkers
MAX_IDLE = 30.0  # seconds: below the usual idle limit of firewalls and servers
GOOD_BYE = 2.0  # seconds: a vanished server must not hold up the next letter

Key = tuple[str, int, str, str | None]


class SetUpError(Exception):
    """Our own settings stand in the way; the message is Vietnamese and free of secrets."""


@dataclass(slots=True, eq=False)
class Line:
    """One connection. ``letters`` counts what it carried, so a line with none is a fresh one."""

    smtp: smtplib.SMTP
    key: Key
    letters: int = 0
    idle_since: float = 0.0


_lock = threading.Lock()
_idle: dict[Key, list[Line]] = {}


def take(settings: Settings) -> Line:
    """The line used last, if one is still good, else a new one (raises as ``dial``).

    Last in, first out: under little load the others run into their idle limit and go.
    """
    key = key_of(settings)
    with _lock:
        lines = _idle.get(key, [])
        stale = [line for line in lines if monotonic() - line.idle_since > MAX_IDLE]
        lines[:] = [line for line in lines if line not in stale]
        line = lines.pop() if lines else None
    for old in stale:
        hang_up(old)
    return line or dial(settings)


def give_back(line: Line) -> None:
    """Keep a line that is between two letters; hang up if it carried its share."""
    if line.letters >= MAX_LETTERS:
        hang_up(line)
        return
    line.idle_since = monotonic()
    with _lock:
        _idle.setdefault(line.key, []).append(line)


def dial(settings: Settings) -> Line:
    """Connect, greet, encrypt, log in. Raises OSError, smtplib.SMTPException or SetUpError."""
    _check_login(settings)
    secure = settings.smtp_security
    host, port, timeout = settings.smtp_host, settings.smtp_port, settings.smtp_timeout
    # A given name for ourselves spares smtplib a reverse DNS look-up per connection.
    smtp: smtplib.SMTP
    if secure == "tls":
        smtp = smtplib.SMTP_SSL(host, port, settings.mail_domain, timeout=timeout, context=tls_context())
    else:
        smtp = smtplib.SMTP(host, port, settings.mail_domain, timeout=timeout)
    try:
        if smtp.sock is not None:  # content and final dot go separately: no waiting for an ACK between
            smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        smtp.ehlo_or_helo_if_needed()
        if secure == "starttls":
            smtp.starttls(context=tls_context())
            smtp.ehlo_or_helo_if_needed()
        if settings.smtp_username and settings.smtp_password:
            smtp.login(settings.smtp_username, settings.smtp_password.get_secret_value())
    except BaseException:
        smtp.close()
        raise
    return Line(smtp, key_of(settings))


def _check_login(settings: Settings) -> None:
    if not settings.smtp_username:
        return
    if settings.smtp_password is None:
        raise SetUpError("có tên đăng nhập nhưng chưa có mật khẩu")
    if settings.smtp_security == "none" and not _is_loopback(settings.smtp_host):
        raise SetUpError("không gửi mật khẩu qua kết nối chưa mã hoá; hãy dùng starttls hoặc tls")


def hang_up(line: Line) -> None:
    """Say good-bye if the server still listens; never raises."""
    with contextlib.suppress(OSError, smtplib.SMTPException):
        if line.smtp.sock is not None:
            line.smtp.sock.settimeout(GOOD_BYE)
        line.smtp.quit()
    line.smtp.close()


def hang_up_all() -> None:
    """Empty the pool: at the end of a delivery pass, and between tests."""
    with _lock:
        lines = [line for kept in _idle.values() for line in kept]
        _idle.clear()
    for line in lines:
        hang_up(line)


def key_of(settings: Settings) -> Key:
    """What makes two connections interchangeable."""
    return settings.smtp_host, settings.smtp_port, settings.smtp_security, settings.smtp_username


@cache
def tls_context() -> ssl.SSLContext:
    """Made once: reading the certificate bundle takes 20 ms, ten times a letter."""
    return ssl.create_default_context()


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    with contextlib.suppress(ValueError):
        return ip_address(host).is_loopback
    return False
