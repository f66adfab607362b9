"""Whether the mail server takes us: connected, greeted, encrypted, logged in as configured, nothing sent."""

from collections.abc import Iterator
from smtplib import SMTPException

from config.settings import Settings
from flows.actions.installation.check.findings import Finding, Premises, good, note, uses, wrong

_MEND = "Xem DONDOC_SMTP_HOST, DONDOC_SMTP_PORT, DONDOC_SMTP_SECURITY và tài khoản (docs/settings.md)."


def look(premises: Premises) -> Iterator[Finding]:
    """One connection, ended politely; waits as long as for an answer to a letter."""
    settings = premises.settings
    if settings is None:
        return
    if not uses(premises, "smtpmail") and "smtp_host" not in settings.model_fields_set:
        yield note("Chưa đầu mối nào nhận thư điện tử và chưa đặt máy chủ thư: không thử.")
        return
    place = f"{settings.smtp_host}, cổng {settings.smtp_port}, mã hoá {settings.smtp_security}"
    if problem := _tried(settings):
        yield wrong(f"{problem}: {place}.", _MEND)
        return
    login = "đăng nhập được" if settings.smtp_username else "không dùng tài khoản"
    yield good(f"Máy chủ thư nhận kết nối ({place}; {login}). Chưa gửi thư nào.")


def _tried(settings: Settings) -> str:
    """What is wrong, in the words of the channel, which repeats no password; empty if nothing is."""
    from notifications.channels.mail.smtp_answers import not_connected
    from notifications.channels.mail.smtp_patience import Patience
    from notifications.channels.mail.smtp_pool import dial, hang_up

    try:
        hang_up(dial(settings, Patience(settings.smtp_timeout)))
    except (OSError, SMTPException, ValueError) as error:
        return not_connected(error).text
    return ""
