"""One delivery pass: interrupted sends settled, letters dispatched, messages claimed and sent.

A pass holds the database's delivery lock, so two never run at once; a claim is committed before
the I/O and settled after it. Whoever kills the process between the two leaves a message that the
next pass calls unknown: visible, and never sent again to that address.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from config.committee import Policy
from config.settings import Settings
from models.db import exclusive, unit_of_work
from models.outbox import OutboxMessage
from notifications.carried import Carried
from notifications.claims import (
    Target,
    claim,
    hold_back,
    next_due,
    note,
    true_letters,
)
from notifications.compose import Desk, compose
from notifications.delivery_report import DeliveryReport as DeliveryReport
from notifications.dispatch import dispatch
from notifications.parcel import Letter, Outcome, Parcel
from notifications.post_office import PostOffice
from notifications.settle import NOT_SET_UP, raise_trouble, settle, settle_interrupted
from rules.facts import Digest
from rules.vocabulary import LetterKind, MessageState, OutcomeClass
from rules.workdays import WorkCalendar

Post = Callable[[str, Parcel], Outcome]


#: The register was corrected, or another letter found the address dead, while this one waited.
_GONE = Outcome(OutcomeClass.NEVER, "withdrawn", "Địa chỉ này không còn được dùng.")


@dataclass(frozen=True, slots=True)
class _Envelope:
    message: OutboxMessage
    url: str
    parcel: Parcel


@dataclass(frozen=True, slots=True)
class _Posted:
    """What a channel has answered, not yet written down."""

    message: OutboxMessage
    outcome: Outcome


@dataclass(slots=True)
class _Pass:
    """One delivery pass: what it works with, and what it has found out on the way."""

    engine: Engine
    now: datetime
    office: PostOffice
    settings: Settings
    counts: Counter[str] = field(default_factory=Counter)
    down: set[str] = field(default_factory=set)
    digests: dict[date, Digest] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def desk(self, session: Session) -> Desk:
        """Where this pass words its letters."""
        policy, base_url = self.office.policy, self.settings.base_url
        return Desk(session, self.now, policy, base_url, self.digests, self.names)

    def next_due(self, session: Session) -> tuple[OutboxMessage, Target] | None:
        """The message that this pass should send next, and where to."""
        return next_due(session, self.now, self.office.is_open(self.now), self.down)


def deliver(
    engine: Engine, now: datetime, policy: Policy, calendar: WorkCalendar, settings: Settings, post: Post
) -> DeliveryReport:
    """Send all that may go by ``now``. One failing reader never stops the others."""
    office = PostOffice(policy, calendar, settings.mail_domain)
    work = _Pass(engine, now, office, settings)
    with exclusive(engine, "deliver") as ours:
        if not ours:
            return DeliveryReport(busy=True)
        with unit_of_work(engine) as session:
            interrupted = settle_interrupted(session, now, office)
        bundled = _dispatch(engine, now, office)
        while True:
            _send_all(work, post)
            more = _dispatch(engine, now, office)  # what this pass itself had to tell
            bundled += more
            if not more:
                break
        if work.down:
            with unit_of_work(engine) as session:
                later = office.soonest(now + policy.retry_delay(1))
                hold_back(session, work.down, now, later)
    return DeliveryReport(False, interrupted, bundled, dict(work.counts), tuple(sorted(work.down)))


def _dispatch(engine: Engine, now: datetime, office: PostOffice) -> int:
    with unit_of_work(engine) as session:
        return dispatch(session, now, office)


def _send_all(work: _Pass, post: Post) -> None:
    """One message after another. What became of one is written down together with the claim of the next.

    The claim itself is committed before its message leaves, as decision 0003 asks.
    """
    posted: _Posted | None = None
    while (envelope := _turn(work, posted)) is not None:
        posted = _Posted(envelope.message, post(envelope.url, envelope.parcel))


def _turn(work: _Pass, posted: _Posted | None) -> _Envelope | None:
    """Settle what was posted and claim the next message, in one commit; None if nothing is left."""
    try:
        with unit_of_work(work.engine) as session:
            states = [] if posted is None else [_settle(session, work, posted)]
            envelope = _claim_next(session, work, states)
    except Exception:
        if posted is not None:  # the trouble of the next message must not put this one in doubt
            with unit_of_work(work.engine) as session:
                _settle(session, work, posted)
        raise
    work.counts.update(states)
    return envelope


def _claim_next(session: Session, work: _Pass, states: list[MessageState]) -> _Envelope | None:
    """The next message, marked as being sent; what became of others on the way is added to ``states``."""
    while (found := work.next_due(session)) is not None:
        message, target = found
        if not target.in_use:
            states.append(settle(session, message, _GONE, work.now, work.office))
            continue
        envelope = _ready(session, work, message, target)
        if envelope is not None:
            return envelope
        states.append(message.state)
    return None


def _ready(session: Session, work: _Pass, message: OutboxMessage, target: Target) -> _Envelope | None:
    """The message claimed and in words; None if nothing in it still holds, or it cannot be worded."""
    letters = true_letters(session, message)
    if not letters:
        note(session, message, MessageState.OBSOLETE, work.now, text="Không còn nội dung cần gửi.")
        return None
    words = _worded(session, work, message, letters)
    if words is None:
        return None
    claim(session, message, words.subject, work.now)
    task_id = letters[0].task_id
    root = f"<task-{task_id}@{work.office.mail_domain}>" if task_id is not None else None
    return _Envelope(message, target.url, Parcel(words, message.message_id, target.label, root))


def _worded(
    session: Session, work: _Pass, message: OutboxMessage, letters: tuple[Carried, ...]
) -> Letter | None:
    """The letters in words; a message that cannot be worded has failed, and the secretariat is told."""
    try:
        return compose(work.desk(session), letters)
    except SQLAlchemyError:
        raise
    except Exception as error:
        # One unwritable letter must not hold up everybody's morning.
        text = f"Không soạn được thư ({type(error).__name__})."
        note(session, message, MessageState.FAILED, work.now, "compose", text)
        if letters[0].kind is not LetterKind.NO_CONTACT:
            tasks = [letter.task_id for letter in letters]
            raise_trouble(session, letters[0].agency_id, tasks, work.now, work.office, unwritten=True)
        return None


def _settle(session: Session, work: _Pass, posted: _Posted) -> MessageState:
    message, outcome = posted.message, posted.outcome
    session.add(message)  # as it was claimed: nobody else writes while this pass holds the lock
    if outcome.kind is OutcomeClass.TRY_AGAIN and outcome.code in ("connect", NOT_SET_UP):
        work.down.add(message.channel)  # the rest of this channel waits for the next pass
    return settle(session, message, outcome, work.now, work.office)
