"""One delivery pass: interrupted sends settled, letters dispatched, messages claimed and sent.

A pass holds the database's delivery lock, so two never run at once; a claim is committed before
the I/O and settled after it. Whoever kills the process between the two leaves a message that the
next pass calls unknown: visible, and never sent again to that address.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError

from config.committee import Policy
from config.settings import Settings
from models.agencies import Contact
from models.db import exclusive, unit_of_work
from models.outbox import OutboxMessage
from notifications.claims import claim, hold_back, in_use, next_due, note
from notifications.compose import Desk, compose
from notifications.dispatch import dispatch
from notifications.parcel import Letter, Outcome, Parcel
from notifications.post_office import PostOffice
from notifications.settle import NOT_SET_UP, settle, settle_interrupted
from rules.vocabulary import MessageState, OutcomeClass
from rules.workdays import WorkCalendar

Post = Callable[[str, Parcel], Outcome]


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """What a pass did; ``busy`` means that another pass holds the lock and nothing was done."""

    busy: bool = False
    interrupted: int = 0
    bundled: int = 0
    by_state: dict[str, int] = field(default_factory=dict)
    channels_down: tuple[str, ...] = ()


#: The register was corrected, or another letter found the address dead, while this one waited.
_GONE = Outcome(OutcomeClass.NEVER, "withdrawn", "Địa chỉ này không còn được dùng.")


@dataclass(frozen=True, slots=True)
class _Envelope:
    message_key: int
    url: str
    parcel: Parcel


def deliver(
    engine: Engine, now: datetime, policy: Policy, calendar: WorkCalendar, settings: Settings, post: Post
) -> DeliveryReport:
    """Send all that may go by ``now``. One failing reader never stops the others."""
    office = PostOffice(policy, calendar, settings.mail_domain)
    counts: Counter[str] = Counter()
    down: set[str] = set()
    with exclusive(engine, "deliver") as ours:
        if not ours:
            return DeliveryReport(busy=True)
        with unit_of_work(engine) as session:
            interrupted = settle_interrupted(session, now, office)
        bundled = _dispatch(engine, now, office)
        while True:
            state, envelope = _claim_next(engine, now, office, settings, down)
            if state is None:
                more = _dispatch(engine, now, office)  # what this pass itself had to tell
                bundled += more
                if not more:
                    break
                continue
            if envelope is None:
                counts[state] += 1
                continue
            outcome = post(envelope.url, envelope.parcel)
            counts[_settle(engine, envelope.message_key, outcome, now, office, down)] += 1
        if down:
            with unit_of_work(engine) as session:
                later = office.soonest(now + policy.retry_delay(1))
                hold_back(session, down, now, later)
    return DeliveryReport(False, interrupted, bundled, dict(counts), tuple(sorted(down)))


def _dispatch(engine: Engine, now: datetime, office: PostOffice) -> int:
    with unit_of_work(engine) as session:
        return dispatch(session, now, office)


def _claim_next(
    engine: Engine, now: datetime, office: PostOffice, settings: Settings, down: set[str]
) -> tuple[MessageState | None, _Envelope | None]:
    """The next message marked as being sent, or what became of it instead, or nothing at all."""
    with unit_of_work(engine) as session:
        message = next_due(session, now, office.is_open(now), down)
        if message is None:
            return None, None
        if not in_use(session, message):
            return settle(session, message, _GONE, now, office), None
        claimed = claim(session, message, now)
        if claimed is None:
            return message.state, None
        try:
            letter = compose(Desk(session, now, office.policy, settings.base_url), claimed.letters)
        except SQLAlchemyError:
            raise
        except Exception as error:
            # One unwritable letter must not hold up everybody's morning; it is shown as failed.
            text = f"Không soạn được thư ({type(error).__name__})."
            note(session, message, MessageState.FAILED, now, "compose", text)
            return message.state, None
        message.subject = letter.subject[:300]
        label = session.get_one(Contact, message.contact_id).label
        assert message.id is not None
        parcel = _parcel(message, letter, label, claimed.letters[0].task_id, office.mail_domain)
        return message.state, _Envelope(message.id, claimed.url, parcel)


def _parcel(message: OutboxMessage, letter: Letter, label: str, task_id: int | None, domain: str) -> Parcel:
    root = f"<task-{task_id}@{domain}>" if task_id is not None else None
    return Parcel(letter, message.message_id, label, root)


def _settle(
    engine: Engine, key: int, outcome: Outcome, now: datetime, office: PostOffice, down: set[str]
) -> MessageState:
    with unit_of_work(engine) as session:
        message = session.get_one(OutboxMessage, key)
        if outcome.kind is OutcomeClass.TRY_AGAIN and outcome.code in ("connect", NOT_SET_UP):
            down.add(message.channel)  # the rest of this channel waits for the next pass
        return settle(session, message, outcome, now, office)
