"""Which letters one reader gets together, who of a body's contacts gets them, and how many a day.

Source: design of follow-up, "Reminders and urging": what one person gets in a morning is bundled
into one letter; what needs a decision or is urgent stays apart; leaders get later thresholds.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from rules.outbox.kinds import FOR_LEADERS, MORNING, TOGETHER, UNCAPPED
from rules.outbox.payloads.keys import LetterKind

LEADER = "lanh-dao"


@dataclass(frozen=True, slots=True)
class Hearing:
    """The policy of who hears what: working days before a deadline by role, and late for leaders."""

    before: Mapping[str, frozenset[int]]
    leaders_from_days_late: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """A letter that waits for its readers. ``step`` is what ``hears`` calls ``step_or_days``."""

    id: int
    kind: LetterKind
    agency_id: str
    scheduled_on: date
    urgent: bool = False
    group: str = ""  # the document of an assignment, the hand-over: what belongs together
    step: int = 0
    overnight: bool = False  # written on an earlier day: it has waited once
    task_id: int | None = None
    person: int | None = None  # to this one alone


@dataclass(frozen=True, slots=True)
class Reader:
    """A contact of a body: the office's, or that of a ``person`` who sits there."""

    id: int
    role: str
    person: int | None = None


def bundle_of(letter: Waiting, today: date) -> str:
    """The name of the bundle; letters for one reader with the same name travel together.

    It begins with the office's day, by which a reader's letters of a day are counted.
    """
    if letter.urgent:
        together = f"{letter.kind}:{letter.group}" if letter.kind in TOGETHER and letter.group else letter.id
        return f"{today}:urgent:{together}"
    if letter.kind in MORNING:
        return morning(today)
    if letter.kind in TOGETHER:
        return f"{today}:{letter.kind}:{letter.group}"
    return f"{today}:one:{letter.id}"


@lru_cache(maxsize=8)
def morning(today: date) -> str:
    """The bundle of a day's reminders, urgings and reviews."""
    return f"{today}:morning"


def readers_of(letter: Waiting, contacts: Iterable[Reader], policy: Hearing) -> list[Reader]:
    """Who gets a letter: whoever hears of it by role; all, if nobody does and the body has no clerk."""
    everyone = list(contacts)
    found = [reader for reader in everyone if hears(reader.role, letter.kind, letter.step, policy)]
    if found or any(reader.role != LEADER for reader in everyone):
        return found
    return everyone


def hears(role: str, kind: LetterKind, step_or_days: int, policy: Hearing) -> bool:
    """Whether contacts of ``role`` get a letter of this kind.

    ``step_or_days`` is the step of a reminder (working days before, 0 on the day), the working days
    late of an urging, and means nothing for other kinds. On the day itself all but leaders are told.
    """
    if kind is LetterKind.REMINDER:
        on_the_day = step_or_days == 0 and role != LEADER
        return on_the_day or step_or_days in policy.before.get(role, _clerks(role, policy))
    if role != LEADER:
        return True
    if kind is LetterKind.URGING:
        return step_or_days >= policy.leaders_from_days_late
    return kind in FOR_LEADERS


def _clerks(role: str, policy: Hearing) -> frozenset[int]:
    """The steps of a role that the policy does not name: those of all clerks."""
    if role == LEADER:
        return frozenset()
    return frozenset().union(*(steps for name, steps in policy.before.items() if name != LEADER))


def must_wait(bundle: str, letters: Collection[Waiting], had_today: Collection[str], a_day: int) -> bool:
    """Whether a bundle waits for the next morning, for the sake of a reader who had ``had_today``.

    One morning letter a day. Of the other ordinary ones, ``a_day`` in all; but nothing waits twice,
    and what is urgent, or only this reader can settle, does not wait at all.
    """
    if bundle in had_today and any(letter.kind in MORNING and not letter.urgent for letter in letters):
        return True
    if any(letter.urgent or letter.kind in UNCAPPED or letter.overnight for letter in letters):
        return False
    return len(had_today) >= a_day
