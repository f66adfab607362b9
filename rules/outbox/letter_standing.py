"""How a letter stands, by the messages that carry it: never better than the worst of its parts."""

from collections.abc import Sequence
from dataclasses import dataclass

from rules.letter_words import HEARD, LetterState, MessageState

#: Worst first. A message that waits for its turn is, as a letter, on its way.
_WORST_FIRST = (
    MessageState.UNKNOWN,
    MessageState.FAILED,
    MessageState.OWED,
    MessageState.SENDING,
    MessageState.QUEUED,
    MessageState.SAVED,
    MessageState.SENT,
)
_ON_ITS_WAY = frozenset({MessageState.SENDING, MessageState.QUEUED})


@dataclass(frozen=True, slots=True)
class Carriage:
    """One message that carries the letter: to whom, at which address, and how it stands."""

    reader: int
    address: int
    state: MessageState


def shown_state(letter: LetterState, parts: Sequence[Carriage]) -> LetterState | MessageState:
    """What a letter's chip says; ``parts`` in the order in which they were made.

    A failure that was made up for at another address of the same reader does not count. What may have
    arrived is said even of a letter that nobody needs any more.
    """
    states = [part.state for n, part in enumerate(parts) if not _made_up_for(part, parts[n + 1 :])]
    if letter is LetterState.OBSOLETE:
        return _worst([state for state in states if state in HEARD]) or letter
    if letter is not LetterState.DISPATCHED:
        return MessageState.UNKNOWN if MessageState.UNKNOWN in states else letter
    return _worst(states) or _uncarried(parts)


def _made_up_for(part: Carriage, later: Sequence[Carriage]) -> bool:
    return part.state is MessageState.FAILED and any(
        other.reader == part.reader and other.address != part.address and other.state in _WORST_FIRST
        for other in later
    )


def _worst(states: Sequence[MessageState]) -> MessageState | None:
    found = next((state for state in _WORST_FIRST if state in states), None)
    return MessageState.SENDING if found in _ON_ITS_WAY else found


def _uncarried(parts: Sequence[Carriage]) -> MessageState:
    """Sent off, but no message carries it now: dropped, about to be carried, or nowhere."""
    states = {part.state for part in parts}
    if MessageState.OBSOLETE in states:
        return MessageState.OBSOLETE
    return MessageState.FAILED if MessageState.MOVED in states else MessageState.SENDING
