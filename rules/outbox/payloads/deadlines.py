"""Letters about the deadline of a task: what comes before it and after it, and how it moves."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from rules.outbox.payloads import keys
from rules.outbox.payloads.payload import Payload
from rules.outbox.payloads.row import Travels, row
from rules.vocabulary import DeadlineCause, ExtensionState


@row(keys.reminder, Travels.MORNING)
@dataclass(frozen=True, slots=True)
class Reminder(Payload):
    """``number``: working days before, 0 on the day; ``due_on``: the deadline in force."""


@row(keys.urging, Travels.MORNING, for_leaders=True, important=True)
@dataclass(frozen=True, slots=True)
class Urging(Payload):
    """``number``: n of the series; ``due_on``: the deadline in force, if any.

    ``note`` is what whoever urges by hand says; there is none in the sweep's.
    """

    note: str = ""


@row(keys.review, Travels.MORNING)
@dataclass(frozen=True, slots=True)
class Review(Payload):
    """A task without a deadline; ``due_on`` is empty."""


@row(keys.crossing, Travels.TOGETHER, for_leaders=True, important=True)
@dataclass(frozen=True, slots=True)
class Crossing(Payload):
    """``number``: the step; ``due_on``: the deadline in force."""


@row(keys.paper_due, Travels.TOGETHER, uncapped=True)
@dataclass(frozen=True, slots=True)
class PaperDue(Payload):
    """Without a task: the id of the ``paper`` that is to be signed, and the body that it goes to."""

    paper: int
    agency_id: str


@row(keys.extension, Travels.TOGETHER, by_people=True)
@dataclass(frozen=True, slots=True)
class Extension(Payload):
    """``due_on``: the deadline in force; ``granted`` are the extensions so far."""

    state: ExtensionState
    wanted_on: date
    reason: str
    granted: int

    def group(self, reader: str) -> str:
        """Whether the request waits, or a date was taken: news, and no question."""
        return "agreed" if self.state is ExtensionState.AGREED else ""


@row(keys.extension_answer, Travels.TOGETHER, telling=True, important=True, by_people=True)
@dataclass(frozen=True, slots=True)
class ExtensionAnswer(Payload):
    """``due_on``: the deadline in force now. ``reason`` is the request's, ``note`` the answer's.

    ``decided_by`` is a capacity, not a person; ``often``: with what was granted the task is flagged.
    """

    state: ExtensionState
    note: str
    counter_on: date | None
    reason: str
    decided_by: str
    often: bool

    @classmethod
    def of_old(cls, data: Mapping[str, Any]) -> Mapping[str, Any]:
        """Nothing was flagged once."""
        return {"often": False, **data}


@row(keys.deadline, Travels.TOGETHER, telling=True, important=True, by_people=True)
@dataclass(frozen=True, slots=True)
class Deadline(Payload):
    """``due_on``: the deadline in force; ``reason``: how it came about, for people to read."""

    old_due_on: date | None  # what the lead was told last
    cause: DeadlineCause
    reason: str
