"""The document that an address names."""

from sqlmodel import Session

from models.documents.found import find_document
from models.people.access.seen import may_see_document
from models.tables.documents import Document
from rules.people.viewer import Viewer
from rules.refusal import NotFound
from web.forms.fields import number_in


def document_typed(session: Session, typed: str, viewer: Viewer) -> Document:
    """The document with the number that was typed, if ``viewer`` sees it. Raises NotFound in Vietnamese."""
    key = number_in(typed)
    document = find_document(session, key)
    if document is None or not may_see_document(session, viewer, key):
        raise NotFound(f"Không có văn bản «{typed[:20]}».")
    return document
