"""A draft that nobody wants is put away, and can be brought back; what was issued never is.

Nothing of it is deleted: its text, corrections and history wait as they are, for as long as the office
keeps its database.
"""

from sqlalchemy.engine import Engine
from sqlmodel import Session

from config.act import Act
from flows.actions.documents.issued_document import Paper
from flows.actions.doors.document import DocumentStep, move_document
from models.database.columns import MOST_ID
from models.db import unit_of_work
from models.tables.documents import Document
from rules.refusal import NotAllowed, NotFound, Overtaken
from rules.vocabulary import DocumentMove, DocumentState


def discard_draft(engine: Engine, seen: Paper, act: Act) -> None:
    """Put the draft away as it was seen.

    Raises NotFound, Overtaken when somebody has changed it since, NotAllowed for what is no draft, or for
    who may not; then nothing has changed.
    """
    with unit_of_work(engine) as session:
        known = (Document.state == DocumentState.DRAFT, Document.version == seen.version)
        step = DocumentStep(DocumentMove.DISCARDED, act)
        if not move_document(
            session, min(seen.document_id, MOST_ID), step, *known, state=DocumentState.DISCARDED
        ):
            _refuse_discarding(_found(session, seen.document_id))


def restore_draft(engine: Engine, document_id: int, act: Act) -> None:
    """Bring a draft back that was put away.

    Raises NotFound, NotAllowed for what was not put away, or for who may not.
    """
    with unit_of_work(engine) as session:
        known = Document.state == DocumentState.DISCARDED
        step = DocumentStep(DocumentMove.RESTORED, act)
        if not move_document(session, min(document_id, MOST_ID), step, known, state=DocumentState.DRAFT):
            document = _found(session, document_id)
            raise NotAllowed(f"Văn bản số {document.id} không ở trong các dự thảo đã bỏ.")


def _found(session: Session, document_id: int) -> Document:
    document = session.get(Document, document_id, populate_existing=True) if document_id <= MOST_ID else None
    if document is None:
        raise NotFound(f"Không có văn bản số {document_id}.")
    return document


def _refuse_discarding(document: Document) -> None:
    if document.issued_at is not None:
        raise NotAllowed("Văn bản đã được phát hành nên không bỏ được; nếu phát hành nhầm, hãy thu hồi.")
    if document.state is DocumentState.READY:
        raise NotAllowed("Văn bản đã hẹn phát hành; hãy đưa về dự thảo trước khi bỏ.")
    if document.state is DocumentState.DISCARDED:
        raise NotAllowed("Dự thảo này đã được bỏ trước đó.")
    raise Overtaken("Dự thảo vừa được người khác sửa; hãy xem bản mới nhất trước khi bỏ.")
