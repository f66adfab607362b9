"""The name of an account: the mailbox of its person, in any spelling."""

import re

from rules.people.held.persons import LONGEST_EMAIL, email_key_of

#: One mailbox and nothing beside it (RFC 5322, section 3.4.1, without what is quoted).
_BARE = re.compile(r"[^\s<>()\[\]\\,;:/?\"@]{1,200}@[A-Za-z0-9.-]{1,200}")


def account_name(typed: str) -> str:
    """``Person.email_key`` of what was typed; "" is no mailbox, however long it is, and nobody's name."""
    said = typed.strip() if len(typed) <= 2 * LONGEST_EMAIL else ""
    fit = said.isascii() and said.isprintable()  # mailboxes of persons are ASCII
    return (email_key_of(said) or "") if fit else ""


def proven_name(said: str) -> str:
    """The same of what another server vouches for, which is a mailbox: no shown name, schema or list."""
    return account_name(said) if _BARE.fullmatch(said) else ""


def mailbox_of(name: str) -> str:
    """The name of an account as people read it, shortened: what the trail says of a try."""
    return name.removeprefix("mailbox:")[:LONGEST_EMAIL]
