"""What a letter says of one task beside its line: the reason, the other body, the date asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from rules.facts import TaskLine
from rules.letter_words import Stake
from rules.people.bodies import Heir
from rules.vocabulary import DeadlineCause, ExtensionState, Fault

#: Rows of one letter, unless the policy says otherwise (``bundling.rows_per_letter``).
MOST_ROWS = 100


@dataclass(frozen=True, slots=True)
class Matter:
    """A task with what the letter's own data hold; what a kind does not know stays empty."""

    line: TaskLine
    reason: str = ""
    body: str = ""  # the name of the other body: who hands over, who takes over
    faults: tuple[Fault, ...] = ()  # of a returned result
    number: int | None = None  # the n-th request for an extension
    day: date | None = None  # asked for, proposed or agreed; the cooperating body's own date
    state: ExtensionState | None = None  # the answer to a request
    decided_by: str = ""
    cause: DeadlineCause | None = None  # by what the deadline was set or moved
    before: date | None = None  # the deadline before it
    often: bool = False  # with what was granted the task counts as often extended
    urged_before: int = 0  # how often the body before was urged, and last when
    urged_before_on: date | None = None
    unheard_before: str = ""  # what must be said of those urgings in the same breath
    role: str = ""  # the part that the reader has in a corrected task, see ``mended.ROLES``
    corrected: tuple[tuple[str, str, str], ...] = ()  # field, what it said, what it says now
    confirmed_on: date | None = None  # of a task that is open again


@dataclass(frozen=True, slots=True)
class OfBody:
    """Tasks of one body: those that the letter names, and how many there are.

    ``urgings`` has, by the id of a task, the numbers of its urgings that came to nobody.
    """

    name: str
    lines: Sequence[TaskLine]
    total: int
    urgings: Mapping[int, tuple[int, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OfEndedBody:
    """A body that has ended, who takes over from it, and what lies there: the tasks with its stake in each.

    ``lines`` are those that the letter names, ``total`` how many there are.
    """

    body_id: str
    name: str
    ends_on: date  # its last day
    heirs: tuple[Heir, ...]
    lines: Sequence[tuple[TaskLine, Stake]]
    total: int


def shares(parts: Sequence[Sequence[Any]], most: int) -> list[int]:
    """How many of each part are shown when at most ``most`` are: the first parts first."""
    left, found = most, []
    for part in parts:
        found.append(min(len(part), left))
        left -= found[-1]
    return found
