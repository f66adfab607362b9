"""What happened to a document between draft, ready and issued, and after."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session

from models.people.persons_named import DoneBy, done_by, with_doer
from models.tables.documents import DocumentEvent
from rules.vocabulary import Actor, DocumentMove


@dataclass(frozen=True, slots=True)
class Moved:
    """One move; ``issue_at`` is the instant of issue that it set."""

    kind: DocumentMove
    happened_at: datetime
    actor: Actor
    issue_at: datetime | None
    note: str  # the reason, where somebody gave one
    done: DoneBy


def moves_of(session: Session, document_id: int) -> list[Moved]:
    """Its moves, latest first."""
    move = DocumentEvent
    query = sa.select(move.kind, move.happened_at, move.actor, move.issue_at, move.note)
    latest = with_doer(query, move).where(move.document_id == document_id).order_by(move.seq.desc())
    rows = [(*row[:5], done_by(*row[5:])) for row in session.execute(latest)]
    return [Moved(*row) for row in rows]
