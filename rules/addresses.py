"""Which channel an address belongs to, and when two addresses reach the same place.

An address is an Apprise URL. Identity is not spelling: blanks, the case of a mailbox and a shown name
(``?name=``) make no second mailbox, and a mailbox is one place whether its letters are sent or saved.
"""

from urllib.parse import unquote

#: Schemas of our own plugins and the short channel names that rows and pages use.
OUR_SCHEMAS = {"smtpmail": "mail", "emlfolder": "folder", "zalooa": "zalo"}
#: Channels whose addresses are mailboxes.
_MAILBOXES = frozenset({"mail", "folder", "mailto", "mailtos"})


def channel_of(url: str) -> str:
    """Short name of the channel an address belongs to: ours, or else the schema ("" if there is none)."""
    schema, found, _ = url.partition("://")
    schema = schema.strip().lower() if found else ""
    return OUR_SCHEMAS.get(schema, schema)


def identity_of(url: str) -> str:
    """What an address reaches: equal for two spellings of one place.

    A mailbox is ``mailbox:local@domain`` in lower case; of any other address only blanks, the case of
    the schema and what follows "?" are taken away, since the rest may be a token.
    """
    channel, rest = channel_of(url), url.strip().partition("://")[2].partition("?")[0].rstrip("/")
    if channel not in _MAILBOXES or "@" not in rest:
        return f"{channel}:{rest.strip()}"
    local, _, domain = rest.rpartition("@") if rest.count("@") == 1 else rest.partition("@")
    return f"mailbox:{unquote(local).strip()}@{unquote(domain).strip()}".lower()


def is_mailbox(identity: str) -> bool:
    """Whether an identity is that of a mailbox."""
    return identity.startswith("mailbox:")
