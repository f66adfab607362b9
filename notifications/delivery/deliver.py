"""One delivery pass: interrupted sends settled, letters dispatched, messages claimed and sent.

A pass is a worker: it claims and settles on the one database session that holds its lock, and ends with
it. A claim is committed before the I/O and settled after it, and no transaction is open meanwhile. Whoever
kills worker or session between the two leaves a message that another pass calls unknown: visible, and
never sent again to that address by itself. On PostgreSQL passes work side by side (decision 0003).
"""

from dataclasses import replace
from threading import Event

from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from config.act import Act
from config.settings import Settings
from models.db import one_at_a_time, reading, unit_of_work
from models.installation.workers import SessionLost, worker
from models.people.held.stand_ins import in_whose_place
from notifications.delivery.account import ChannelTrouble, DeliveryReport, left_behind
from notifications.delivery.dispatch import dispatch
from notifications.delivery.portions import portions
from notifications.delivery.readdress import absorb, leave_channels, may_go
from notifications.delivery.round import DeliveryPass, Envelope, Post, Posted, Stop, never
from notifications.delivery.seat_check import still_theirs
from notifications.delivery.settle import settle, settle_interrupted
from notifications.delivery.still_true import true_letters
from notifications.outbox.carried import Carried
from notifications.outbox.channel_states import end_probe, paused
from notifications.outbox.claims import Claimed, Due, put_aside
from notifications.outbox.message_door import MessageStep, Sets, swap_and_note
from notifications.outbox.message_ids import installation_secret, message_id, thread_root
from notifications.outbox.parcel import Letter, Outcome, Parcel
from notifications.outbox.post_office import PostOffice
from notifications.outbox.telling import raise_trouble
from notifications.witness.left_out import leave_out_said
from notifications.witness.restore_guard import Halted, open_guard
from notifications.writing.compose import compose
from notifications.writing.writers_desk import Instead, WritersDesk
from rules.letter_words import MessageState, Unreached
from rules.outbox.kinds import OWN_MAILBOX
from rules.outbox.payloads.keys import LetterKind
from rules.outbox.seated_readers import LettersTo

__all__ = ["ChannelTrouble", "DeliveryReport", "Post", "Stop", "deliver", "never"]

#: Seconds between two tries to write down, on a new session, what became of the letter in the air.
_LATE = (0.0, 0.5, 1.0, 2.0, 4.0)
#: After these the letters may have gone on by another channel.
_GOES_ON = frozenset({MessageState.FAILED, MessageState.MOVED, MessageState.UNKNOWN})
_A_MOMENT = 0.05  # seconds, until another worker's probe is asked for again


def deliver(engine: Engine, act: Act, settings: Settings, post: Post, stop: Stop = never) -> DeliveryReport:
    """Send all that may go by now, or until ``stop`` says so; one failing reader never stops the rest."""
    office = PostOffice(act.office, act.now, settings.mail_domain, LettersTo(settings.letters_to))
    interrupted = bundled = 0
    with worker(engine) as ours:
        if ours is None:
            return DeliveryReport(busy=True)
        work, halted = DeliveryPass(engine, ours, office, settings, stop), None
        try:
            with open_guard(engine, settings, act.now) as work.guard:
                with ours.unit_of_work() as session:
                    work.secret = installation_secret(session)
                    interrupted = settle_interrupted(session, office, ours)
                bundled = _until_done(work, post)
        except Halted as reason:
            halted = str(reason)
        except SessionLost:
            settled = tuple(work.settled)
            return DeliveryReport(False, interrupted, bundled, dict(work.counts), lost=True, settled=settled)
    counts, notes, settled = dict(work.counts), work.guard.notes, tuple(work.settled)
    found = DeliveryReport(False, interrupted, bundled, counts, halted=halted, settled=settled, notes=notes)
    with reading(engine) as session:
        return left_behind(session, found, office.today, office.mark_days)


def _until_done(work: DeliveryPass, post: Post) -> int:
    """Dispatch and send until neither finds anything; returns how many messages were made."""
    bundled = more = _dispatch(work)
    while not work.stop():
        _send_all(work, post)
        moved = _leave_stopped_channels(work)
        more = _dispatch(work)  # what this pass itself had to tell
        bundled += more
        if not (more or moved):
            break
    return bundled


def _dispatch(work: DeliveryPass) -> int:
    """Portion after portion, each its own commit; one worker at a time."""
    with work.worker.unit_of_work() as session:
        waiting = portions(session, work.office)
    made = 0
    for bodies in waiting:
        with work.worker.unit_of_work() as session:
            one_at_a_time(session, "dispatch")
            made += dispatch(session, work.office, bodies)
    work.lanes = work.ended = None  # as of now: dispatch has just asked the register again
    return made


def _leave_stopped_channels(work: DeliveryPass) -> int:
    """What waits for a channel that was stopped goes by another one, where its reader has one."""
    after: int | None = 0
    moved = 0
    while after is not None and not work.stop():
        with work.worker.unit_of_work() as session:
            stopped = paused(session, work.now)
            if not stopped:
                break
            some, after = leave_channels(session, stopped, after, work.office)
        moved += some
        work.counts.update({MessageState.MOVED: some} if some else {})
    return moved


def _send_all(work: DeliveryPass, post: Post) -> None:
    """One message after another. What became of one is written down together with the claim of the next.

    The claim itself is committed before its message leaves, as decision 0003 asks.
    """
    posted: Posted | None = None
    while True:
        envelope = _turn(work, posted)
        if envelope is not None:
            posted = Posted(envelope.claimed, _hand_over(work, envelope, post))
        elif work.held and not work.stop():
            posted = None
            work.held.clear()
            Event().wait(_A_MOMENT)
        else:
            break


def _hand_over(work: DeliveryPass, envelope: Envelope, post: Post) -> Outcome:
    """Write down outside the database that the message leaves, let it leave, and write down what was said."""
    due, ours = envelope.claimed.due, envelope.parcel.message_id
    try:
        work.guard.note(ours, due.identity, envelope.letters, work.now)
    except Halted:
        with work.worker.unit_of_work() as session:  # nothing of it has left: as if it had not been claimed
            back: Sets = {"attempts": due.attempts, "claimed_by": None}
            step = MessageStep(due.id, envelope.claimed.claim, MessageState.SENDING, due.state)
            swap_and_note(session, step, back, work.now, ("witness", ""))
        raise
    outcome = post(envelope.url, envelope.parcel)
    work.guard.settled(ours, outcome.kind)
    return outcome


def _turn(work: DeliveryPass, posted: Posted | None) -> Envelope | None:
    """Settle what was posted and claim the next message, in one commit; None if nothing is left."""
    try:
        with work.worker.unit_of_work() as session:
            states = [] if posted is None else _settle(session, work, posted)
            envelope = None if work.stop() else _claim_next(session, work, states)
    except SessionLost:
        if posted is not None:
            _settle_late(work, posted)
        raise
    except Exception:
        if posted is not None:  # the trouble of the next message must not put this one in doubt
            with work.worker.unit_of_work() as session:
                _settle(session, work, posted)
        raise
    work.counts.update(states)
    return envelope


def _settle_late(work: DeliveryPass, posted: Posted) -> None:
    """The session is gone, the answer is known: write it down if nobody has called it unknown meanwhile."""
    for pause in _LATE:
        Event().wait(pause)
        try:
            with unit_of_work(work.engine) as session:
                work.counts.update(_settle(session, work, posted))
            return
        except SQLAlchemyError:
            continue  # the database is still away; whoever comes next will call the message unknown


def _claim_next(session: Session, work: DeliveryPass, states: list[MessageState]) -> Envelope | None:
    """The next message, marked as being sent; what became of others on the way is added to ``states``."""
    while (due := work.next_due(session)) is not None:
        if not work.may_try(session, due.channel):
            continue
        envelope = _ready(session, work, due, states)
        if envelope is not None:
            return envelope
        work.lanes = None  # it may have gone on by another channel
    return None


def _ready(session: Session, work: DeliveryPass, due: Due, states: list[MessageState]) -> Envelope | None:
    """The message claimed and in words; None if it has been dealt with otherwise."""
    absorb(session, due, work.now)
    letters = true_letters(session, due, work.ended_bodies(session), work.now)
    if not letters:
        put_aside(session, due, MessageState.OBSOLETE, work.now, "Không còn nội dung cần gửi.")
        states.append(MessageState.OBSOLETE)
        return None
    letters = still_theirs(session, due, letters, work.office)
    if not letters or not may_go(session, due, letters, work.office):
        return None
    letters = leave_out_said(session, work.guard, due, letters, work.now)
    if not letters:
        return None
    words = _worded(session, work, due, letters)
    if words is None:
        states.append(MessageState.FAILED)
        return None
    return _claimed(session, work, due, letters, words)


def _worded(session: Session, work: DeliveryPass, due: Due, letters: tuple[Carried, ...]) -> Letter | None:
    """The letters in words; a message that cannot be worded has failed, and the secretariat is told."""
    try:
        return compose(_desk_of(session, work, due, letters), letters)
    except SQLAlchemyError:
        raise
    except Exception as error:
        # One unwritable letter must not hold up everybody's morning.
        text = f"Không soạn được thư ({type(error).__name__})."
        put_aside(session, due, MessageState.FAILED, work.now, text, "compose")
        if letters[0].kind not in (LetterKind.NO_CONTACT, LetterKind.CHANNEL_DOWN):
            tasks = [letter.task_id for letter in letters]
            raise_trouble(session, due.agency_id, tasks, Unreached.UNWRITTEN, work.office)
        return None


def _desk_of(session: Session, work: DeliveryPass, due: Due, letters: tuple[Carried, ...]) -> WritersDesk:
    """Where the letters are worded: to a deputy they say in whose place."""
    desk = work.desk(session)
    if due.person_id is None or letters[0].kind in OWN_MAILBOX:
        return desk
    bodies = {letter.agency_id for letter in letters}
    absent = in_whose_place(session, due.person_id, bodies, work.office.today)
    return replace(desk, instead=Instead(due.label, absent)) if absent else desk


def _claimed(
    session: Session, work: DeliveryPass, due: Due, letters: tuple[Carried, ...], words: Letter
) -> Envelope:
    """Mark the message as being sent, under its subject, by the session that holds our lock."""
    ours = message_id(work.secret, due.identity, (letter.key for letter in letters), work.office.mail_domain)
    values: Sets = {
        "claim": due.claim + 1,
        "claimed_by": work.worker.number,
        "attempts": due.attempts + 1,
        "subject": words.subject[:300],
        "message_id": ours,
    }
    step = MessageStep(due.id, due.claim, due.state, MessageState.SENDING)
    if not swap_and_note(session, step, values, work.now, ("", ""), *work.worker.is_here()):
        raise SessionLost
    work.guard.counted(session, work.now)
    ids, tasks, kinds = zip(*((one.id, one.task_id, one.kind) for one in letters), strict=True)
    root = _thread(session, due, letters[0].task_id, ours)
    parcel = Parcel(words, ours, due.label, root)
    claimed = Claimed(due, due.claim + 1, due.attempts + 1, ids, tasks, kinds)
    return Envelope(claimed, due.url, parcel, letters)


def _thread(session: Session, due: Due, task_id: int | None, ours: str) -> str | None:
    """What a letter about a task refers to: the first one that its reader got, or itself if it is that."""
    if task_id is None or not due.identity.startswith("mailbox:"):
        return None
    return thread_root(session, task_id, due.identity) or ours


def _settle(session: Session, work: DeliveryPass, posted: Posted) -> list[MessageState]:
    """What became of a message; nothing, if somebody has settled its claim meanwhile."""
    channel = posted.claimed.due.channel
    state = settle(session, posted.claimed, posted.outcome, work.office)
    work.settled.append(posted.claimed.due.id)
    if channel not in work.proven and work.worker.process:
        end_probe(session, channel, work.worker)
        if posted.outcome.trouble is None:
            work.proven.add(channel)
    if state in _GOES_ON or posted.outcome.trouble is not None:
        work.lanes = None
    return [] if state is None else [state]
