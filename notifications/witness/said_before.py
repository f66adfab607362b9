"""Letters that were said before a restore, or may have been: asked for each message before it leaves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session

from models.db import reading
from models.installation.restores import HowSaid, Restore, SaidBefore
from models.tables.agencies import ContactAddress
from models.tables.documents import Directive, Document
from models.tables.follow_up_days import FollowUpDay
from models.tables.outbox import Installation, MessageLetter, OutboxLetter, OutboxMessage
from models.tables.tasks import Task
from notifications.outbox.carried import Carried
from notifications.witness.book import mark_of, place_of
from rules.outbox.kinds import BY_PEOPLE
from rules.outbox.payloads.keys import LetterKind

_SOME = 500  # ids in one statement
_ISSUED = frozenset({LetterKind.ASSIGNMENT, LetterKind.COOPERATION})


@dataclass(frozen=True, slots=True)
class Doubts:
    """What the last restore left in doubt besides the rows of ``said_before``.

    ``caught_up_on``: letters that the clock has for this day or an earlier one may have been said, because
    it makes up for days that the backup does not know of. ``declared_at``: so may the letters of documents
    that were waiting then to be issued by the clock.
    """

    secret: str
    caught_up_on: date | None = None
    declared_at: datetime | None = None

    @classmethod
    def of(cls, engine: Engine, secret: str) -> "Doubts":
        """The doubts of this database as it stands."""
        with reading(engine) as session:
            last = session.scalars(sa.select(Restore).order_by(Restore.id.desc()).limit(1)).first()
            if last is None or last.complete:
                return cls(secret)
            followed = None
            if last.catch_up_on is not None:
                query = sa.select(sa.func.min(FollowUpDay.day)).where(FollowUpDay.day >= last.catch_up_on)
                followed = session.scalar(query) or last.catch_up_on
            return cls(secret, followed, last.declared_at)


def said_of(
    session: Session, doubts: Doubts, letters: Sequence[Carried], contact_id: int
) -> dict[str, SaidBefore]:
    """By key, what is known of these letters to a reader, at any of his places; a new letter is not in it."""
    by_key = {letter.key: letter for letter in letters}
    places = _places(session, doubts.secret, contact_id)
    rows = session.scalars(sa.select(SaidBefore).where(SaidBefore.key.in_(list(by_key)))).all()
    found = {key: _in_doubt(key) for key in _doubtful(session, doubts, letters)}
    for row in rows:
        named = row.place in places and row.mark == mark_of(doubts.secret, by_key[row.key])
        if (named or not row.place) and (row.key not in found or row.said is HowSaid.SENT):
            found[row.key] = row
    for row in rows:
        if row.said is HowSaid.CLEARED and row.place in places:
            found.pop(row.key, None)
    return found


def _in_doubt(key: str) -> SaidBefore:
    return SaidBefore(key=key, place="", mark="", said=HowSaid.UNKNOWN)


def _places(session: Session, secret: str, contact_id: int) -> set[str]:
    query = sa.select(ContactAddress.identity).where(ContactAddress.contact_id == contact_id)
    return {place_of(secret, identity) for identity in session.scalars(query) if identity}


def lift(session: Session, message_ids: Sequence[int]) -> None:
    """A person has decided that these messages go, whatever a restore left in doubt of their letters."""
    if session.scalar(sa.select(Restore.id).limit(1)) is None:
        return
    secret = session.get_one(Installation, 1).secret
    query = (
        sa.select(OutboxLetter.key, ContactAddress.identity)
        .join(MessageLetter, MessageLetter.letter_id == OutboxLetter.id)
        .join(OutboxMessage, OutboxMessage.id == MessageLetter.message_id)
        .join(ContactAddress, ContactAddress.id == OutboxMessage.address_id)
        .distinct()
    )
    for start in range(0, len(message_ids), _SOME):
        some = query.where(OutboxMessage.id.in_(message_ids[start : start + _SOME]))
        for key, identity in session.execute(some).all():
            place = place_of(secret, identity or "")
            session.merge(SaidBefore(key=key, place=place, mark="", said=HowSaid.CLEARED))


def _doubtful(session: Session, doubts: Doubts, letters: Sequence[Carried]) -> set[str]:
    """Letters that the clock has written, and would have written in the days that are lost."""
    if doubts.declared_at is None:
        return set()
    late = {
        letter.key for letter in letters if doubts.caught_up_on and letter.scheduled_on <= doubts.caught_up_on
    }
    found = {letter.key for letter in letters if letter.key in late and letter.kind not in BY_PEOPLE}
    issued = [letter for letter in letters if letter.kind in _ISSUED and letter.task_id is not None]
    if issued:
        tasks = [letter.task_id for letter in issued if letter.task_id is not None]
        waited = _issued_by_clock(session, doubts.declared_at, tasks)
        found |= {
            letter.key
            for letter in issued
            if letter.task_id in waited and (waited[letter.task_id] or letter.key in late)
        }
    return found


def _issued_by_clock(session: Session, since: datetime, task_ids: list[int]) -> dict[int, bool]:
    """Tasks of documents that waited for their hour (True), and next occurrences (False)."""
    waited = sa.and_(Document.issue_at <= since, Document.issued_at > since)
    query = (
        sa.select(Task.id, sa.func.coalesce(waited, sa.false()))
        .join(Directive, Directive.id == Task.directive_id)
        .join(Document, Document.id == Directive.document_id)
        .where(Task.id.in_(task_ids), sa.or_(waited, Task.occurrence > 1))
    )
    return {key: bool(was_waiting) for key, was_waiting in session.execute(query) if key is not None}
