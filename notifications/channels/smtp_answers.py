"""What an SMTP server's answer, or its silence, means for the letter.

Sources: RFC 5321 (4xx again, 5xx never), RFC 3463 (5.4.4). The line drawn through all of it: a failure
that is not the address's fault is TRY_AGAIN, with a text that says configuration. Table:
``docs/channels.md``.
"""

import smtplib
import ssl
from enum import StrEnum

from notifications.channels.smtp_pool import SetUpError
from notifications.channels.wording import shorten
from notifications.parcel import Outcome
from rules.vocabulary import OutcomeClass

TEXT_LIMIT = 200  # characters of a server's answer that an outcome keeps
_LOGIN_CODES = frozenset({530, 534, 535, 538})
_TOO_BIG = 552


class Phase(StrEnum):
    """Steps of one SMTP transaction, in order."""

    MAIL = "mail"
    RCPT = "rcpt"
    DATA = "data"
    END = "end"  # the content with its final dot is out


def plain(answer: bytes | str) -> str:
    """A server's answer as one short line."""
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return shorten(text, TEXT_LIMIT)


def configuration(code: str, text: str) -> Outcome:
    """Our set-up is wrong: the same letter will pass once it is mended."""
    return Outcome(OutcomeClass.TRY_AGAIN, code, f"Cần kiểm tra cấu hình máy chủ thư: {text}")


def not_connected(error: Exception) -> Outcome:
    """No session came about: nothing was sent, so always TRY_AGAIN; the text says whose fault."""
    if isinstance(error, SetUpError):
        return configuration("config", str(error))
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return _login_refused(error)
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return configuration("unsupported", "máy chủ không hỗ trợ mã hoá hoặc đăng nhập như đã đặt")
    if isinstance(error, ssl.SSLCertVerificationError):
        return configuration("certificate", f"chứng thư số của máy chủ không hợp lệ ({error.verify_message})")
    if isinstance(error, smtplib.SMTPResponseException):
        text = f"Máy chủ thư chưa nhận kết nối: {plain(error.smtp_error)}"
        return Outcome(OutcomeClass.TRY_AGAIN, str(error.smtp_code), text)
    text = f"Không kết nối được máy chủ thư ({type(error).__name__})"
    return Outcome(OutcomeClass.TRY_AGAIN, "connect", text)


def _login_refused(error: smtplib.SMTPAuthenticationError) -> Outcome:
    code, text = str(error.smtp_code), plain(error.smtp_error)
    if 400 <= error.smtp_code < 500:
        return Outcome(OutcomeClass.TRY_AGAIN, code, f"Máy chủ thư tạm chưa cho đăng nhập: {text}")
    return configuration(code, f"máy chủ không chấp nhận tài khoản hoặc mật khẩu: {text}")


def cut_off(phase: Phase, error: Exception) -> Outcome:
    """The session broke. Before the final dot the server cannot have taken the letter (RFC 5321, 4.1.1.4)."""
    if phase is Phase.END:
        text = f"Mất kết nối khi chờ máy chủ thư xác nhận ({type(error).__name__})"
        return Outcome(OutcomeClass.UNKNOWN, "lost", text)
    text = f"Mất kết nối trước khi gửi xong thư ({type(error).__name__})"
    return Outcome(OutcomeClass.TRY_AGAIN, f"lost-{phase}", text)


def refused(phase: Phase, code: int, answer: bytes) -> Outcome:
    """The server said no at this step."""
    text = plain(answer)
    if not 400 <= code < 600:
        # Not SMTP any more. Before the end nothing was taken; after it, who knows.
        kind = OutcomeClass.UNKNOWN if phase is Phase.END else OutcomeClass.TRY_AGAIN
        return Outcome(kind, str(code), f"Máy chủ thư trả lời không hợp lệ: {text}")
    if _is_set_up(phase, code, text):
        return configuration(str(code), text)
    if code < 500 or "5.4.4" in text:  # no route: passes once DNS is mended
        return Outcome(OutcomeClass.TRY_AGAIN, str(code), f"Máy chủ thư tạm chưa nhận: {text}")
    dead = phase is Phase.RCPT  # later refusals are about this letter, not about the mailbox
    return Outcome(OutcomeClass.NEVER, str(code), f"Máy chủ thư từ chối: {text}", dead_address=dead)


def _is_set_up(phase: Phase, code: int, text: str) -> bool:
    """Login wanted, our sender refused, or relaying denied: no fault of the recipient's address."""
    if code < 500:
        return False
    sender_refused = phase is Phase.MAIL and code != _TOO_BIG
    return code in _LOGIN_CODES or sender_refused or "relay" in text.lower()
