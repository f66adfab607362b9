"""Letters that reach nobody, and letters by their state."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session

from models.people.ended_bodies import gone_ids
from models.tables.agencies import Agency
from models.tables.outbox import OutboxLetter
from rules.letter_words import LetterState
from rules.outbox.payloads.keys import LetterKind


@dataclass(frozen=True, slots=True)
class HomelessLetter:
    """A letter that has no address to go to; ``task_id`` None: it is about more than one task, or none."""

    agency: str
    kind: LetterKind
    task_id: int | None
    scheduled_on: date


@dataclass(frozen=True, slots=True)
class Homeless:
    """The first of them, and how many there are."""

    rows: tuple[HomelessLetter, ...]
    count: int


def homeless_letters(session: Session, today: date, limit: int, *, gone: bool) -> Homeless:
    """The first ``limit`` by body, newest first. ``gone``: those to bodies that have ended by ``today``,
    which no address would help; else all others."""
    letter = OutboxLetter
    body = letter.agency_id
    where: tuple[sa.ColumnElement[bool], ...] = (
        letter.state == LetterState.NO_CONTACT,
        body.in_(gone_ids(today)) if gone else body.not_in(gone_ids(today)),
    )
    query = (
        sa.select(Agency.name, letter.kind, letter.task_id, letter.scheduled_on)
        .join_from(letter, Agency, Agency.id == body)
        .where(*where)
        .order_by(Agency.name, letter.id.desc())
    )
    count = session.scalar(sa.select(sa.func.count()).select_from(letter).where(*where)) or 0
    return Homeless(tuple(HomelessLetter(*row) for row in session.execute(query.limit(limit))), count)


def letter_count(session: Session, state: LetterState) -> int:
    """How many letters are in a state."""
    query = sa.select(sa.func.count()).select_from(OutboxLetter).where(OutboxLetter.state == state)
    return session.scalar(query) or 0
