"""Letters that other rows have overtaken: asked for all of one kind in a message, before it leaves."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlmodel import Session

from models.tables.outbox import ChannelState, OutboxLetter
from models.tables.tasks import UrgingPaper
from notifications.outbox.carried import Carried
from rules.outbox.payloads.deadlines import PaperDue
from rules.outbox.payloads.keys import LetterKind
from rules.outbox.payloads.office import ChannelDown


def newer_digests(session: Session, letters: Sequence[Carried]) -> set[int]:
    """Ids of digests after which another one was written for the same reader."""

    def has_successor(letter: Carried) -> bool:
        later = sa.exists().where(
            OutboxLetter.kind == LetterKind.DIGEST,
            OutboxLetter.agency_id == letter.agency_id,
            OutboxLetter.scheduled_on > letter.scheduled_on,
        )
        return bool(session.scalar(sa.select(later)))

    return {letter.id for letter in letters if has_successor(letter)}


def channels_at_work(session: Session, letters: Sequence[Carried]) -> set[int]:
    """Ids of letters that tell of a channel which works again."""
    told = {letter.id: letter.told(ChannelDown).channel for letter in letters}
    query = sa.select(ChannelState.channel).where(
        ChannelState.channel.in_(sorted(set(told.values()))), ChannelState.since.is_not(None)
    )
    troubled = set(session.scalars(query))
    return {key for key, channel in told.items() if channel not in troubled}


def papers_issued(session: Session, letters: Sequence[Carried]) -> set[int]:
    """Ids of letters that ask to sign a công văn which went out meanwhile."""
    told = {letter.id: letter.told(PaperDue).paper for letter in letters}
    query = sa.select(UrgingPaper.id).where(
        UrgingPaper.id.in_(sorted(set(told.values()))), UrgingPaper.issued_on.is_not(None)
    )
    issued = set(session.scalars(query))
    return {key for key, paper in told.items() if paper in issued}
