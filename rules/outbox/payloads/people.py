"""Letters to one person: a link to come in by, a task that the own body has handed on."""

from dataclasses import dataclass
from datetime import datetime

from rules.outbox.payloads import keys
from rules.outbox.payloads.payload import Payload
from rules.outbox.payloads.row import Travels, row


class _OfLink(Payload):
    """A payload that names a link by its id, and the instant ``until`` which it opens."""

    __slots__ = ()
    link: int
    until: datetime

    def over_at(self, now: datetime) -> bool:
        """Whether the link opens nothing any more."""
        return self.until <= now


@row(keys.invitation, Travels.ALONE, uncapped=True, by_people=True, lasting=True, own_mailbox=True)
@dataclass(frozen=True, slots=True)
class Invitation(_OfLink):
    """The token is made when the letter is worded, and stands in the letter and nowhere else."""

    link: int
    until: datetime


@row(keys.sign_in, Travels.ALONE, uncapped=True, by_people=True, lasting=True, own_mailbox=True)
@dataclass(frozen=True, slots=True)
class SignIn(_OfLink):
    """The same, for whoever asked to sign in by mail."""

    link: int
    until: datetime


@row(keys.officer, Travels.TOGETHER, important=True, by_people=True)
@dataclass(frozen=True, slots=True)
class OfficerNamed(Payload):
    """A body has handed a task to one of its officers; ``due_on`` of the letter is the inner date."""

    note: str = ""
