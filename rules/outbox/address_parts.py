"""The parts of an address as somebody typed it: schema, mailboxes or ids, shown name.

Tolerant on purpose: it takes apart whatever stands in a row or a file, and judges nothing. What an
address has to be is told by ``address_spelling``.
"""

import re
from dataclasses import dataclass, field, replace
from urllib.parse import parse_qsl, unquote

from rules.outbox.channels import CHANNELS, OUR_CHANNELS
from rules.text.gaps import gaps

#: A mailbox without a schema is written to by this one.
DEFAULT_SCHEMA = "smtpmail"
STOCK_MAIL = frozenset({"mailto", "mailtos"})
MAILBOX_SCHEMAS = frozenset(channel.scheme for channel in CHANNELS if not channel.ids) | STOCK_MAIL

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")  # copied along with an address, seen by nobody
_SCHEMA = re.compile(gaps(r"(?<![A-Za-z0-9+.-])([A-Za-z][A-Za-z0-9+.-]*+)\s*:\s*//\s*"))
#: Without its two strokes a schema is understood where it can mean nothing else.
_BARE = "|".join(re.escape(schema) for schema in (*OUR_CHANNELS, "mailto"))
_BARE_SCHEMA = re.compile(rf"({_BARE})\s{{0,64}}+:\s{{0,64}}/?\s{{0,64}}(?!/)", re.IGNORECASE)
_NAMED = re.compile(r"(?<![^<>])(?P<name>[^<>]*+)<(?P<inside>[^<>]*+)>[\s,;]*+")

Query = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class AddressParts:
    """What was typed; ``rest`` is all that stood behind the schema, ``asked`` its query.

    ``targets`` are mailboxes, decoded and with the domain in lower case, or the ids of an address of ours.
    ``secret`` tells that a password or a port stood beside a mailbox.
    """

    schema: str
    rest: str = field(repr=False)
    targets: tuple[str, ...] = field(default=(), repr=False)
    name: str = field(default="", repr=False)
    secret: bool = False
    asked: Query = field(default=(), repr=False)


def parts_of(typed: str) -> AddressParts:
    """Take an address apart. A mailbox without a schema has ``DEFAULT_SCHEMA``, other text none ("")."""
    text = typed.strip().removeprefix("\ufeff").strip()
    found = _SCHEMA.match(text) or _BARE_SCHEMA.match(text)
    if found is None:
        return _without_schema(_INVISIBLE.sub("", text).strip())
    schema, rest = found[1].lower(), text[found.end() :].strip()
    if schema in STOCK_MAIL and "//" not in found[0]:
        schema = DEFAULT_SCHEMA  # mailto: as browsers and address books write it
    if schema in MAILBOX_SCHEMAS:
        return _mailboxes(schema, _INVISIBLE.sub("", rest).strip())
    path, asked = _without_query(rest)
    if schema not in OUR_CHANNELS:
        return AddressParts(schema, rest, asked=asked)
    ids = (unquote(_INVISIBLE.sub("", piece)).strip() for piece in path.split("/"))
    return AddressParts(schema, rest, tuple(one for one in ids if one), asked=asked)


def _without_schema(text: str) -> AddressParts:
    """``local@domain`` or ``Shown name <local@domain>``."""
    if "@" not in text:
        return AddressParts("", text)
    named = _NAMED.fullmatch(text)
    if named and "@" in named["inside"]:
        inside = parts_of(named["inside"])
        return replace(inside, name=inside.name or _shown(named["name"], inside.targets))
    mailbox, secret = _mailbox(text)
    return AddressParts(DEFAULT_SCHEMA, text, (mailbox,), secret=secret)


def _mailboxes(schema: str, rest: str) -> AddressParts:
    path, asked = _without_query(rest)
    named = _NAMED.fullmatch(path)
    pieces = (named["inside"] if named else path).split("/")
    told = [_decoded(piece) for piece in pieces if piece.strip()]
    if schema in STOCK_MAIL:
        told = _readers(told, asked)
    targets = tuple(dict.fromkeys(mailbox for mailbox, _ in told))
    name = dict(asked).get("name") or (_shown(named["name"], targets) if named else "")
    return AddressParts(schema, rest, targets, name, any(secret for _, secret in told), asked)


def _decoded(piece: str) -> tuple[str, bool]:
    if "@" not in piece:
        return _mailbox(unquote(piece))  # a further mailbox, encoded as a whole
    mailbox, secret = _mailbox(piece)
    local, at, domain = mailbox.rpartition("@")
    return f"{unquote(local).strip()}{at}{unquote(domain).strip()}", secret


def _mailbox(raw: str) -> tuple[str, bool]:
    """``local@domain`` and whether a password or a port stood in it."""
    local, at, domain = raw.strip().rstrip(",;.").rpartition("@")
    local, _, password = local.partition(":")
    domain, _, port = domain.partition(":")
    return f"{local.strip()}{at}{domain.strip().rstrip('.').lower()}", bool(password or port)


def _readers(told: list[tuple[str, bool]], asked: Query) -> list[tuple[str, bool]]:
    """Apprise's own mail: the first mailbox is the account; readers are those named besides, if any."""
    named = [_mailbox(one) for key, value in asked if key == "to" for one in value.split(",")]
    return [*named, *told[1:]] or told


def _shown(name: str, targets: tuple[str, ...]) -> str:
    bare = " ".join(name.strip().strip("\"'“”").split())
    return "" if bare.lower() in {target.lower() for target in targets} else bare


def _without_query(rest: str) -> tuple[str, Query]:
    path, _, query = rest.partition("?")
    pairs = parse_qsl(query.replace("+", "%2B"), keep_blank_values=True)  # a plus is a plus, as in Apprise
    return path.strip(), tuple((key.strip().lower(), value.strip()) for key, value in pairs)
