"""What became of the letters of a drill: the mail server's book held against what our pages would show."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from models.db import reading
from models.tables.agencies import ContactAddress
from models.tables.outbox import MessageLetter, OutboxLetter, OutboxMessage
from rules.letter_words import LetterState, MessageState
from tests.drills.mail_server import Taken

#: States that the secretariat sees as something still to come or to be settled.
OPEN_QUESTION = {
    MessageState.QUEUED,
    MessageState.SENDING,
    MessageState.OWED,
    MessageState.FAILED,
    MessageState.UNKNOWN,
}
#: Letters that are shown as not yet on their way. Nothing becomes obsolete in a drill: that would be lost.
NOT_YET = {LetterState.PENDING, LetterState.NO_CONTACT}
MAY_HAVE_ARRIVED = {MessageState.SENT, MessageState.UNKNOWN, MessageState.SENDING}


@dataclass(frozen=True)
class Verdict:
    """Counts, and sentences about whatever is shown as something that it is not."""

    letters: int  # decided, each to one body
    arrived: int  # messages that the mail server has taken
    waiting: int  # messages that may still go by themselves, and letters not yet bundled
    doubled: int  # messages beyond the first that told a reader the same
    lost: int  # letters that neither arrived nor are shown as anything to be settled
    unknown: int
    untrue: tuple[str, ...]
    by_state: dict[str, int]


def judge(engine: Engine, taken: Iterable[Taken]) -> Verdict:
    """The verdict once everybody has ended."""
    book = list(taken)
    with reading(engine) as session:
        messages = list(session.scalars(sa.select(OutboxMessage)))
        letters = list(session.scalars(sa.select(OutboxLetter)))
        carries = list(session.execute(sa.select(MessageLetter.message_id, MessageLetter.letter_id)).tuples())
        urls = dict(session.execute(sa.select(ContactAddress.id, ContactAddress.url)).tuples().all())
        session.expunge_all()
    states = Counter(message.state for message in messages)
    unbundled = sum(letter.state is LetterState.PENDING for letter in letters)
    return Verdict(
        letters=len(letters),
        arrived=len(book),
        waiting=states[MessageState.QUEUED] + states[MessageState.OWED] + unbundled,
        doubled=_doubled(book, messages, carries),
        lost=_lost(book, messages, letters, carries),
        unknown=states[MessageState.UNKNOWN],
        untrue=tuple(_untrue(book, messages, urls)),
        by_state={state.value: count for state, count in states.items()},
    )


def _doubled(book: list[Taken], messages: list[OutboxMessage], carries: list[tuple[int, int]]) -> int:
    """The worst of three counts: the same Message-ID, the same words, the same letter at one reader."""
    of_message = {message.message_id: message.id for message in messages}
    letters: dict[int, list[int]] = {}
    for message_id, letter_id in carries:
        letters.setdefault(message_id, []).append(letter_id)
    told = (
        (one.recipient, letter)
        for one in book
        for letter in letters.get(of_message.get(one.message_id) or 0, [])
    )
    return max(
        _beyond_the_first((one.recipient, one.message_id) for one in book),
        _beyond_the_first((one.recipient, one.text) for one in book),
        _beyond_the_first(told),
    )


def _beyond_the_first(things: Iterable[object]) -> int:
    return sum(count - 1 for count in Counter(things).values())


def _lost(
    book: list[Taken],
    messages: list[OutboxMessage],
    letters: list[OutboxLetter],
    carries: list[tuple[int, int]],
) -> int:
    there = {one.message_id for one in book}
    safe = {
        message.id for message in messages if message.message_id in there or message.state in OPEN_QUESTION
    }
    seen = {letter for message, letter in carries if message in safe}
    return sum(letter.id not in seen and letter.state not in NOT_YET for letter in letters)


def _untrue(book: list[Taken], messages: list[OutboxMessage], urls: dict[int | None, str]) -> Iterable[str]:
    at_reader = {(one.message_id, one.recipient) for one in book}
    known = {message.message_id for message in messages}
    for message in messages:
        recipient = urls[message.address_id].partition("://")[2].partition("?")[0]
        arrived = (message.message_id, recipient) in at_reader
        if message.state is MessageState.SENT and not arrived:
            yield f"message {message.id} is shown as sent and never arrived"
        if arrived and message.state not in MAY_HAVE_ARRIVED:
            yield f"message {message.id} arrived and is shown as {message.state.value}"
        if message.state is MessageState.SENDING:
            yield f"message {message.id} is shown as being sent, and nobody is at work"
    for one in book:
        if one.message_id not in known:
            yield f"a letter arrived that nothing here speaks of: {one.message_id}"
