"""Open SMTP connections, kept for the next letter: logging in and TLS cost more than the letter itself."""

import contextlib
import smtplib
import socket
import ssl
import threading
from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from time import monotonic

from config.settings import Settings
from notifications.channels.frame.open_lines import kept_open
from notifications.channels.mail.smtp_patience import Patience, PatientSmtp, PatientSmtpTls

MAX_LETTERS = 200  # per connection: servers cut off long talkers
MAX_IDLE = 30.0  # seconds: below the usual idle limit of firewalls and servers
GOOD_BYE = 2.0  # seconds: a vanished server must not hold up the next letter
_WRONG_PASSWORD = 535
#: Ways to log in, best first, and what of smtplib speaks them.
_WAYS = {"CRAM-MD5": "auth_cram_md5", "PLAIN": "auth_plain", "LOGIN": "auth_login"}

Key = tuple[str, int, str, str | None]


@dataclass(slots=True, eq=False)
class MailLine:
    """One connection. ``letters`` counts what it carried, so a line with none is a fresh one.

    ``reset``: the last letter was refused midway, so the next begins with RSET. Not at once: a server
    that refuses and then falls silent would cost each letter a time-out without being found out.
    """

    smtp: PatientSmtp
    key: Key
    letters: int = 0
    reset: bool = False
    idle_since: float = 0.0


_lock = threading.Lock()
_idle: dict[Key, list[MailLine]] = {}


def take(settings: Settings, patience: Patience) -> MailLine:
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
    if line is None:
        return dial(settings, patience)
    line.smtp.patience = patience
    return line


def give_back(line: MailLine) -> None:
    """Keep a line that is between two letters; hang up if it carried its share."""
    if line.letters >= MAX_LETTERS:
        hang_up(line)
        return
    line.idle_since = monotonic()
    with _lock:
        _idle.setdefault(line.key, []).append(line)


def dial(settings: Settings, patience: Patience) -> MailLine:
    """Connect, greet, encrypt, log in. Raises OSError, smtplib.SMTPException or ValueError."""
    smtp = _connected(settings, patience)
    try:
        if smtp.sock is not None:  # content and final dot go separately: no waiting for an ACK between
            smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        smtp.ehlo_or_helo_if_needed()
        if settings.smtp_security == "starttls":
            smtp.starttls(context=tls_context())
            smtp.ehlo_or_helo_if_needed()
        if settings.smtp_username and settings.smtp_password:
            _log_in(smtp, settings.smtp_username, settings.smtp_password.get_secret_value())
    except BaseException:
        smtp.close()
        raise
    return MailLine(smtp, key_of(settings))


def _connected(settings: Settings, patience: Patience) -> PatientSmtp:
    # A given name for ourselves spares smtplib a reverse DNS look-up per connection.
    host, port, name = settings.smtp_host, settings.smtp_port, settings.mail_domain
    if settings.smtp_security == "tls":
        return PatientSmtpTls(host, port, name, patience, tls_context())
    return PatientSmtp(host, port, name, patience)


def _log_in(smtp: PatientSmtp, user: str, password: str) -> None:
    """As smtplib's ``login``, but a password refused in clear is not offered in clear once more.

    That second try would only count towards the lock-out of the account.
    """
    offered = smtp.esmtp_features.get("auth", "").upper().split()
    smtp.user, smtp.password = user, password
    refusal: smtplib.SMTPException = smtplib.SMTPNotSupportedError("No way to log in that we know.")
    for way, said in _WAYS.items():
        if way not in offered:
            continue
        try:
            smtp.auth(way, getattr(smtp, said))
            return
        except smtplib.SMTPAuthenticationError as error:
            refusal = smtplib.SMTPAuthenticationError(error.smtp_code, _veiled(error, user, password))
            if way == "PLAIN" and error.smtp_code == _WRONG_PASSWORD:
                break
    raise refusal


def _veiled(error: smtplib.SMTPAuthenticationError, user: str, password: str) -> bytes:
    """The server's answer without our password: some say again what they did not understand."""
    answer = error.smtp_error if isinstance(error.smtp_error, bytes) else error.smtp_error.encode()
    for secret in (f"\0{user}\0{password}", password):
        for spelt in (b64encode(secret.encode()), secret.encode()):
            answer = answer.replace(spelt, b"...")
    return answer


def hang_up(line: MailLine) -> None:
    """Say good-bye if the server still listens; never raises."""
    with contextlib.suppress(OSError, smtplib.SMTPException):
        line.smtp.patience = Patience(GOOD_BYE, 1)
        line.smtp.quit()
    line.smtp.close()


@kept_open
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
