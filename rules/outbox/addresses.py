"""Which channel an address belongs to, and when two addresses reach the same place.

An address is an Apprise URL. Identity is not spelling: blanks, the case of a mailbox, a shown name
(``?name=``) and a password beside it make no second mailbox, and a mailbox is one place whether its
letters are sent or saved.
"""

from rules.outbox.address_parts import MAILBOX_SCHEMAS, AddressParts, parts_of
from rules.outbox.channels import OUR_CHANNELS

#: What a stock address may ask of Apprise without meaning another reader.
_MANNERS = {
    "cto", "emojis", "format", "name", "optional", "overflow",
    "retry", "rto", "store", "tz", "verify", "wait",
}  # fmt: skip


def channel_of(url: str) -> str:
    """Short name of the channel an address belongs to: ours, or else the schema ("" if there is none)."""
    schema, found, _ = url.partition("://")
    schema = schema.strip().lower() if found else ""
    return _name(schema)


def identity_of(url: str) -> str:
    """What an address reaches: equal for all spellings of one place.

    A mailbox is ``mailbox:local@domain`` in lower case, also when it stands without a schema; several
    in one address are a place of their own, whatever their order. Any other address keeps its case,
    since it may hold a token, and of its query what may name the reader.
    """
    parts = parts_of(url)
    channel = _name(parts.schema)
    if parts.schema in MAILBOX_SCHEMAS and parts.targets and all("@" in one for one in parts.targets):
        return "mailbox:" + "/".join(sorted({target.lower() for target in parts.targets}))
    if parts.targets and parts.schema in OUR_CHANNELS:
        return f"{channel}:{'/'.join(parts.targets)}"
    return f"{channel}:{parts.rest.partition('?')[0].strip().rstrip('/')}{_query(parts)}"


def is_mailbox(identity: str) -> bool:
    """Whether an identity is that of a mailbox."""
    return identity.startswith("mailbox:")


def _name(schema: str) -> str:
    return OUR_CHANNELS[schema].name if schema in OUR_CHANNELS else schema


def _query(parts: AddressParts) -> str:
    kept = sorted(f"{key}={value}" for key, value in parts.asked if key not in _MANNERS)
    return f"?{'&'.join(kept)}" if kept else ""
