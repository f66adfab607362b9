"""Claiming a message before the I/O and settling it after: each its own commit."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session

from models.agencies import Contact, ContactAddress
from models.outbox import DeliveryEvent, MessageLetter, OutboxLetter, OutboxMessage
from notifications.carried import Carried, carried_by
from notifications.relevance import obsolete
from rules.vocabulary import LetterState, MessageState


@dataclass(frozen=True, slots=True)
class Claim:
    """A message that is ours to send, with the letters that still say something true."""

    message: OutboxMessage
    url: str
    label: str  # of the contact
    letters: tuple[Carried, ...]


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


@dataclass(frozen=True, slots=True)
class Target:
    """Where a message goes; ``in_use`` says whether letters may still go there."""

    url: str
    label: str
    in_use: bool


def target_of(session: Session, message: OutboxMessage) -> Target:
    """The address and the contact of a message, as the register has them now."""
    query = (
        sa.select(ContactAddress.url, ContactAddress.withdrawn, ContactAddress.unusable_since, Contact.label)
        .join(Contact, Contact.id == message.contact_id)
        .where(ContactAddress.id == message.address_id)
    )
    url, withdrawn, unusable_since, label = session.execute(query).one()
    return Target(url, label, not withdrawn and unusable_since is None)


def claim(session: Session, message: OutboxMessage, target: Target, now: datetime) -> Claim | None:
    """Mark the message as being sent, or as obsolete (then None) if nothing in it still holds."""
    assert message.id is not None
    letters = tuple(_true_letters(session, message.id))
    if not letters:
        note(session, message, MessageState.OBSOLETE, now, text="Không còn nội dung cần gửi.")
        return None
    message.attempts += 1
    note(session, message, MessageState.SENDING, now)
    return Claim(message, target.url, target.label, letters)


def letters_of(session: Session, message: OutboxMessage) -> list[OutboxLetter]:
    """The letters that the message carries."""
    query = (
        sa.select(OutboxLetter)
        .join(MessageLetter, MessageLetter.letter_id == OutboxLetter.id)
        .where(MessageLetter.message_id == message.id)
        .order_by(OutboxLetter.id)
    )
    return list(session.scalars(query))


def _true_letters(session: Session, message_id: int) -> list[Carried]:
    kept, dropped = [], defaultdict(list)
    for letter in carried_by(session, message_id):
        if (reason := obsolete(letter)) is None:
            kept.append(letter)
        else:
            dropped[f"Không gửi: {reason}."].append(letter.id)
    for words, ids in dropped.items():
        session.execute(
            sa.update(OutboxLetter)
            .where(OutboxLetter.id.in_(ids))
            .values(state=LetterState.OBSOLETE, state_note=words),
            execution_options={"synchronize_session": False},
        )
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
    earlier = sa.select(sa.func.coalesce(sa.func.max(DeliveryEvent.seq), 0) + 1).where(
        DeliveryEvent.message_id == message.id
    )
    values = {
        "message_id": message.id,
        "seq": earlier.scalar_subquery(),
        "happened_at": now,
        "state": state,
        "code": code,
        "text": text[:500],
    }
    session.flush()
    session.execute(sa.insert(DeliveryEvent).values(values))
