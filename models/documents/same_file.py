"""Documents that came from the very same bytes: whoever hands a file in again is told before it is read."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session

from models.tables.documents import Document
from rules.vocabulary import DocumentState

_MOST = 5  # the latest; more would say the same


@dataclass(frozen=True, slots=True)
class SameFile:
    """A document that was read from the same file."""

    id: int
    kind: str
    number: str | None
    dated_on: date | None
    state: DocumentState


def from_same_file(session: Session, digest: str) -> tuple[SameFile, ...]:
    """Those that stand first, then drafts that were put away; the latest first.

    ``digest``: SHA-256 of the bytes, in hexadecimal.
    """
    paper = Document
    away = sa.case((paper.state == DocumentState.DISCARDED, 1), else_=0)
    query = sa.select(paper.id, paper.kind, paper.number, paper.dated_on, paper.state)
    found = query.where(paper.source_digest == digest).order_by(away, paper.id.desc()).limit(_MOST)
    return tuple(SameFile(*row) for row in session.execute(found))
