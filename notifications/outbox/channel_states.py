"""Channels that do not work: stopped after a letter or two, for all workers and hosts, and tried again.

The state lies in the database, so that neither the next pass nor another host meets the trouble anew.
"""

from datetime import UTC, datetime

import sqlalchemy as sa
from sqlmodel import Session

from models.database.bulk import insert_new
from models.database.predicates import exactly
from models.installation.workers import Worker
from models.tables.outbox import ChannelState, OutboxMessage
from notifications.outbox.message_door import hasten
from notifications.outbox.parcel import Outcome, Trouble
from notifications.outbox.post_office import PostOffice
from notifications.outbox.telling import tell_of_channel
from rules.letter_words import MessageState
from rules.outbox.channel_pauses import STRIKES, pause

#: Due whatever the time is.
_AT_ONCE = datetime(2000, 1, 1, tzinfo=UTC)


def troubled(session: Session) -> list[ChannelState]:
    """The channels in trouble, by name."""
    query = sa.select(ChannelState).where(ChannelState.since.is_not(None)).order_by(ChannelState.channel)
    return list(session.scalars(query))


def paused(session: Session, now: datetime) -> frozenset[str]:
    """Channels that nothing is handed to before a later instant."""
    return frozenset(session.scalars(sa.select(ChannelState.channel).where(ChannelState.paused_until > now)))


def failed(session: Session, channel: str, outcome: Outcome, office: PostOffice) -> datetime | None:
    """Count a failure that may be, or is, the channel's; the instant of its next probe if it is stopped."""
    state, now = _held(session, channel), office.now
    if state.paused_until is not None and state.paused_until > now:
        return state.paused_until  # another worker's letter has found it out a moment ago
    if outcome.trouble is Trouble.SUSPECTED and state.strikes + 1 < STRIKES:
        state.strikes += 1
        session.flush()  # the next claim asks the database, past the session
        return None
    state.strikes, state.stops = 0, state.stops + 1
    state.since, state.paused_until = state.since or now, now + pause(state.stops)
    state.code, state.text = outcome.code[:80], outcome.text[:500]
    session.flush()
    tell_of_channel(session, state, office)
    return state.paused_until


def worked(session: Session, channel: str) -> None:
    """The channel has carried a letter: its trouble is over, and what it owes may go."""
    state = _held(session, channel)
    state.strikes = state.stops = 0
    state.since = state.paused_until = None
    session.flush()
    wake(session, OutboxMessage.channel == channel)


def wake(session: Session, *which: sa.ColumnElement[bool]) -> int:
    """Let owed messages go with the next pass instead of on the next morning; returns how many."""
    owed = exactly(OutboxMessage.state, MessageState.OWED)
    return hasten(session, _AT_ONCE, owed, *which)


def take_probe(session: Session, channel: str, worker: Worker) -> bool:
    """Whether this worker may try a channel with its first letter of a pass; one worker at a time."""
    state = _held(session, channel)
    if state.probe_by is not None and not worker.is_gone(session, state.probe_by):
        return state.probe_by == worker.number
    state.probe_by = worker.number
    return True


def end_probe(session: Session, channel: str, worker: Worker) -> None:
    """The first letter has its answer: the others may go on, or have seen the channel stopped."""
    state = _held(session, channel)
    if state.probe_by == worker.number:
        state.probe_by = None


def forget_probes(session: Session, worker: Worker) -> None:
    """A forerunner under the same number may have died while it tried a channel."""
    mine = ChannelState.probe_by == worker.number
    session.connection().execute(sa.update(ChannelState).where(mine).values(probe_by=None))


def _held(session: Session, channel: str) -> ChannelState:
    """The channel's row, locked; made if nothing was ever known of it."""
    query = sa.select(ChannelState).where(ChannelState.channel == channel).with_for_update()
    found = session.scalars(query).first()
    if found is None:
        fresh = {"channel": channel, "strikes": 0, "stops": 0, "code": "", "text": ""}
        insert_new(session, ChannelState, [fresh], "channel")
        found = session.scalars(query).one()
    return found
