"""What a letter says of one task beside its line: the reason, the other body, the date asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from rules.bodies import Heir
from rules.facts import TaskLine
from rules.letter_words import Stake
from rules.vocabulary import ExtensionState, Fault

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
    often: bool = False  # with what was granted the task counts as often extended
    urged_before: int = 0  # how often the body before was urged, and last when
    urged_before_on: date | None = None


@dataclass(frozen=True, slots=True)
class OfBody:
    """Tasks of one body: those that the letter names, and how many there are."""

    name: str
    lines: Sequence[TaskLine]
    total: int


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
