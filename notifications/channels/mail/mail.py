"""``smtpmail://user@domain?name=...``: a letter by SMTP, over a pooled connection."""

import re
import smtplib
from typing import Any

from config.clock import office_time, wall_now
from config.settings import Settings, get_settings
from notifications.channels.frame.base import OfficeChannel, Parsed, plugin_of
from notifications.channels.frame.wording import one_line
from notifications.channels.mail import smtp_pool
from notifications.channels.mail.eml import address_of, as_bytes
from notifications.channels.mail.smtp_answers import (
    LEAVING,
    Phase,
    configuration,
    cut_off,
    not_connected,
    plain,
    refused,
    unwritable,
    was_silent,
)
from notifications.channels.mail.smtp_patience import Patience
from notifications.channels.mail.smtp_pool import MailLine
from notifications.outbox.parcel import Outcome, Parcel
from rules.letter_words import OutcomeClass

# ASCII only: a Vietnamese local part needs SMTPUTF8, which the relays of offices do not offer.
_LOCAL = r"(?!.{0,253}\.\.)[\w.!#$%&'*+=?^`{|}~-]{1,64}"
_MAILBOX = re.compile(_LOCAL + r"@[a-z0-9](?:[a-z0-9.-]{0,250}[a-z0-9])?", re.ASCII)
_BROKEN = (OSError, smtplib.SMTPException, ValueError)  # ValueError: a host name that is none


class MailboxChannel(OfficeChannel):
    """What mail and folder share: targets are mailboxes, ``?name=`` is shown in To."""

    service_name = "Mailbox"
    title_maxlen = 250
    body_maxlen = 1_000_000
    templates = ("{schema}://{user}@{host}", "{schema}://{user}@{host}/{targets}")
    template_tokens = dict(
        OfficeChannel.template_tokens,
        user={"name": "Local part", "type": "string", "required": True},
        host={"name": "Domain", "type": "string", "required": True},
        targets={"name": "Further mailboxes", "type": "list:string"},
    )
    template_args = dict(
        OfficeChannel.template_args, name={"name": "Shown name", "type": "string", "map_to": "name"}
    )

    def __init__(self, targets: list[str] | None = None, name: str = "", **kwargs: Any) -> None:
        """``targets`` are mailboxes. Raises TypeError on one that is not plain ``local@domain``."""
        self.to_name = one_line(name)
        super().__init__(targets=targets, **kwargs)

    def checked(self, target: str) -> str:
        """Lower-case domain; TypeError unless it is ASCII ``local@domain`` of at most 254 characters."""
        local, at, domain = target.rpartition("@")
        mailbox = f"{local}{at}{domain.lower()}"
        if len(mailbox) > 254 or not _MAILBOX.fullmatch(mailbox):
            raise TypeError("Not a mailbox.")
        return mailbox

    def composed(self, target: str, parcel: Parcel, sender: str) -> bytes:
        """The letter to one target, dated now in the office's zone."""
        return as_bytes(parcel, target, parcel.to_name or self.to_name, sender, office_time(wall_now()))

    @classmethod
    def parse_url(cls, url: str, *args: Any, **kwargs: Any) -> Parsed | None:
        """Apprise's arguments for ``__init__``, or None when it is no URL."""
        found = super().parse_url(url)
        if found:
            found["targets"][0] = f"{cls.unquote(found['user'])}@{found['host'] or ''}"
            found["name"] = found["qsd"].get("name", "")
        return found


@plugin_of("smtpmail")
class SmtpMail(MailboxChannel):
    """A letter by SMTP. Which server, by settings, read for each letter."""

    service_name = "Thư điện tử"

    def deliver(self, target: str, parcel: Parcel) -> Outcome:
        """Compose, then talk to the server. At most two sessions: see ``_carry``."""
        settings = get_settings()
        try:
            sender = address_of(settings.smtp_from)
        except ValueError:
            return configuration("sender", "địa chỉ người gửi không hợp lệ")
        try:
            data = self.composed(target, parcel, settings.smtp_from)
        except ValueError:
            return unwritable()
        return _carry(settings, sender, target, data)


def _carry(settings: Settings, sender: str, target: str, data: bytes) -> Outcome:
    """One letter over a pooled line; once more over a new one if a used line proved dead in time.

    "In time" is before the server asked for the content: only then is a second try surely no second
    letter. A line that is silent is no dead line: to ask again would cost a second time-out.
    """
    patience = Patience(settings.smtp_timeout)
    try:
        line = smtp_pool.take(settings, patience)
        outcome, redial = _talk(line, sender, target, data)
        if redial:
            outcome, _ = _talk(smtp_pool.dial(settings, patience), sender, target, data)
    except _BROKEN as error:  # from take or dial; _talk lets none out
        return not_connected(error)
    return outcome


def _talk(line: MailLine, sender: str, target: str, data: bytes) -> tuple[Outcome, bool]:
    """One transaction, step by step. Also says whether to redial: a used line, dead before the content."""
    smtp, fresh = line.smtp, line.letters == 0
    size = [f"size={len(data)}"] if smtp.has_extn("size") else []
    steps = (
        (Phase.MAIL, lambda: smtp.mail(sender, size), {250}),
        (Phase.RCPT, lambda: smtp.rcpt(target), {250, 251, 252}),
        (Phase.DATA, lambda: smtp.docmd("DATA"), {354}),
    )
    for phase, step, fine in steps:
        try:
            if line.reset and not _wiped(line):
                return refused(Phase.MAIL, LEAVING, b"RSET", fresh), True
            code, answer = step()
        except _BROKEN as error:
            smtp.close()
            return cut_off(phase, error), not fresh and not was_silent(error)
        if code not in fine:
            _settle(line, code)
            return refused(phase, code, answer, fresh), not fresh and code == LEAVING
    return _hand_over(line, data, fresh), False


def _wiped(line: MailLine) -> bool:
    """What a refused letter left on the line is gone; False: so is the line."""
    line.reset = False
    if line.smtp.rset()[0] == 250:
        return True
    smtp_pool.hang_up(line)
    return False


def _hand_over(line: MailLine, data: bytes, fresh: bool) -> Outcome:
    """The content, then its final dot apart: the dot is what makes the letter the server's."""
    phase = Phase.DATA
    try:
        line.smtp.send(_stuffed(data))
        phase = Phase.END
        line.smtp.patience = line.smtp.patience.once_more()
        line.smtp.send(b".\r\n")
        code, answer = line.smtp.getreply()
    except _BROKEN as error:
        line.smtp.close()
        return cut_off(phase, error)
    if code != 250:
        _settle(line, code)
        return refused(phase, code, answer, fresh)
    line.letters += 1
    smtp_pool.give_back(line)
    return Outcome(OutcomeClass.SENT, str(code), plain(answer))


def _settle(line: MailLine, code: int) -> None:
    """After a refusal: keep the line for the next letter, unless the server is leaving or talks nonsense."""
    if code == LEAVING or not 400 <= code < 600:
        smtp_pool.hang_up(line)
        return
    line.letters, line.reset = line.letters + 1, True
    smtp_pool.give_back(line)


def _stuffed(data: bytes) -> bytes:
    """RFC 5321, 4.5.2: a line starting with a dot gets a second one; the last line ends with CRLF."""
    stuffed = (b"\n" + data).replace(b"\n.", b"\n..")[1:]
    return stuffed if stuffed.endswith(b"\r\n") else stuffed + b"\r\n"
