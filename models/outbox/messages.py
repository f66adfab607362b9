"""The messages of the outbox by state, those that a person must look at first."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Session

from models.database.predicates import exactly
from models.outbox.marked_addresses import MarkedAddress, mark_on
from models.tables.agencies import Agency, Contact, ContactAddress
from models.tables.outbox import OutboxMessage
from rules.letter_words import MessageState, OutcomeClass

#: What a person must look at comes first.
MESSAGE_ORDER = (
    MessageState.UNKNOWN,
    MessageState.FAILED,
    MessageState.OWED,
    MessageState.SENDING,
    MessageState.QUEUED,
    MessageState.SAVED,
    MessageState.SENT,
    MessageState.MOVED,
    MessageState.OBSOLETE,
)


@dataclass(frozen=True, slots=True)
class MessageListed:
    """A message with its reader; ``mark`` if letters do not go to its address at present."""

    contact: str
    agency: str
    url: str
    mark: MarkedAddress | None
    id: int
    channel: str
    subject: str
    state: MessageState
    next_at: datetime
    attempts: int
    outcome: OutcomeClass | None  # of the last attempt
    outcome_code: str
    outcome_text: str
    settled_at: datetime | None


_COLUMNS = (
    OutboxMessage.id, OutboxMessage.channel, OutboxMessage.subject, OutboxMessage.state,
    OutboxMessage.next_at, OutboxMessage.attempts, OutboxMessage.outcome, OutboxMessage.outcome_code,
    OutboxMessage.outcome_text, OutboxMessage.settled_at,
)  # fmt: skip


def message_counts(session: Session) -> dict[MessageState, int]:
    """How many messages are in each state that has any."""
    query = sa.select(OutboxMessage.state, sa.func.count()).group_by(OutboxMessage.state)
    return {row[0]: row[1] for row in session.execute(query)}


def listed_messages(
    session: Session, state: MessageState | None, today: date, mark_days: int, part: slice
) -> list[MessageListed]:
    """The rows ``part.start`` to ``part.stop``, in the order in which they need a look, newest first.

    ``state``: only those. Marks on addresses are those of ``today``, over after ``mark_days``.
    """
    rank = sa.case({one: n for n, one in enumerate(MESSAGE_ORDER)}, value=OutboxMessage.state)
    query = (
        sa.select(*_COLUMNS, Contact.label, Agency.name, ContactAddress)
        .join_from(OutboxMessage, Contact, Contact.id == OutboxMessage.contact_id)
        .join(Agency, Agency.id == Contact.agency_id)
        .join(ContactAddress, ContactAddress.id == OutboxMessage.address_id)
    )
    if state:
        query = query.where(exactly(OutboxMessage.state, state)).order_by(OutboxMessage.id.desc())
    else:
        query = query.order_by(rank, OutboxMessage.id.desc())
    return [
        MessageListed(contact, agency, place.url, mark_on(place, agency, contact, today, mark_days), *said)
        for *said, contact, agency, place in session.execute(query.slice(part.start, part.stop))
    ]


def last_unknown(session: Session) -> int:
    """The highest id of the messages whose fate nobody knows; 0 if there is none."""
    ids = sa.select(sa.func.max(OutboxMessage.id))
    return session.scalar(ids.where(exactly(OutboxMessage.state, MessageState.UNKNOWN))) or 0
