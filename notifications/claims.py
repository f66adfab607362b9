"""Claiming a message before the I/O and settling it after: each its own commit."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from models.agencies import Contact, ContactAddress
from models.outbox import DeliveryEvent, MessageLetter, OutboxLetter, OutboxMessage
from notifications.carried import Carried, carried_by
from notifications.relevance import obsolete
from rules.vocabulary import LetterState, MessageState


@dataclass(frozen=True, slots=True)
class Target:
    """Where a message goes; ``in_use`` says whether letters may still go there."""

    url: str
    label: str  # of the contact
    in_use: bool


def next_due(
    session: Session, now: datetime, hours_open: bool, down: Collection[str]
) -> tuple[OutboxMessage, Target] | None:
    """The message that should leave next, and where it goes by the register as it is now.

    Urgent ones first, none of a channel that is down.
    """
    row = session.execute(_due(hours_open, frozenset(down)), {"now": now}).first()
    if row is None:
        return None
    message, url, withdrawn, unusable_since, label = row
    return message, Target(url, label, not withdrawn and unusable_since is None)


# Queries are built once: for a message, building one costs more than running it.
@lru_cache(maxsize=64)
def _due(hours_open: bool, down: frozenset[str]) -> sa.Select[Any]:
    place = (ContactAddress.url, ContactAddress.withdrawn, ContactAddress.unusable_since, Contact.label)
    query = (
        sa.select(OutboxMessage, *place)
        .join(ContactAddress, ContactAddress.id == OutboxMessage.address_id)
        .join(Contact, Contact.id == OutboxMessage.contact_id)
        .where(OutboxMessage.state == MessageState.QUEUED, OutboxMessage.next_at <= sa.bindparam("now"))
    )
    if down:
        query = query.where(OutboxMessage.channel.not_in(sorted(down)))
    if not hours_open:
        query = query.where(OutboxMessage.urgent)
    ordered = query.order_by(OutboxMessage.urgent.desc(), OutboxMessage.next_at, OutboxMessage.id)
    return ordered.limit(1)


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


def claim(session: Session, message: OutboxMessage, subject: str, now: datetime) -> None:
    """Mark the message as being sent under this subject."""
    message.attempts += 1
    message.subject = subject[:300]
    note(session, message, MessageState.SENDING, now)


def letters_of(session: Session, message: OutboxMessage) -> list[OutboxLetter]:
    """The letters that the message carries."""
    query = (
        sa.select(OutboxLetter)
        .join(MessageLetter, MessageLetter.letter_id == OutboxLetter.id)
        .where(MessageLetter.message_id == message.id)
        .order_by(OutboxLetter.id)
    )
    return list(session.scalars(query))


def true_letters(session: Session, message: OutboxMessage) -> tuple[Carried, ...]:
    """The letters of a message that still say something true; the others are marked obsolete."""
    assert message.id is not None
    kept, dropped = [], defaultdict(list)
    for letter in carried_by(session, message.id):
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
    return tuple(kept)


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
    session.flush()
    told = {"happened_at": now, "state": state, "code": code, "text": text[:500]}
    session.connection().execute(_next_event(), {"message": message.id, **told})


@cache
def _next_event() -> sa.Insert:
    """One more event of a message, in its sequence."""
    table = DeliveryEvent.__table__  # type: ignore[attr-defined]
    given = {
        name: sa.bindparam(name, type_=table.c[name].type)
        for name in ("happened_at", "state", "code", "text")
    }
    message = sa.bindparam("message", type_=table.c.message_id.type)
    last = sa.select(sa.func.coalesce(sa.func.max(table.c.seq), 0)).where(table.c.message_id == message)
    columns = {"message_id": message, "seq": last.scalar_subquery() + 1, **given}
    return sa.insert(table).from_select(list(columns), sa.select(*columns.values()))
