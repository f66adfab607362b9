"""Which letters one reader gets together, and which of a body's contacts get them.

Source: design of follow-up, "Reminders and urging": what one person gets in a morning is bundled
into one letter; what needs a decision or is urgent stays apart.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from rules.vocabulary import LetterKind

MORNING = frozenset({LetterKind.URGING, LetterKind.REMINDER, LetterKind.REVIEW})
#: Leaders of a body hear of these; routine reminders go to its clerks.
FOR_LEADERS = frozenset(
    {
        LetterKind.URGING,
        LetterKind.ESCALATION,
        LetterKind.DECISION,
        LetterKind.DIGEST,
    }
)
LEADER = "lanh-dao"


@dataclass(frozen=True, slots=True)
class Hearing:
    """The policy of who hears what: working days before a deadline by role, and late for leaders."""

    before: Mapping[str, frozenset[int]]
    leaders_from_days_late: int = 5


@dataclass(frozen=True, slots=True)
class Waiting:
    """A letter that waits for its readers."""

    id: int
    kind: LetterKind
    agency_id: str
    scheduled_on: date
    urgent: bool = False
    group: str = ""  # letters of one document's assignment belong together


@dataclass(frozen=True, slots=True)
class Reader:
    """A contact of a body."""

    id: int
    role: str


def bundle_of(letter: Waiting) -> str:
    """The name of the bundle; letters of one body with the same name travel together."""
    if letter.urgent:
        return f"one:{letter.id}"
    if letter.kind in MORNING:
        return "morning"
    if letter.kind in (LetterKind.ASSIGNMENT, LetterKind.CONFIRMATION, LetterKind.NO_CONTACT):
        return f"{letter.kind}:{letter.group}"
    return f"one:{letter.id}"


def bundles(letters: Iterable[Waiting]) -> list[list[Waiting]]:
    """The letters of one body, bundled; every letter is in exactly one bundle."""
    found: dict[str, list[Waiting]] = {}
    for letter in letters:
        found.setdefault(bundle_of(letter), []).append(letter)
    return list(found.values())


def readers_of(letters: Iterable[Waiting], contacts: Iterable[Reader]) -> list[Reader]:
    """Who gets a bundle: clerks, leaders too where it concerns them, leaders alone if no clerk."""
    everyone = list(contacts)
    clerks = [reader for reader in everyone if reader.role != LEADER]
    if not clerks or any(letter.kind in FOR_LEADERS for letter in letters):
        return everyone
    return clerks


def hears(role: str, kind: LetterKind, step_or_days: int, policy: Hearing) -> bool:
    """Whether contacts of ``role`` get a letter of this kind.

    ``step_or_days`` is the step of a reminder (working days before, 0 on the day), the working days
    late of an urging, and means nothing for other kinds. On the day itself all but leaders are told.
    """
    if kind is LetterKind.REMINDER:
        on_the_day = step_or_days == 0 and role != LEADER
        return on_the_day or step_or_days in policy.before.get(role, frozenset())
    if role != LEADER:
        return True
    if kind is LetterKind.URGING:
        return step_or_days >= policy.leaders_from_days_late
    return kind in FOR_LEADERS
