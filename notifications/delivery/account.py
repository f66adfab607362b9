"""What a delivery pass did, and what it left for people to know."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Session

from models.database.predicates import exactly
from models.outbox.reachability import secretariat_unreachable
from models.tables.outbox import OutboxMessage
from notifications.outbox.channel_states import troubled
from rules.letter_words import MessageState


@dataclass(frozen=True, slots=True)
class ChannelTrouble:
    """A channel that does not work: since when, what it said, and when it is tried next."""

    channel: str
    since: datetime
    text: str = ""
    paused_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """What a pass did; ``busy`` means that another pass holds the lock and nothing was done.

    ``settled`` are the ids of the messages of which it wrote down what became of them. ``unknown`` and
    ``owed`` count what lies in the database, whoever left it there; ``lost``: the database's session was
    lost on the way, and the pass ended early.
    """

    busy: bool = False
    interrupted: int = 0
    bundled: int = 0
    by_state: dict[str, int] = field(default_factory=dict)
    channels_down: tuple[str, ...] = ()
    unknown: int = 0
    owed: int = 0
    troubles: tuple[ChannelTrouble, ...] = ()
    halted: str | None = None
    secretariat_unreachable: str | None = None
    lost: bool = False
    settled: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()  # what the guard against set-back databases has found (Vietnamese)


def left_behind(session: Session, report: DeliveryReport, today: date, mark_days: int) -> DeliveryReport:
    """The report with what the database holds for people to know, whoever left it there."""
    down = tuple(
        ChannelTrouble(state.channel, state.since, state.text, state.paused_until)
        for state in troubled(session)
        if state.since is not None
    )
    return replace(
        report,
        channels_down=tuple(trouble.channel for trouble in down),
        troubles=down,
        unknown=_counted(session, MessageState.UNKNOWN),
        owed=_counted(session, MessageState.OWED),
        secretariat_unreachable=secretariat_unreachable(session, today, mark_days),
    )


def _counted(session: Session, state: MessageState) -> int:
    """How many messages stand in a state that has an index of its own."""
    query = sa.select(sa.func.count()).where(exactly(OutboxMessage.state, state))
    return session.scalar(query) or 0
