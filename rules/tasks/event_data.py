"""What the event of a task tells beside its row, kind by kind; stored as ``rules/text/stored.py`` says.

Every kind has its dataclass in ``EVENTS``, ``NoData`` if it tells nothing more. The sweep writes the same
of urgings and crossings by SQL (``models/follow_up/sweep``).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, TypeVar

from rules.text.stored import Stored, parts_of
from rules.vocabulary import (
    Answer,
    CooperationState,
    CorrectionField,
    CrossingTrigger,
    EventKind,
    Fault,
    Rung,
)

E = EventKind


class EventData(Stored):
    """What an event tells; ``kinds`` are those that tell this."""

    __slots__ = ()
    kinds: ClassVar[tuple[EventKind, ...]]

    @classmethod
    def told_by(cls, **columns: str) -> dict[str, str]:
        """SQL expressions of what is told, each a value as JSON keeps it, by key.

        Raises TypeError for one that is missing or unknown.
        """
        must = {one.key for one in cls.plan if one.must}
        if not must <= columns.keys() <= {one.key for one in cls.plan}:
            raise TypeError(f"{cls.__name__} tells {[one.key for one in cls.plan]}, not {[*columns]}")
        return columns


#: What each kind of event tells.
EVENTS: dict[EventKind, type[EventData]] = {}
T = TypeVar("T", bound=EventData)


def of_kinds(*kinds: EventKind) -> Callable[[type[T]], type[T]]:
    """Makes a dataclass the data of ``kinds``. Raises ValueError for a kind that has another."""

    def made(data: type[T]) -> type[T]:
        if twice := [kind for kind in kinds if kind in EVENTS]:
            raise ValueError(f"{twice} have their data")
        data.kinds, data.plan = kinds, parts_of(data)
        EVENTS.update(dict.fromkeys(kinds, data))
        return data

    return made


@of_kinds(
    E.RECEIVED, E.PROGRESS, E.SUBMITTED, E.REASSIGNED, E.ESCALATED, E.ACKNOWLEDGED, E.PAUSED, E.RESUMED,
    E.REVIEWED,
)  # fmt: skip
@dataclass(frozen=True, slots=True)
class NoData(EventData):
    """The kind, the note and what moved say it all."""


@of_kinds(E.ASSIGNED)
@dataclass(frozen=True, slots=True)
class AssignedData(EventData):
    """``text``: the words in full, where they are not those of the directive."""

    text: str = ""


@of_kinds(E.CONFIRMED, E.REFUSED)
@dataclass(frozen=True, slots=True)
class LapsesData(EventData):
    """Ids of what waited and need not be answered any more."""

    lapsed_requests: tuple[int, ...] = ()
    lapsed_cases: tuple[int, ...] = ()


@of_kinds(E.WITHDRAWN)
@dataclass(frozen=True, slots=True)
class WithdrawnData(EventData):
    """``recalled``: with the whole document; what waited as elsewhere."""

    recalled: bool = False
    lapsed_requests: tuple[int, ...] = ()
    lapsed_cases: tuple[int, ...] = ()


@of_kinds(E.RETURNED)
@dataclass(frozen=True, slots=True)
class ReturnedData(EventData):
    """What is wrong with a result, and the day on which it was handed in: the task's row forgets it."""

    faults: tuple[Fault, ...]
    submitted_on: date | None


@of_kinds(E.URGED)
@dataclass(frozen=True, slots=True)
class UrgedData(EventData):
    """The number of the urging in the task's series, and whether a person gave it."""

    number: int
    by_hand: bool = False


@of_kinds(E.CLIMBED)
@dataclass(frozen=True, slots=True)
class ClimbedData(EventData):
    """The rung that the case stands on now."""

    rung: Rung


@of_kinds(E.DECIDED)
@dataclass(frozen=True, slots=True)
class DecidedData(EventData):
    """The answer that ended the case, and the office in which it was given."""

    answer: Answer
    capacity: str


@of_kinds(E.HANDED_OVER)
@dataclass(frozen=True, slots=True)
class HandedOverData(EventData):
    """Ids of the hand-over, of the task that stands now, of what lapsed, of the case that went along."""

    hand_over: int
    successor: int
    lapsed_requests: tuple[int, ...] = ()
    lapsed_cases: tuple[int, ...] = ()
    case: int | None = None


@of_kinds(E.TAKEN_OVER)
@dataclass(frozen=True, slots=True)
class TakenOverData(EventData):
    """Ids of the hand-over, of the task before it and of the case that came along; its urgings so far."""

    hand_over: int
    predecessor: int
    urged_before: int
    case: int | None = None


@of_kinds(E.EXTENSION_ASKED)
@dataclass(frozen=True, slots=True)
class ExtensionAskedData(EventData):
    """The day that the lead asks for."""

    wanted_on: date


@of_kinds(E.EXTENSION_COUNTERED)
@dataclass(frozen=True, slots=True)
class ExtensionCounteredData(EventData):
    """The day proposed instead in answer to a ``request`` (id), and the office in which that was done."""

    request: int
    counter_on: date
    capacity: str


@of_kinds(E.EXTENSION_AGREED)
@dataclass(frozen=True, slots=True)
class ExtensionAgreedData(EventData):
    """``number``: how many the task was granted with this one; ``often``: it is flagged for that."""

    request: int
    capacity: str
    number: int
    often: bool


@of_kinds(E.EXTENSION_REFUSED)
@dataclass(frozen=True, slots=True)
class ExtensionRefusedData(EventData):
    """The ``request`` (id), and the office in which it was refused."""

    request: int
    capacity: str


@of_kinds(E.EXTENSION_WITHDRAWN)
@dataclass(frozen=True, slots=True)
class ExtensionWithdrawnData(EventData):
    """The ``request`` (id)."""

    request: int


@of_kinds(E.DEADLINE_SET)
@dataclass(frozen=True, slots=True)
class DeadlineSetData(EventData):
    """The hand-over (id) after which a unit reports to another task, if that is what happened."""

    hand_over: int | None = None


@of_kinds(E.COOPERATION, E.CONTRIBUTED)
@dataclass(frozen=True, slots=True)
class PartData(EventData):
    """The body that cooperates, and the state of its part now."""

    agency: str
    state: CooperationState


@of_kinds(E.CROSSED)
@dataclass(frozen=True, slots=True)
class CrossedData(EventData):
    """The step of climbing, by time or by count, and the rung that is told."""

    step: int
    trigger: CrossingTrigger
    rung: Rung


@of_kinds(E.PAPER_ISSUED)
@dataclass(frozen=True, slots=True)
class PaperIssuedData(EventData):
    """The ``paper`` (id), and what it said: the latest urging, the deadline, how many had reached nobody."""

    paper: int
    number: int
    due_on: date
    unreached: int = 0


@dataclass(frozen=True, slots=True)
class Changed:
    """One corrected field: what the task said, and what it says now, in words."""

    field: CorrectionField
    before: str
    after: str


@of_kinds(E.CORRECTED)
@dataclass(frozen=True, slots=True)
class CorrectedData(EventData):
    """What was put right; ``text``: the words in full that the task has since then, if they are new."""

    corrected: tuple[Changed, ...]
    text: str = ""


@of_kinds(E.OFFICER_NAMED)
@dataclass(frozen=True, slots=True)
class OfficerNamedData(EventData):
    """The body within which the task was handed on, and ids of persons: who works on it now (None: nobody
    any more) and who did; ``due_on`` is the body's own date."""

    agency: str
    person: int | None = None
    before: int | None = None
    due_on: date | None = None


@of_kinds(E.REOPENED)
@dataclass(frozen=True, slots=True)
class ReopenedData(EventData):
    """The day of the confirmation that was taken back."""

    confirmed_on: date | None
