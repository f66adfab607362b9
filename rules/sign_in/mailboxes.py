"""The mailbox by which somebody says who it is: any spelling of it, as persons are kept."""

from rules.outbox.addresses import identity_of, is_mailbox

_MOST = 254  # of an address, after RFC 5321


def mailbox_key(typed: str) -> str | None:
    """``Person.email_key`` of what was typed; None is no mailbox, however long it is."""
    bare = typed.strip()[: _MOST + 1] if len(typed) <= _MOST * 4 else ""
    if len(bare) > _MOST or "@" not in bare or "://" in bare or not (bare.isascii() and bare.isprintable()):
        return None  # mailboxes of persons are ASCII, as mail servers take them
    found = identity_of(bare)
    return found if is_mailbox(found) else None
