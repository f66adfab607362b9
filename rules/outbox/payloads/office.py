"""The digest of the leaders, and what only the secretariat can put right."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from rules.letter_words import Stake, Unreached
from rules.outbox.payloads import keys
from rules.outbox.payloads.payload import Payload
from rules.outbox.payloads.row import Travels, row


@row(keys.digest, Travels.ALONE, for_leaders=True, uncapped=True, important=True)
@dataclass(frozen=True, slots=True)
class Digest(Payload):
    """``meetings`` are the ids of those that it is written ahead of, if any.

    ``trail_head`` is the end of the chain of the trail when it was written, ``trail_rows`` how many rows it
    covers: kept by its readers, nobody can make the chain anew without being found out.
    """

    meetings: tuple[int, ...] = ()
    trail_rows: int = 0
    trail_head: str = ""


@row(keys.no_contact, Travels.TOGETHER, uncapped=True)
@dataclass(frozen=True, slots=True)
class NoContact(Payload):
    """A body that got no letter about these tasks."""

    agency_id: str
    task_ids: tuple[int, ...]
    reason: Unreached = Unreached.NO_ADDRESS

    def group(self, reader: str) -> str:
        """The reason."""
        return "" if self.reason is Unreached.NO_ADDRESS else self.reason.value

    @classmethod
    def of_old(cls, data: Mapping[str, Any]) -> Mapping[str, Any]:
        """Before 0010 there were two reasons."""
        return {"reason": Unreached.UNWRITTEN.value, **data} if data.get("unwritten") else data


@row(keys.channel_down, Travels.ALONE, uncapped=True)
@dataclass(frozen=True, slots=True)
class ChannelDown(Payload):
    """In trouble ``since`` an instant; ``code`` and ``text`` are what the channel said."""

    channel: str
    since: datetime
    code: str
    text: str

    def group(self, reader: str) -> str:
        """The channel."""
        return self.channel


@row(keys.calendar, Travels.ALONE, uncapped=True)
@dataclass(frozen=True, slots=True)
class Recounted(Payload):
    """Without a task: the ``first`` and ``last`` id of the lines of one count by a changed calendar."""

    first: int
    last: int
    years: str
    notice: str


@row(keys.clock, Travels.ALONE, uncapped=True)
@dataclass(frozen=True, slots=True)
class WrongClock(Payload):
    """What it showed when it was first and last seen, and the last day followed before.

    ``back`` is the instant at which it was found right again, ``sent`` how many messages left meanwhile.
    """

    shown: datetime
    last_shown: datetime
    last_day: date
    back: datetime
    sent: int


@row(keys.body_ended, Travels.TOGETHER, uncapped=True)
@dataclass(frozen=True, slots=True)
class BodyEnded(Payload):
    """A body whose last day was ``ended_on``, and its stake in the task of the letter."""

    agency_id: str
    ended_on: date
    stake: Stake
