"""What the database knows of the sweeps: when one was here last, and what it should have sent by now."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Session

from models.database.predicates import among, exactly
from models.tables.follow_up_days import FollowUpDay
from models.tables.outbox import ChannelState, DigestIssue, OutboxLetter, OutboxMessage
from rules.letter_words import TO_GO, LetterState


@dataclass(frozen=True, slots=True)
class LastSweeps:
    """The last day followed and when; the last digest; None: never."""

    followed: date | None
    followed_at: datetime | None
    digest_on: date | None


def last_sweeps(session: Session) -> LastSweeps:
    """All in one look."""
    query = sa.select(FollowUpDay.day, FollowUpDay.last_at).order_by(FollowUpDay.day.desc()).limit(1)
    row = session.execute(query).first()
    digest = session.scalar(sa.select(sa.func.max(DigestIssue.issued_on)))
    return LastSweeps(row.day if row else None, row.last_at if row else None, digest)


def left_lying(session: Session, since: datetime) -> int:
    """How many letters and messages should have gone by ``since`` and did not, a stopped channel's aside."""
    paused = sa.select(ChannelState.channel).where(ChannelState.since.is_not(None))
    messages = sa.select(sa.func.count()).select_from(OutboxMessage)
    letters = sa.select(sa.func.count()).select_from(OutboxLetter)
    lying = messages.where(
        among(OutboxMessage.state, TO_GO),
        OutboxMessage.next_at <= since,
        OutboxMessage.channel.not_in(paused),
    )
    waiting = letters.where(
        exactly(OutboxLetter.state, LetterState.PENDING), OutboxLetter.not_before <= since
    )
    return (session.scalar(lying) or 0) + (session.scalar(waiting) or 0)
