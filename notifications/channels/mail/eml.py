"""A parcel as RFC 5322 bytes: what the mail channel sends and the folder channel writes."""

import binascii
import hashlib
from datetime import datetime
from email.header import Header
from email.utils import format_datetime, parseaddr, quote
from functools import lru_cache

from notifications.channels.frame.wording import one_line
from notifications.outbox.parcel import Parcel
from rules.text.incoming import cleaned

_LINE = 76  # characters, RFC 2047 section 2


def as_bytes(parcel: Parcel, to: str, to_name: str, sender: str, date: datetime) -> bytes:
    """The letter for one mailbox: CRLF lines, 7-bit, NFC.

    ``sender`` is "Name <local@domain>"; ``date`` is aware. The same arguments give the same bytes.
    Raises ValueError if ``sender`` or ``to`` holds no address.

    Written by hand on purpose: Python's own folding and quoting cost ten times all the rest (6 ms for
    a letter of 84 kB, measured on 3.11), and its folding writes a long id in References as an
    encoded word, which no mail reader threads by.
    """
    letter = parcel.letter
    # "=_" cannot stand in quoted-printable text, so the boundary never occurs in a part.
    boundary = "=_" + hashlib.sha256(parcel.message_id.encode()).hexdigest()[:32]
    lines = [*_heads(parcel, to, to_name, sender, date), *_multipart(boundary), "", f"--{boundary}"]
    parts = (_part("plain", letter.text), _part("html", letter.html))
    body = f"\r\n--{boundary}\r\n".encode().join(parts)
    return "\r\n".join(lines).encode("ascii") + b"\r\n" + body + f"\r\n--{boundary}--\r\n".encode()


def _heads(parcel: Parcel, to: str, to_name: str, sender: str, date: datetime) -> list[str]:
    thread = one_line(parcel.thread_root) if parcel.thread_root else ""
    return [
        _mailbox("From", *parseaddr(sender)),
        _mailbox("To", to_name, to),
        f"Subject: {_encoded('Subject', parcel.letter.subject)}",
        f"Date: {format_datetime(date)}",
        f"Message-ID: {one_line(parcel.message_id)}",
        *([f"In-Reply-To: {thread}", f"References: {thread}"] if thread else []),
        "Auto-Submitted: auto-generated",  # RFC 3834: keeps out-of-office robots silent
        "X-Auto-Response-Suppress: All",  # the same for Exchange
    ]


def _multipart(boundary: str) -> list[str]:
    return ["MIME-Version: 1.0", "Content-Type: multipart/alternative;", f' boundary="{boundary}"']


def _part(kind: str, text: str) -> bytes:
    """One dress of the letter, quoted-printable by the C library's codec, lines of at most 76."""
    head = f'Content-Type: text/{kind}; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n'
    # The codec breaks long lines by "\n" alone unless it has seen "\r\n" before: all at the end, then.
    quoted = binascii.b2a_qp(cleaned(text).encode(), istext=True).replace(b"\n", b"\r\n")
    return head.encode() + b"\r\n" + quoted


def address_of(sender: str) -> str:
    """The bare address of "Name <local@domain>"; ValueError if there is none that can be written."""
    address = parseaddr(sender)[1]
    _mailbox("From", "", address)
    return address


def _mailbox(header: str, name: str, address: str) -> str:
    address = one_line(address)
    local, at, domain = address.rpartition("@")
    if not (local and at and domain) or not address.isascii() or set(address) & set(' <>",;'):
        raise ValueError(f"no mailbox: {len(address)} characters without a usable address")
    name = one_line(name)
    if not name:
        return f"{header}: {address}"
    shown = f'"{quote(name)}"' if name.isascii() else _encoded(header, name)
    room = _LINE - len(shown.splitlines()[-1]) - (0 if "\n" in shown else len(header) + 2)
    fold = " " if len(address) + 3 <= room else "\r\n "
    return f"{header}: {shown}{fold}<{address}>"


@lru_cache(maxsize=512)  # the same sender and much the same readers every morning
def _encoded(header: str, text: str) -> str:
    """Encoded words where the text needs them (RFC 2047), folded for a header of this name."""
    text = one_line(text)
    charset = "us-ascii" if text.isascii() else "utf-8"
    return Header(text, charset, maxlinelen=_LINE, header_name=header).encode(linesep="\r\n")
