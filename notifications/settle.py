"""What an outcome means for a message: sent, again later, another address, or visibly unknown."""

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session

from config.clock import office_day
from models.agencies import Contact, ContactAddress
from models.outbox import OutboxMessage
from models.register import the_committee
from notifications.claims import letters_of, note
from notifications.dispatch import insert_messages, new_message, tell_secretariat
from notifications.outbox import enqueue
from notifications.parcel import Outcome
from notifications.post_office import PostOffice
from notifications.readers import next_address
from rules.vocabulary import LetterKind, MessageState, OutcomeClass

#: These must arrive: when nobody knows whether they did, the next channel says them again.
IMPORTANT = frozenset(
    {
        LetterKind.ASSIGNMENT,
        LetterKind.URGING,
        LetterKind.ESCALATION,
        LetterKind.DECISION,
        LetterKind.DIGEST,
        LetterKind.CROSSING,
        LetterKind.RETURNED,
        LetterKind.HANDED_OVER,
        LetterKind.EXTENSION_ANSWER,
    }
)


def settle(
    session: Session, message: OutboxMessage, outcome: Outcome, now: datetime, office: PostOffice
) -> MessageState:
    """Record the outcome of one attempt, in the caller's transaction."""
    message.outcome, message.outcome_code = outcome.kind, outcome.code[:80]
    message.outcome_text = outcome.text[:500]
    message.provider_id = outcome.provider_id or message.provider_id
    state = _state_after(session, message, outcome, now)
    if state is MessageState.QUEUED:
        later = now + office.policy.retry_delay(message.attempts)
        message.next_at = later if message.urgent else office.soonest(later)
    note(session, message, state, now, outcome.code, outcome.text)
    if outcome.dead_address:
        address = session.get_one(ContactAddress, message.address_id)
        address.unusable_since, address.unusable_reason = office_day(now), outcome.text[:200]
    if state is MessageState.FAILED:
        _try_elsewhere(session, message, now, office, tell=True)
    elif state is MessageState.UNKNOWN and _important(session, message):
        _try_elsewhere(session, message, now, office, tell=False)
    return state


def settle_interrupted(session: Session, now: datetime, office: PostOffice) -> int:
    """What a dead pass left behind is unknown: it may have gone, so it never goes there again.

    Only the holder of the delivery lock may call this: then every message that is still "being
    sent" belongs to a pass that no longer lives.
    """
    rows = session.scalars(
        sa.select(OutboxMessage).where(OutboxMessage.state == MessageState.SENDING).order_by(OutboxMessage.id)
    ).all()
    for message in rows:
        text = "Lần gửi bị ngắt giữa chừng; chưa rõ thư đã đi hay chưa."
        settle(session, message, Outcome(OutcomeClass.UNKNOWN, "interrupted", text), now, office)
    return len(rows)


#: A channel that is not set up: waiting helps nobody who has another address.
NOT_SET_UP = "config"


def _state_after(session: Session, message: OutboxMessage, outcome: Outcome, now: datetime) -> MessageState:
    if outcome.kind is OutcomeClass.TRY_AGAIN:
        if outcome.code == NOT_SET_UP and _next(session, message) is not None:
            return MessageState.FAILED
        return MessageState.QUEUED if now < message.give_up_at else MessageState.FAILED
    return {
        OutcomeClass.SENT: MessageState.SENT,
        OutcomeClass.NEVER: MessageState.FAILED,
        OutcomeClass.UNKNOWN: MessageState.UNKNOWN,
    }[outcome.kind]


def _important(session: Session, message: OutboxMessage) -> bool:
    return any(letter.kind in IMPORTANT for letter in letters_of(session, message))


def _next(session: Session, message: OutboxMessage) -> ContactAddress | None:
    return next_address(session, message.contact_id, letters_of(session, message)[0].id or 0)


def _try_elsewhere(
    session: Session, message: OutboxMessage, now: datetime, office: PostOffice, tell: bool
) -> None:
    """The contact's next address; with none left the secretariat is told, if ``tell``."""
    letters = letters_of(session, message)
    ids, tasks = [letter.id for letter in letters if letter.id], [letter.task_id for letter in letters]
    address = _next(session, message)
    if address is not None and address.id is not None:
        place, urgent = (address.id, address.url), message.urgent
        again = new_message(message.bundle, ids[0], message.contact_id, place, urgent, now, office)
        insert_messages(session, [(again, ids)])
        return
    agency_id = session.get_one(Contact, message.contact_id).agency_id
    if tell:
        raise_trouble(session, agency_id, tasks, now, office)


def raise_trouble(
    session: Session,
    agency_id: str,
    task_ids: Iterable[int | None],
    now: datetime,
    office: PostOffice,
    unwritten: bool = False,
) -> None:
    """Tell the secretariat, once a day, of a body that got no letter.

    ``unwritten``: its letter could not be worded.
    """
    secretariat = the_committee(session).secretariat_id
    if agency_id != secretariat or unwritten:
        news = tell_secretariat(agency_id, task_ids, secretariat, now, office, unwritten)
        enqueue(session, [news], now)
