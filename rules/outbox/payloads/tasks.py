"""Letters about what people do with a task, from its assignment to its end."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from rules.outbox.payloads import keys
from rules.outbox.payloads.payload import Payload
from rules.outbox.payloads.row import Travels, row
from rules.tasks.event_data import Changed
from rules.vocabulary import Fault


@row(keys.assignment, Travels.TOGETHER, telling=True, important=True, by_people=True)
@dataclass(frozen=True, slots=True)
class Assignment(Payload):
    """``document`` is the id of the document that assigns the task."""

    document: int

    def group(self, reader: str) -> str:
        """The document."""
        return str(self.document)


@row(keys.cooperation, Travels.TOGETHER, by_people=True)
@dataclass(frozen=True, slots=True)
class Cooperation(Payload):
    """``due_on`` of the letter is the body's own date, if it has one; ``document`` as in an assignment."""

    document: int

    def group(self, reader: str) -> str:
        """The document."""
        return str(self.document)


@row(keys.confirmation, Travels.TOGETHER)
@dataclass(frozen=True, slots=True)
class Confirmation(Payload):
    """``number`` of the letter is how often it was asked already (none for the first)."""


@row(keys.returned, Travels.TOGETHER, for_leaders=True, important=True, by_people=True)
@dataclass(frozen=True, slots=True)
class Returned(Payload):
    """A result that is to be done again, and why."""

    faults: tuple[Fault, ...]
    reason: str


@row(keys.refused, Travels.TOGETHER, by_people=True)
@dataclass(frozen=True, slots=True)
class Refused(Payload):
    """The lead has refused the task."""

    reason: str


@row(keys.withdrawn, Travels.TOGETHER, by_people=True)
@dataclass(frozen=True, slots=True)
class Withdrawn(Payload):
    """The task need not be done any more."""

    reason: str


@row(
    keys.correction, Travels.TOGETHER,
    for_leaders=True, telling=True, important=True, by_people=True, lasting=True,
)  # fmt: skip
@dataclass(frozen=True, slots=True)
class Correction(Payload):
    """``role`` is the part that the reader has in the task now (``letters.mended.ROLES``)."""

    role: str
    corrected: tuple[Changed, ...]
    reason: str


@row(keys.reopened, Travels.TOGETHER, for_leaders=True, telling=True, important=True, by_people=True)
@dataclass(frozen=True, slots=True)
class Reopened(Payload):
    """A confirmed task is open again."""

    reason: str
    confirmed_on: date | None


@row(keys.recalled, Travels.TOGETHER, for_leaders=True, important=True, by_people=True)
@dataclass(frozen=True, slots=True)
class Recalled(Payload):
    """One a body, of a ``document`` (id) that was taken back; ``task_ids`` are all of the body."""

    document: int
    task_ids: tuple[int, ...]
    reason: str

    def group(self, reader: str) -> str:
        """The document."""
        return str(self.document)


@row(
    keys.handed_over, Travels.TOGETHER,
    for_leaders=True, telling=True, important=True, by_people=True, lasting=True,
)  # fmt: skip
@dataclass(frozen=True, slots=True)
class HandedOver(Payload):
    """To both bodies and to those that cooperate; ``hand_over`` is an id, ``from_`` and ``to`` are bodies.

    ``old_task`` is the id of the task that closed: its urgings are told as they stand.
    """

    hand_over: int | None  # not named by what was written before 0015
    from_: str
    to: str
    legal_basis: str
    reason: str
    old_task: int

    def group(self, reader: str) -> str:
        """The hand-over, and its reader's end of it; an older one is told by what it says."""
        same = self.hand_over or "|".join((self.from_, self.to, self.legal_basis))
        return f"{same}:{reader}"

    @classmethod
    def of_old(cls, data: Mapping[str, Any]) -> Mapping[str, Any]:
        """Before 0015."""
        return {"hand_over": None, **data}
