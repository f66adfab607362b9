"""The document that an address names."""

from sqlmodel import Session

from models.documents.found import find_document
from models.tables.documents import Document
from rules.refusal import NotFound
from web.forms.fields import number_in


def document_typed(session: Session, typed: str) -> Document:
    """The document with the number that was typed. Raises NotFound in Vietnamese."""
    document = find_document(session, number_in(typed))
    if document is None:
        raise NotFound(f"Không có văn bản «{typed[:20]}».")
    return document
