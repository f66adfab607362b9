"""The letters that were written about a task, and how each stands."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session

from models.outbox.sendings import Sending, sendings_of, standing_of
from models.tables.agencies import Agency
from models.tables.outbox import OutboxLetter
from rules.letter_words import LetterState, MessageState
from rules.outbox.payloads.keys import LetterKind


@dataclass(frozen=True, slots=True)
class LetterWritten:
    """One letter: to which body, how it stands, why, and the messages that carried it."""

    written_at: datetime
    kind: LetterKind
    agency: str
    standing: LetterState | MessageState
    note: str
    sendings: tuple[Sending, ...]


def letters_about_task(session: Session, task_id: int) -> list[LetterWritten]:
    """All of them, latest first."""
    letter = OutboxLetter
    query = (
        sa.select(letter.id, letter.written_at, letter.kind, Agency.name, letter.state, letter.state_note)
        .join(Agency, Agency.id == letter.agency_id)
        .where(letter.task_id == task_id)
        .order_by(letter.id.desc())
    )
    rows = session.execute(query).all()
    sendings = sendings_of(session, [row[0] for row in rows])
    return [
        LetterWritten(at, kind, agency, standing_of(state, sendings[key]), note, tuple(sendings[key]))
        for key, at, kind, agency, state, note in rows
    ]
