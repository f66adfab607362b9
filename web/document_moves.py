"""What happened to a document between draft, ready and issued."""

import sqlalchemy as sa
from sqlmodel import Session, col

from models.directives import DocumentEvent


def moves_of(session: Session, document_id: int) -> list[DocumentEvent]:
    """Its moves, latest first."""
    query = sa.select(DocumentEvent).where(col(DocumentEvent.document_id) == document_id)
    return list(session.scalars(query.order_by(col(DocumentEvent.seq).desc())))
