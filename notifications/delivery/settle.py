"""What an outcome means for a message: sent, again later, another address, owed, or visibly unknown.

Every settlement names the claim that it settles; if the message is no longer held by that claim,
nothing happens (decision 0003).
"""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session

from config.clock import office_day
from models.database.predicates import exactly
from models.installation.workers import Worker
from models.tables.agencies import Contact, ContactAddress
from models.tables.outbox import OutboxLetter, OutboxMessage
from notifications.outbox import channel_states
from notifications.outbox.claims import Claimed, Due, letters_of
from notifications.outbox.message_door import MessageStep, Sets, swap_and_note
from notifications.outbox.messages import send_on
from notifications.outbox.parcel import Outcome, Trouble
from notifications.outbox.post_office import PostOffice
from notifications.outbox.readers import Reach, next_address
from notifications.outbox.telling import raise_trouble
from rules.letter_words import MessageState, OutcomeClass, Unreached
from rules.outbox.address_marks import over_on
from rules.outbox.kinds import IMPORTANT
from rules.outbox.payloads.keys import LetterKind

#: Codes of ``registry.post`` for an address that no channel takes, or that the office does not let out.
_NO_PLUGIN = frozenset({"address", "schema", "inside", "option"})
_TAKEN = {
    OutcomeClass.SENT: MessageState.SENT,
    OutcomeClass.SAVED: MessageState.SAVED,
    OutcomeClass.UNKNOWN: MessageState.UNKNOWN,
}


def settle(session: Session, claimed: Claimed, outcome: Outcome, office: PostOffice) -> MessageState | None:
    """Record the outcome of one attempt, in the caller's transaction; None if it was settled meanwhile."""
    due, now = claimed.due, office.now
    probe_at = _of_channel(session, due, outcome, office)
    place = _elsewhere(session, claimed, outcome, probe_at is not None, office)
    state, next_at = _after(claimed, outcome, place is not None, probe_at, office)
    values: Sets = {
        "outcome": outcome.kind,
        "outcome_code": outcome.code[:80],
        "outcome_text": outcome.text[:500],
        "settled_at": None if next_at else now,
    }
    if next_at:
        values["next_at"] = next_at
    if outcome.provider_id:
        values["provider_id"] = outcome.provider_id
    step = MessageStep(due.id, claimed.claim, MessageState.SENDING, state)
    if not swap_and_note(session, step, values, now, (outcome.code, outcome.text)):
        return None
    _mark(session, due, outcome, now)
    if place is not None:
        send_on(session, due, claimed.letters, place, office)
    elif state is MessageState.FAILED or (
        state is MessageState.OWED
        and (due.state is not MessageState.OWED or _urges_today(session, claimed, now))
    ):
        raise_trouble(session, due.agency_id, claimed.tasks, _reason(outcome), office)
    return state


def _of_channel(session: Session, due: Due, outcome: Outcome, office: PostOffice) -> datetime | None:
    """What the outcome says of the channel; the instant of its next probe if it is stopped."""
    if outcome.trouble is not None:
        return channel_states.failed(session, due.channel, outcome, office)
    if due.shaky and outcome.kind in (OutcomeClass.SENT, OutcomeClass.SAVED):
        channel_states.worked(session, due.channel)
    return None


def _elsewhere(
    session: Session, claimed: Claimed, outcome: Outcome, stopped: bool, office: PostOffice
) -> tuple[int, str] | None:
    """Where the letters go on to, if the outcome asks for another address and there is one."""
    if outcome.kind in (OutcomeClass.SENT, OutcomeClass.SAVED):
        return None
    if outcome.kind is OutcomeClass.UNKNOWN and IMPORTANT.isdisjoint(claimed.kinds):
        return None
    if outcome.kind is OutcomeClass.TRY_AGAIN and not stopped and not _given_up(claimed, office.now):
        return None
    due = claimed.due
    reach = Reach(office.today, office.mark_days, channel_states.paused(session, office.now))
    return next_address(session, due.contact_id, claimed.letters, due.id, reach)


def _after(
    claimed: Claimed,
    outcome: Outcome,
    moves: bool,
    probe_at: datetime | None,
    office: PostOffice,
) -> tuple[MessageState, datetime | None]:
    """The state after an outcome, and when the message is tried again, if it is."""
    due, given_up = claimed.due, _given_up(claimed, office.now)
    if outcome.kind in _TAKEN:
        return _TAKEN[outcome.kind], None
    if outcome.kind is OutcomeClass.NEVER:
        if moves or not outcome.dead_address:
            return MessageState.FAILED, None
        end = over_on(office.today, office.mark_days)
        return MessageState.OWED, office.first_morning(end)
    if moves:
        return (MessageState.FAILED if given_up else MessageState.MOVED), None
    owed = due.state is MessageState.OWED or given_up
    state = MessageState.OWED if owed else MessageState.QUEUED
    if probe_at is not None:
        return state, probe_at if due.urgent else office.soonest(probe_at)
    if owed:
        return state, office.next_morning()
    later = office.now + office.policy.retry_delay(claimed.attempts)
    return state, later if due.urgent else office.soonest(later)


def _urges_today(session: Session, claimed: Claimed, now: datetime) -> bool:
    """Whether an urging of today travels in a message that was owed before: that is news."""
    if LetterKind.URGING not in claimed.kinds:
        return False
    news = sa.exists().where(
        OutboxLetter.id.in_(claimed.letters),
        OutboxLetter.kind == LetterKind.URGING,
        OutboxLetter.scheduled_on == office_day(now),
    )
    return bool(session.scalar(sa.select(news)))


def _given_up(claimed: Claimed, now: datetime) -> bool:
    return now >= claimed.due.give_up_at


def _reason(outcome: Outcome) -> Unreached:
    if outcome.trouble is Trouble.CHANNEL:
        return Unreached.CHANNEL
    if outcome.code in _NO_PLUGIN:
        return Unreached.NO_ADDRESS
    return Unreached.REFUSED if outcome.kind is OutcomeClass.NEVER else Unreached.NOT_TAKEN


def _mark(session: Session, due: Due, outcome: Outcome, now: datetime) -> None:
    """A mark on an address that an answer calls dead; any success lifts it, wherever the place is named."""
    delivered = outcome.kind in (OutcomeClass.SENT, OutcomeClass.SAVED)
    if outcome.dead_address:
        values = {"unusable_since": office_day(now), "unusable_reason": outcome.text[:200]}
    elif delivered and due.marked_on is not None:
        values = {"unusable_since": None, "unusable_reason": None}
    else:
        return
    same = ContactAddress.identity == due.identity
    session.connection().execute(sa.update(ContactAddress).where(same).values(values))
    if delivered:
        _wake_owed(session, due)


def _wake_owed(session: Session, due: Due) -> None:
    places = sa.select(ContactAddress.id).where(ContactAddress.identity == due.identity)
    channel_states.wake(session, OutboxMessage.address_id.in_(places))


def settle_interrupted(session: Session, office: PostOffice, worker: Worker) -> int:
    """What a dead worker left behind is unknown: it may have gone, so it never goes there again by itself.

    A message that is still "being sent" belongs to a living worker, or to one whose session is gone:
    then its lock is free (``Worker.is_gone``), or is ours. Call it before ``worker`` claims anything.
    """
    channel_states.forget_probes(session, worker)
    sending = exactly(OutboxMessage.state, MessageState.SENDING)
    owners = session.scalars(sa.select(OutboxMessage.claimed_by).where(sending).distinct()).all()
    gone = [owner for owner in owners if owner == worker.number or worker.is_gone(session, owner)]
    if not gone:
        return 0
    by_number = OutboxMessage.claimed_by.in_([owner for owner in gone if owner is not None])
    theirs = by_number | OutboxMessage.claimed_by.is_(None) if None in gone else by_number
    rows = session.scalars(sa.select(OutboxMessage).where(sending, theirs).order_by(OutboxMessage.id)).all()
    text = "Lần gửi bị ngắt giữa chừng; chưa rõ thư đã đi hay chưa."
    interrupted = Outcome(OutcomeClass.UNKNOWN, "interrupted", text)
    return sum(settle(session, _found(session, row), interrupted, office) is not None for row in rows)


def _found(session: Session, message: OutboxMessage) -> Claimed:
    """A claim of somebody else, as its row tells it."""
    letters: list[OutboxLetter] = letters_of(session, message.id or 0)
    address = session.get_one(ContactAddress, message.address_id)
    contact = session.get_one(Contact, message.contact_id)
    due = Due(
        message.id or 0, MessageState.QUEUED, message.claim, message.bundle, message.channel, message.urgent,
        message.attempts, message.give_up_at, message.contact_id, message.address_id, address.url,
        address.identity or "", address.withdrawn, address.unusable_since, contact.label, contact.agency_id,
        contact.active, contact.person_id, False,
    )  # fmt: skip
    return Claimed(
        due,
        message.claim,
        message.attempts,
        tuple(letter.id or 0 for letter in letters),
        tuple(letter.task_id for letter in letters),
        tuple(letter.kind for letter in letters),
    )
