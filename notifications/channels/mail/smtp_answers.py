"""What an SMTP server's answer, or its silence, means for the letter, its reader and the channel.

Three lines are drawn. Only an enhanced code that speaks of the mailbox makes an address dead; what
cannot depend on the recipient stops the channel; whatever may pass is TRY_AGAIN. Table: ``docs/channels.md``.
"""

import smtplib
import ssl
from enum import StrEnum

from notifications.channels.frame.wording import shorten
from notifications.channels.mail.smtp_codes import About, about, too_big_at_mail
from notifications.outbox.parcel import Outcome, Trouble
from rules.letter_words import OutcomeClass

TEXT_LIMIT = 200  # characters of a server's answer that an outcome keeps
_AGAIN, _NEVER, _UNKNOWN = OutcomeClass.TRY_AGAIN, OutcomeClass.NEVER, OutcomeClass.UNKNOWN
LEAVING = 421  # "I am about to close": at any step

_SENDER = "Cần kiểm tra cấu hình người gửi (DONDOC_SMTP_FROM)"
_LATER = "Máy chủ thư tạm chưa nhận"
_LOGIN = "Cần kiểm tra cấu hình đăng nhập máy chủ thư"

#: Refusals from RCPT on, by what they speak of: the words before the server's own, and whose trouble it is.
_PASSING: dict[About, tuple[str, Trouble | None]] = {
    About.SENDER: (_SENDER, Trouble.CHANNEL),
    About.QUOTA: ("Máy chủ thư báo đã hết hạn mức gửi của văn phòng", Trouble.CHANNEL),
    About.LOGIN: (_LOGIN, Trouble.SUSPECTED),  # some ask for a login only towards strangers
    About.RELAYING: (
        "Cần kiểm tra cấu hình máy chủ thư (không chuyển tiếp thư của văn phòng)",
        Trouble.SUSPECTED,
    ),
    About.POLICY: ("Máy chủ thư từ chối theo chính sách nhận thư", Trouble.SUSPECTED),
    About.SYSTEM: ("Máy chủ thư đang trục trặc", Trouble.SUSPECTED),
    About.UNKNOWN: (_LATER, None),
}
_OF_RECIPIENTS = frozenset({About.MAILBOX, About.LETTER, About.UNKNOWN})  # out of place before RCPT


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
    """Our set-up is wrong, for every letter: the same letter will pass once it is mended."""
    said = f"Cần kiểm tra cấu hình máy chủ thư: {text}"
    return Outcome(_AGAIN, code, said, trouble=Trouble.CHANNEL)


def not_connected(error: Exception) -> Outcome:
    """No session came about: nothing was sent, and the next letter would fare no better."""
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return _login_refused(error)
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return configuration("unsupported", "máy chủ không hỗ trợ mã hoá hoặc đăng nhập như đã đặt")
    if isinstance(error, ssl.SSLCertVerificationError):
        return configuration("certificate", f"chứng thư số của máy chủ không hợp lệ ({error.verify_message})")
    if isinstance(error, smtplib.SMTPResponseException):
        text = f"Máy chủ thư chưa nhận kết nối: {plain(error.smtp_error)}"
        return Outcome(_AGAIN, str(error.smtp_code), text, trouble=Trouble.CHANNEL)
    text = f"Không kết nối được máy chủ thư ({_name(error)})"
    return Outcome(_AGAIN, "connect", text, trouble=Trouble.CHANNEL)


def _login_refused(error: smtplib.SMTPAuthenticationError) -> Outcome:
    code, text = str(error.smtp_code), plain(error.smtp_error)
    if 400 <= error.smtp_code < 500:
        said = f"Máy chủ thư tạm chưa cho đăng nhập: {text}"
        return Outcome(_AGAIN, code, said, trouble=Trouble.CHANNEL)
    return configuration(code, f"máy chủ không chấp nhận tài khoản hoặc mật khẩu: {text}")


def cut_off(phase: Phase, error: Exception) -> Outcome:
    """The line broke or stayed silent. Before the final dot nothing was taken (RFC 5321, 4.1.1.4)."""
    if phase is Phase.END:
        text = f"Mất kết nối khi chờ máy chủ thư xác nhận ({_name(error)})"
        return Outcome(_UNKNOWN, "lost", text, trouble=Trouble.SUSPECTED)
    text = f"Mất kết nối trước khi gửi xong thư ({_name(error)})"
    trouble = Trouble.CHANNEL if phase is Phase.MAIL else Trouble.SUSPECTED
    return Outcome(_AGAIN, f"lost-{phase}", text, trouble=trouble)


def was_silent(error: Exception) -> bool:
    """Whether the server let us wait in vain; smtplib hides that behind a disconnection of its own."""
    return isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError)


def _name(error: Exception) -> str:
    return TimeoutError.__name__ if was_silent(error) else type(error).__name__


def unwritable() -> Outcome:
    """This letter cannot be put into bytes, whatever the server."""
    return Outcome(_NEVER, "compose", "Không lập được thư điện tử từ nội dung này")


def refused(phase: Phase, code: int, answer: bytes, fresh: bool) -> Outcome:
    """The server said no at this step; ``fresh``: over a line that had carried nothing yet."""
    text = plain(answer)
    if not 400 <= code < 600:
        return _nonsense(phase, code, text)
    if code == LEAVING:
        trouble = Trouble.CHANNEL if fresh else Trouble.SUSPECTED  # a used line may just be worn out
        return Outcome(_AGAIN, str(code), f"{_LATER}: {text}", trouble=trouble)
    if phase is Phase.MAIL:
        return _refused_at_mail(code, answer, text)
    return _refused_later(phase, code, answer, text)


def _nonsense(phase: Phase, code: int, text: str) -> Outcome:
    """Not SMTP any more. Before the end nothing was taken; after it, who knows."""
    kind = _UNKNOWN if phase is Phase.END else _AGAIN
    trouble = Trouble.CHANNEL if phase is Phase.MAIL else Trouble.SUSPECTED
    return Outcome(kind, str(code), f"Máy chủ thư trả lời không hợp lệ: {text}", trouble=trouble)


def _refused_at_mail(code: int, answer: bytes, text: str) -> Outcome:
    """Nothing before RCPT can speak of the recipient: it is our sender, unless the letter is too big."""
    if too_big_at_mail(code, answer):
        return Outcome(_NEVER, str(code), f"Thư quá lớn đối với máy chủ thư: {text}")
    what = about(code, answer, text)
    words = _SENDER if what in _OF_RECIPIENTS else _PASSING[what][0]
    if code < 500 and what not in (About.SENDER, About.QUOTA):
        words = _LATER
    return Outcome(_AGAIN, str(code), f"{words}: {text}", trouble=Trouble.CHANNEL)


def _refused_later(phase: Phase, code: int, answer: bytes, text: str) -> Outcome:
    what, number = about(code, answer, text), str(code)
    if what is About.MAILBOX:
        return Outcome(_NEVER, number, f"Máy chủ thư từ chối người nhận: {text}", dead_address=True)
    if what is About.LETTER and code >= 500:
        return Outcome(_NEVER, number, f"Máy chủ thư không nhận nội dung thư: {text}")
    if code < 500 and _may_be_greylisting(phase, what):
        what = About.UNKNOWN
    words, trouble = _PASSING[what]
    return Outcome(_AGAIN, number, f"{words}: {text}", trouble=trouble)


def _may_be_greylisting(phase: Phase, what: About) -> bool:
    """With 4xx, one reader after another may be told this: no sign of a channel that fails."""
    if what is About.SYSTEM:
        return phase is Phase.RCPT
    return what in (About.POLICY, About.RELAYING, About.LETTER)
