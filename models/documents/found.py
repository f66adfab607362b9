"""One document by its number."""

from sqlmodel import Session

from models.tables.documents import Document


def find_document(session: Session, document_id: int) -> Document | None:
    """The document, None if there is none.

    It is the row itself: what reads a draft or issues it in the same session takes the row, and asks for
    it no second time.
    """
    return session.get(Document, document_id)
