"""Take a document that waits for its issue back to draft, as long as it has not been issued."""

from sqlalchemy.engine import Engine

from config.act import Act
from config.clock import office_time
from flows.actions.documents.issue import AlreadyIssued
from flows.actions.doors.document import DocumentStep, move_document
from models.database.columns import MOST_ID
from models.db import unit_of_work
from models.tables.documents import Document
from rules.refusal import NotFound, Refusal
from rules.vocabulary import DocumentMove, DocumentState


class NotWaiting(Refusal):
    """The document is a draft: nobody has set a time for its issue; the message is Vietnamese."""


def take_back(engine: Engine, document_id: int, act: Act) -> Document:
    """Cancel the issue of a ready document; its draft stays as last saved.

    No version is asked for: somebody else's correction is no reason to let it go out. Of this and a
    sweep at the same moment one wins and the other finds it so. Raises NotFound, NotWaiting or
    AlreadyIssued; then nothing has changed.
    """
    with unit_of_work(engine) as session:
        before = session.get(Document, document_id) if document_id <= MOST_ID else None
        if before is None:
            raise NotFound(f"Không có văn bản số {document_id}.")
        step = DocumentStep(DocumentMove.TAKEN_BACK, act)
        draft = {"state": DocumentState.DRAFT, "issue_at": None, "confirmed": None}
        if not move_document(session, document_id, step, Document.state == DocumentState.READY, **draft):
            session.refresh(before)
            _refuse(before)
        return before


def _refuse(document: Document) -> None:
    if document.issued_at is not None:
        when = f" lúc {office_time(document.issued_at):%H:%M ngày %d/%m/%Y}" if document.issued_at else ""
        raise AlreadyIssued(
            [f"Văn bản số {document.id} đã được phát hành{when} nên không đưa về dự thảo được nữa."]
        )
    raise NotWaiting(f"Văn bản số {document.id} đang là dự thảo, chưa hẹn phát hành.")
