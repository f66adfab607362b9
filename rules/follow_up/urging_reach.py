"""Whether a numbered urging came to anybody: told by its letter, the messages that carry it, and its paper.

Source: issue 10, line 1. ``reach_of`` is the reference for one urging; ``models/follow_up/urging_reach.py``
says the same in SQL, and a property test holds the two together. It is computed, never stored: an urging
that is owed today and leaves tomorrow has come to its body from then on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rules.letter_words import DELIVERED, LetterState, MessageState, UrgingReach


@dataclass(frozen=True, slots=True)
class Carrier:
    """One message that carries the letter of an urging; ``stopped``: its channel is in trouble."""

    state: MessageState
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class Course:
    """What is known of one urging.

    ``letter`` None: no letter is on record, a person did it by hand. ``by_paper``: a công văn that names
    the task for this urging was issued. ``open_road``: the body has an address that no mark lies on, on a
    channel that works.
    """

    urged_on: date
    letter: LetterState | None
    carriers: Sequence[Carrier] = ()
    by_paper: bool = False
    open_road: bool = True


def reach_of(urging: Course, today: date) -> UrgingReach:
    """How far the urging has come by ``today``.

    One reader of the body is enough. What waits for its first try is on its way, unless it is known
    that there is no way; a message that is tried again counts as on its way on the day of the urging
    only. What was dropped as no longer needed has come to nobody.
    """
    if urging.letter is None or urging.by_paper:
        return UrgingReach.REACHED
    states = {carrier.state for carrier in urging.carriers}
    if states & DELIVERED:
        return UrgingReach.REACHED
    if MessageState.UNKNOWN in states:
        return UrgingReach.UNSURE
    return UrgingReach.ON_ITS_WAY if _waits(urging, today) else UrgingReach.UNREACHED


def _waits(urging: Course, today: date) -> bool:
    if urging.letter is LetterState.PENDING and urging.open_road:
        return True
    if any(one.state is MessageState.SENDING for one in urging.carriers):
        return True
    queued = any(one.state is MessageState.QUEUED and not one.stopped for one in urging.carriers)
    return queued and urging.urged_on >= today
