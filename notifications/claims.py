"""Claiming a message before the I/O and settling it after: each its own commit."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session

from models.agencies import ContactAddress
from models.escalations import EscalationCase
from models.outbox import DeliveryEvent, MessageLetter, OutboxLetter, OutboxMessage
from models.tasks import Task
from notifications.relevance import obsolete
from rules.vocabulary import LetterState, MessageState


@dataclass(frozen=True, slots=True)
class Claim:
    """A message that is ours to send, with the letters that still say something true."""

    message: OutboxMessage
    url: str
    letters: tuple[OutboxLetter, ...]


def next_due(
    session: Session, now: datetime, hours_open: bool, down: Collection[str]
) -> OutboxMessage | None:
    """The message that should leave next; urgent ones first, none of a channel that is down."""
    query = sa.select(OutboxMessage).where(
        OutboxMessage.state == MessageState.QUEUED, OutboxMessage.next_at <= now
    )
    if down:
        query = query.where(OutboxMessage.channel.not_in(down))
    if not hours_open:
        query = query.where(OutboxMessage.urgent)
    ordered = query.order_by(OutboxMessage.urgent.desc(), OutboxMessage.next_at, OutboxMessage.id)
    return session.scalars(ordered.limit(1)).first()


def hold_back(session: Session, channels: Collection[str], now: datetime, until: datetime) -> None:
    """Let the due messages of channels that are down wait together: one probe a pass is enough.

    Their attempts do not count: nobody tried them.
    """
    session.execute(
        sa.update(OutboxMessage)
        .where(
            OutboxMessage.state == MessageState.QUEUED,
            OutboxMessage.channel.in_(channels),
            OutboxMessage.next_at <= now,
        )
        .values(next_at=until)
    )


def in_use(session: Session, message: OutboxMessage) -> bool:
    """Whether letters may still go to the message's address."""
    address = session.get_one(ContactAddress, message.address_id)
    return not address.withdrawn and address.unusable_since is None


def claim(session: Session, message: OutboxMessage, now: datetime) -> Claim | None:
    """Mark the message as being sent, or as obsolete (then None) if nothing in it still holds."""
    letters = tuple(_true_letters(session, message))
    if not letters:
        note(session, message, MessageState.OBSOLETE, now, text="Không còn nội dung cần gửi.")
        return None
    message.attempts += 1
    note(session, message, MessageState.SENDING, now)
    address = session.get_one(ContactAddress, message.address_id)
    return Claim(message, address.url, letters)


def letters_of(session: Session, message: OutboxMessage) -> list[OutboxLetter]:
    """The letters that the message carries."""
    query = (
        sa.select(OutboxLetter)
        .join(MessageLetter, MessageLetter.letter_id == OutboxLetter.id)
        .where(MessageLetter.message_id == message.id)
        .order_by(OutboxLetter.id)
    )
    return list(session.scalars(query))


def _true_letters(session: Session, message: OutboxMessage) -> list[OutboxLetter]:
    kept = []
    for letter in letters_of(session, message):
        task = session.get(Task, letter.task_id) if letter.task_id else None
        case = session.get(EscalationCase, letter.case_id) if letter.case_id else None
        reason = obsolete(letter, task, case)
        if reason is None:
            kept.append(letter)
        else:
            letter.state, letter.state_note = LetterState.OBSOLETE, f"Không gửi: {reason}."
    return kept


def note(
    session: Session,
    message: OutboxMessage,
    state: MessageState,
    now: datetime,
    code: str = "",
    text: str = "",
) -> None:
    """Set the message's state and append the event; the outcome columns are the caller's."""
    message.state = state
    if state not in (MessageState.QUEUED, MessageState.SENDING):
        message.settled_at = now
    last = session.scalar(
        sa.select(sa.func.max(DeliveryEvent.seq)).where(DeliveryEvent.message_id == message.id)
    )
    assert message.id is not None
    session.add(
        DeliveryEvent(
            message_id=message.id,
            seq=(last or 0) + 1,
            happened_at=now,
            state=state,
            code=code,
            text=text[:500],
        )
    )
    session.flush()
