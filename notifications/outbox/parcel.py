"""What a channel carries, and what it answers: values on both sides of every channel."""

from dataclasses import dataclass, field
from enum import Enum, auto

from rules.letter_words import OutcomeClass


@dataclass(frozen=True, slots=True)
class Letter:
    """A rendered letter. ``short`` is for chat channels (at most 2,000 characters, NFC).

    Its words, among which a one-time link may be, stand in no log, whoever writes down the value.
    """

    subject: str
    text: str = field(repr=False)
    html: str = field(repr=False)
    short: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Parcel:
    """A letter ready to go. ``message_id`` is ours, the same for every attempt (RFC 5322 id)."""

    letter: Letter
    message_id: str  # "<ob-...@domain>"
    to_name: str = ""
    thread_root: str | None = None  # "<task-...@domain>"


class Trouble(Enum):
    """Whether what went wrong is the whole channel's: the next letter would meet it again."""

    #: It cannot depend on the recipient: login, certificate, sender, token, quota, silence before RCPT.
    CHANNEL = auto()
    #: It may be the channel's or this recipient's: two letters in a row make it the channel's.
    SUSPECTED = auto()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What happened to one attempt. ``text`` never holds a secret.

    ``dead_address`` and ``trouble`` exclude each other; with neither it is about this letter, or the hour.
    """

    kind: OutcomeClass
    code: str = ""
    text: str = ""
    provider_id: str | None = None
    dead_address: bool = False  # with NEVER: the answer speaks of this mailbox or its domain
    trouble: Trouble | None = None  # with TRY_AGAIN or UNKNOWN
