"""What a channel carries, and what it answers: values on both sides of every channel."""

from dataclasses import dataclass

from rules.vocabulary import OutcomeClass


@dataclass(frozen=True, slots=True)
class Letter:
    """A rendered letter. ``short`` is for chat channels (at most 2,000 characters, NFC)."""

    subject: str
    text: str
    html: str
    short: str


@dataclass(frozen=True, slots=True)
class Parcel:
    """A letter ready to go. ``message_id`` is ours, the same for every attempt (RFC 5322 id)."""

    letter: Letter
    message_id: str  # "<ob-...@domain>"
    to_name: str = ""
    thread_root: str | None = None  # "<task-...@domain>"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What happened to one attempt. ``text`` never holds a secret."""

    kind: OutcomeClass
    code: str = ""
    text: str = ""
    provider_id: str | None = None
    dead_address: bool = False  # with NEVER: nothing will ever arrive at this address
