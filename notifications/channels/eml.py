"""A parcel as RFC 5322 bytes: what the mail channel sends and the folder channel writes."""

import hashlib
from datetime import datetime
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP, Policy
from email.utils import format_datetime, parseaddr, quote

from notifications.channels.wording import clean_text, one_line
from notifications.parcel import Parcel

_LINE = 76  # characters, RFC 2047 section 2


class _Ready(str):
    """A header that is encoded and folded already, in the shape of the library's header objects.

    Python's own folding costs more than all the rest of a letter (Vietnamese is one long encoded
    word to it), and writes a long id in References as an encoded word, which no mail reader
    threads by (both measured on 3.11).
    """

    name: str

    def __new__(cls, name: str, value: str) -> "_Ready":
        header = super().__new__(cls, value)
        header.name = name
        return header

    def fold(self, *, policy: Policy) -> str:
        """The header's lines, as the generator asks for them."""
        return f"{self.name}: " + policy.linesep.join(self.splitlines()) + policy.linesep


def compose(parcel: Parcel, to: str, to_name: str, sender: str, date: datetime) -> bytes:
    """The letter for one mailbox: CRLF lines, 7-bit, NFC.

    ``sender`` is "Name <local@domain>"; ``date`` is aware. The same arguments give the same bytes.
    Raises ValueError if ``sender`` or ``to`` holds no address.
    """
    letter = parcel.letter
    message = EmailMessage(policy=SMTP)
    message["From"] = _mailbox("From", *parseaddr(sender))
    message["To"] = _mailbox("To", to_name, to)
    message["Subject"] = _encoded("Subject", letter.subject)
    message["Date"] = _Ready("Date", format_datetime(date))
    message["Message-ID"] = _Ready("Message-ID", one_line(parcel.message_id))
    if parcel.thread_root:
        message["In-Reply-To"] = _Ready("In-Reply-To", one_line(parcel.thread_root))
        message["References"] = _Ready("References", one_line(parcel.thread_root))
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: keeps out-of-office robots silent
    message["X-Auto-Response-Suppress"] = "All"  # the same for Exchange
    message.set_content(clean_text(letter.text), charset="utf-8", cte="quoted-printable")
    message.add_alternative(clean_text(letter.html), "html", charset="utf-8", cte="quoted-printable")
    # "=_" cannot stand in quoted-printable text, so the boundary never occurs in a part.
    message.set_boundary("=_" + hashlib.sha256(parcel.message_id.encode()).hexdigest()[:32])
    return message.as_bytes()


def address_of(sender: str) -> str:
    """The bare address of "Name <local@domain>"; ValueError if there is none."""
    address = parseaddr(sender)[1]
    if "@" not in address:
        raise ValueError("no address in the sender")
    return address


def _mailbox(header: str, name: str, address: str) -> _Ready:
    address = one_line(address)
    local, at, domain = address.rpartition("@")
    if not (local and at and domain) or not address.isascii() or set(address) & set(' <>",;'):
        raise ValueError(f"no mailbox: {len(address)} characters without a usable address")
    name = one_line(name)
    if not name:
        return _Ready(header, address)
    shown = f'"{quote(name)}"' if name.isascii() else _encoded(header, name)
    room = _LINE - len(shown.splitlines()[-1]) - (0 if "\n" in shown else len(header) + 2)
    fold = " " if len(address) + 3 <= room else "\n "
    return _Ready(header, f"{shown}{fold}<{address}>")


def _encoded(header: str, text: str) -> _Ready:
    """Encoded words where the text needs them (RFC 2047), folded for a header of this name."""
    text = one_line(text)
    charset = "us-ascii" if text.isascii() else "utf-8"
    return _Ready(header, Header(text, charset, maxlinelen=_LINE, header_name=header).encode())
