"""Lists of what leaves the building: messages by state, letters without an address, marked addresses."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session, col

from models.agencies import Agency, Contact, ContactAddress
from models.ended_bodies import gone_ids
from models.outbox import OutboxLetter, OutboxMessage
from models.predicates import exactly
from rules.address_marks import in_use, over_on, spent_since
from rules.letter_words import LetterState, MessageState

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
class MarkedAddress:
    """An address that letters do not go to at present: whose it is, why, and when it is tried again."""

    id: int
    agency: str
    contact: str
    channel: str
    url: str
    since: date
    reason: str
    again_on: date


@dataclass(frozen=True, slots=True)
class MessageRow:
    """A message with its reader; ``mark`` if letters do not go to its address at present."""

    message: OutboxMessage
    contact: str
    agency: str
    url: str
    mark: MarkedAddress | None


def message_counts(session: Session) -> dict[MessageState, int]:
    """How many messages are in each state that has any."""
    query = sa.select(col(OutboxMessage.state), sa.func.count()).group_by(col(OutboxMessage.state))
    return {row[0]: row[1] for row in session.execute(query)}


def message_rows(
    session: Session, state: MessageState | None, today: date, mark_days: int, limit: int, offset: int
) -> list[MessageRow]:
    """One page of the messages, in the order in which they need a look, newest first."""
    rank = sa.case({one: n for n, one in enumerate(MESSAGE_ORDER)}, value=col(OutboxMessage.state))
    query = (
        sa.select(OutboxMessage, col(Contact.label), col(Agency.name), ContactAddress)
        .join(Contact, col(Contact.id) == col(OutboxMessage.contact_id))
        .join(Agency, col(Agency.id) == col(Contact.agency_id))
        .join(ContactAddress, col(ContactAddress.id) == col(OutboxMessage.address_id))
    )
    if state:
        query = query.where(exactly(OutboxMessage.state, state)).order_by(col(OutboxMessage.id).desc())
    else:
        query = query.order_by(rank, col(OutboxMessage.id).desc())
    return [
        MessageRow(message, label, agency, place.url, _mark(place, agency, label, today, mark_days))
        for message, label, agency, place in session.execute(query.limit(limit).offset(offset))
    ]


def _mark(
    place: ContactAddress, agency: str, label: str, today: date, mark_days: int
) -> MarkedAddress | None:
    if place.withdrawn or in_use(place.unusable_since, today, mark_days):
        return None
    return _marked(place, agency, label, mark_days)


def _marked(place: ContactAddress, agency: str, label: str, mark_days: int) -> MarkedAddress:
    assert place.id is not None
    assert place.unusable_since is not None
    since, reason = place.unusable_since, place.unusable_reason or ""
    again_on = over_on(since, mark_days)
    return MarkedAddress(place.id, agency, label, place.channel or "", place.url, since, reason, again_on)


def marked_addresses(session: Session, today: date, mark_days: int, limit: int) -> list[MarkedAddress]:
    """The addresses in the register that letters do not go to at present, by body."""
    query = (
        sa.select(ContactAddress, col(Agency.name), col(Contact.label))
        .join(Contact, col(Contact.id) == col(ContactAddress.contact_id))
        .join(Agency, col(Agency.id) == col(Contact.agency_id))
        .where(*_is_marked(today, mark_days))
        .order_by(col(Agency.name), col(ContactAddress.id))
    )
    return [
        _marked(place, agency, label, mark_days)
        for place, agency, label in session.execute(query.limit(limit))
    ]


def count_marked(session: Session, today: date, mark_days: int) -> int:
    """How many addresses in the register letters do not go to at present."""
    query = (
        sa.select(sa.func.count())
        .select_from(ContactAddress)
        .join(Contact, col(Contact.id) == col(ContactAddress.contact_id))
    )
    return session.scalar(query.where(*_is_marked(today, mark_days))) or 0


def _is_marked(today: date, mark_days: int) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        col(ContactAddress.unusable_since) > spent_since(today, mark_days),
        col(ContactAddress.withdrawn).is_(False),
        col(Contact.active).is_(True),
    )


@dataclass(frozen=True, slots=True)
class Homeless:
    """Letters that reach nobody: the first of them with the names of their bodies, and how many there are."""

    rows: list[sa.Row[tuple[OutboxLetter, str]]]
    count: int


def homeless_letters(session: Session, today: date, limit: int, *, gone: bool) -> Homeless:
    """Letters that reach nobody. ``gone``: those to bodies that have ended, which no address would help."""
    body = col(OutboxLetter.agency_id)
    where: tuple[sa.ColumnElement[bool], ...] = (
        col(OutboxLetter.state) == LetterState.NO_CONTACT,
        body.in_(gone_ids(today)) if gone else body.not_in(gone_ids(today)),
    )
    query = (
        sa.select(OutboxLetter, col(Agency.name))
        .join(Agency, col(Agency.id) == body)
        .where(*where)
        .order_by(col(Agency.name), col(OutboxLetter.id).desc())
    )
    count = session.scalar(sa.select(sa.func.count()).select_from(OutboxLetter).where(*where)) or 0
    return Homeless(list(session.execute(query.limit(limit))), count)


def letter_count(session: Session, state: LetterState) -> int:
    """How many letters are in a state."""
    query = sa.select(sa.func.count()).select_from(OutboxLetter).where(col(OutboxLetter.state) == state)
    return session.scalar(query) or 0


def last_unknown(session: Session) -> int:
    """The highest id of the messages whose fate nobody knows; 0 if there is none."""
    ids = sa.select(sa.func.max(col(OutboxMessage.id)))
    return session.scalar(ids.where(exactly(OutboxMessage.state, MessageState.UNKNOWN))) or 0
