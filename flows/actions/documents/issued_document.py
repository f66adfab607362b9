"""An issued document moves on: one swap on its version and state, with the event and its reason."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from config.act import Act
from flows.actions.doors.document import DocumentStep, move_document
from models.database.columns import MOST_ID
from models.tables.documents import Document
from rules.refusal import NotAllowed, NotFound, Overtaken
from rules.vocabulary import DocumentMove, DocumentState


@dataclass(frozen=True, slots=True)
class Paper:
    """The document that somebody looked at, and its version then."""

    document_id: int
    version: int


def move_issued(
    session: Session, seen: Paper, kind: DocumentMove, said: str, act: Act, **values: Any
) -> Document:
    """Set ``values`` of an issued document and write the event, in the caller's transaction.

    Raises NotFound, NotAllowed when it is not issued, Overtaken when it is no longer as seen.
    """
    key = min(seen.document_id, MOST_ID)
    known = (Document.state == DocumentState.ISSUED, Document.version == seen.version)
    moved = move_document(session, key, DocumentStep(kind, act, said), *known, **values)
    document = session.get(Document, key, populate_existing=not moved)
    if document is None:
        raise NotFound(f"Không có văn bản số {seen.document_id}.")
    if not moved:
        _refuse(document)
    return document


def _refuse(document: Document) -> None:
    if document.state is DocumentState.RECALLED:
        raise NotAllowed("Văn bản này đã được thu hồi.")
    if document.state is not DocumentState.ISSUED:
        raise NotAllowed("Văn bản này chưa được phát hành.")
    raise Overtaken("Văn bản vừa được người khác bổ sung; hãy xem lại rồi thao tác lại.")
