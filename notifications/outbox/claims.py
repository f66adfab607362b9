"""Claiming a message before the I/O: one swap on state and claim number, committed before a byte leaves.

The next message of a channel is the first entry of an index (``ix_outbox_message_next``), so that a look
costs the same before ten and before two hundred thousand. Several workers pass by each other's rows.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session

from models.database.bulk import one_of_ids
from models.database.predicates import among
from models.tables.agencies import Contact, ContactAddress
from models.tables.outbox import ChannelState, MessageLetter, OutboxLetter, OutboxMessage
from notifications.outbox.message_door import MessageStep, swap_and_note
from rules.letter_words import TO_GO, MessageState
from rules.outbox.payloads.keys import LetterKind


class Due(NamedTuple):
    """A message that may leave now, as it is locked, and the register's word on where it goes."""

    id: int
    state: MessageState
    claim: int
    bundle: str
    channel: str
    urgent: bool
    attempts: int
    give_up_at: datetime
    contact_id: int
    address_id: int
    url: str
    identity: str
    withdrawn: bool
    marked_on: date | None
    label: str  # of the contact
    agency_id: str
    active: bool
    person_id: int | None  # whose contact it is; None: the office's
    shaky: bool  # its channel has failed since it last worked


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message that is ours until it is settled; ``claim`` is the number to settle it by."""

    due: Due
    claim: int
    attempts: int  # this one included
    letters: tuple[int, ...]
    tasks: tuple[int | None, ...]
    kinds: tuple[LetterKind, ...]


class Lane(NamedTuple):
    """Messages that leave in order: one channel's urgent ones, or its others."""

    channel: str
    urgent: bool


_MESSAGE = OutboxMessage.__table__  # type: ignore[attr-defined]
_COLUMNS = (
    *(_MESSAGE.c[name] for name in ("id", "state", "claim", "bundle", "channel", "urgent", "attempts",
                                    "give_up_at", "contact_id", "address_id")),
    ContactAddress.url, ContactAddress.identity, ContactAddress.withdrawn, ContactAddress.unusable_since,
    Contact.label, Contact.agency_id, Contact.active, Contact.person_id,
)  # fmt: skip


def lanes(session: Session, now: datetime, hours_open: bool) -> list[Lane]:
    """Where something may leave now, that of the message to leave first first.

    Out of hours urgent lanes alone; nothing of a paused channel.
    """
    channels = sorted(channel for channel in session.scalars(_channels()) if channel is not None)
    urgencies = (True, False) if hours_open else (True,)
    every = [Lane(channel, urgent) for urgent in urgencies for channel in channels]
    return _in_order(session.connection(), now, every) if every else []


@cache
def _channels() -> sa.Select[Any]:
    """The channels of what waits, by one step down the index for each of them."""
    waiting = among(OutboxMessage.state, TO_GO)
    first = sa.select(sa.func.min(OutboxMessage.channel).label("channel")).where(waiting)
    known = first.cte("known", recursive=True)
    after = sa.select(sa.func.min(OutboxMessage.channel)).where(
        waiting, OutboxMessage.channel > known.c.channel
    )
    known = known.union_all(sa.select(after.scalar_subquery()).where(known.c.channel.is_not(None)))
    return sa.select(known.c.channel)


def next_due(session: Session, now: datetime, where: Sequence[Lane]) -> Due | None:
    """The message that should leave next, locked, and where it goes by the register as it is now.

    Urgent ones first, then what has waited longest, whatever its channel; none of a paused channel, and
    none that another worker holds.
    """
    connection = session.connection()  # values, not objects
    ordered = _in_order(connection, now, where) if len(where) > 1 else where
    for lane in ordered:  # the first ones may all be in other workers' hands
        row = connection.execute(_first_in(lane), {"now": now}).first()
        if row is not None:
            return Due(*row)
    return None


def _in_order(connection: sa.Connection, now: datetime, where: Sequence[Lane]) -> list[Lane]:
    heads = connection.execute(_heads(tuple(where)), {"now": now}).all()
    found = [(not where[head.lane].urgent, head.next_at, head.id, head.lane) for head in heads]
    return [where[lane] for *_, lane in sorted(found)]


# Queries are built once: for a message, building one costs more than running it.
@lru_cache(maxsize=64)
def _heads(where: tuple[Lane, ...]) -> sa.CompoundSelect[Any]:
    """The first message of each lane that has one; not locked."""
    each = [_head(number, lane).subquery() for number, lane in enumerate(where)]
    return sa.union_all(*(sa.select(head) for head in each))


@lru_cache(maxsize=64)
def _first_in(lane: Lane) -> sa.Select[Any]:
    # By these two alone: with "urgent" before them PostgreSQL would sort all that waits instead of
    # taking the first entry of the index.
    query = _columns().where(*_waiting_in(lane)).order_by(OutboxMessage.next_at, OutboxMessage.id)
    return query.limit(1).with_for_update(of=OutboxMessage, skip_locked=True)


def _head(number: int, lane: Lane) -> sa.Select[Any]:
    query = sa.select(sa.literal(number).label("lane"), OutboxMessage.next_at, OutboxMessage.id)
    ours = query.where(*_waiting_in(lane))
    return ours.order_by(OutboxMessage.next_at, OutboxMessage.id).limit(1)


def _now() -> sa.BindParameter[datetime]:
    return sa.bindparam("now", type_=_MESSAGE.c.next_at.type)


def _waiting_in(lane: Lane) -> list[sa.ColumnElement[bool]]:
    paused = sa.exists().where(ChannelState.channel == lane.channel, ChannelState.paused_until > _now())
    # A key, not a condition of its own: SQLite would ask it anew of all that waits for a paused channel.
    open_channel = sa.select(sa.literal(lane.channel)).where(~paused).scalar_subquery()
    return [
        among(OutboxMessage.state, TO_GO),
        OutboxMessage.channel == open_channel,
        OutboxMessage.urgent == sa.true() if lane.urgent else OutboxMessage.urgent == sa.false(),
        OutboxMessage.next_at <= _now(),
    ]


def locked_after(session: Session, after: int, most: int, *conditions: sa.ColumnElement[bool]) -> list[Due]:
    """Messages that meet the conditions, by id from ``after`` on, locked; none that another worker holds."""
    query = _columns().where(OutboxMessage.id > after, *conditions).order_by(OutboxMessage.id).limit(most)
    rows = session.execute(query.with_for_update(of=OutboxMessage, skip_locked=True))
    return [Due(*row) for row in rows]


def _columns() -> sa.Select[Any]:
    """The columns of a ``Due``."""
    shaky = sa.exists().where(
        ChannelState.channel == OutboxMessage.channel,
        sa.or_(ChannelState.strikes > 0, ChannelState.since.is_not(None)),
    )
    return (
        sa.select(*_COLUMNS, shaky)
        .join(ContactAddress, ContactAddress.id == OutboxMessage.address_id)
        .join(Contact, Contact.id == OutboxMessage.contact_id)
    )


def put_aside(
    session: Session, due: Due, state: MessageState, now: datetime, text: str, code: str = ""
) -> None:
    """A locked message ends without having been claimed: obsolete, moved, or it cannot be worded."""
    swap_and_note(
        session, MessageStep(due.id, due.claim, due.state, state), {"settled_at": now}, now, (code, text)
    )


def letters_of(session: Session, message_id: int) -> list[OutboxLetter]:
    """The letters that the message carries."""
    query = (
        sa.select(OutboxLetter)
        .join(MessageLetter, MessageLetter.letter_id == OutboxLetter.id)
        .where(MessageLetter.message_id == message_id)
        .order_by(OutboxLetter.id)
    )
    return list(session.scalars(query))


def mark_letters(session: Session, ids: Collection[int], **values: Any) -> None:
    """Set columns of letters."""
    if ids:
        chosen = one_of_ids(session, OutboxLetter.id, sorted(ids))
        session.connection().execute(sa.update(OutboxLetter).where(chosen).values(**values))
