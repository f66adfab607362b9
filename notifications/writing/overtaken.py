"""Letters that other rows have overtaken: asked for all of one kind in a message, before it leaves."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlmodel import Session

from models.tables.outbox import ChannelState, OutboxLetter
from models.tables.people import TaskOfficer
from models.tables.sign_in import PersonLink
from models.tables.tasks import UrgingPaper
from notifications.outbox.carried import Carried
from rules.outbox.payloads.deadlines import PaperDue
from rules.outbox.payloads.keys import LetterKind
from rules.outbox.payloads.office import ChannelDown
from rules.outbox.payloads.people import Invitation, SignIn


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


def links_over(session: Session, letters: Sequence[Carried]) -> set[int]:
    """Ids of letters with a link that was used or revoked, or is another person's."""
    told = {letter.id: (_link(letter), letter.person_id) for letter in letters}
    query = sa.select(PersonLink.id, PersonLink.person_id).where(
        PersonLink.id.in_(sorted({link for link, _ in told.values()})),
        PersonLink.used_at.is_(None),
        PersonLink.revoked_at.is_(None),
    )
    standing = {(row[0], row[1]) for row in session.execute(query)}
    return {key for key, link in told.items() if link not in standing}


def _link(letter: Carried) -> int:
    if letter.kind is LetterKind.INVITATION:
        return letter.told(Invitation).link
    return letter.told(SignIn).link


def other_officers(session: Session, letters: Sequence[Carried]) -> set[int]:
    """Ids of letters that name somebody who does not work on the task in the body any more."""
    tasks = sorted({letter.task_id for letter in letters if letter.task_id})
    query = sa.select(TaskOfficer.task_id, TaskOfficer.body_id, TaskOfficer.person_id)
    named = {tuple(row) for row in session.execute(query.where(TaskOfficer.task_id.in_(tasks)))}
    return {one.id for one in letters if (one.task_id, one.agency_id, one.person_id) not in named}
