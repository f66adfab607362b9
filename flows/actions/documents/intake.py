"""Drafts between the door and their issue: stored, corrected, made ready, issued when due."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session

from config.act import Act
from config.clock import office_day, office_time
from flows.actions.ask_office import ask_office
from flows.actions.documents.issue import AlreadyIssued, Published, issue_document
from flows.actions.documents.open_questions import NOTHING, Confirmed, check_confirmed
from flows.actions.documents.publishable import PublishError, assignments
from flows.actions.doors.document import DocumentStep, move_document, swap_document
from flows.actions.reading.aliases import Names, confirm_aliases
from flows.actions.reading.draft_file import draft_to_json, parse_draft_data
from flows.actions.reading.first_reading import first_reading_json
from models.database.columns import MOST_ID
from models.db import one_at_a_time, reading, unit_of_work
from models.people.register import load_registry
from models.tables.documents import Document
from models.trail.deeds import did
from notifications.channels.frame.wording import one_line
from rules.draft import Draft, DraftDirective
from rules.refusal import NotFound
from rules.trail.words import TrailNoun
from rules.vocabulary import DocumentMove, DocumentState


class DraftChanged(PublishError):
    """Somebody else saved or issued the draft meanwhile; nothing was changed."""


def store_draft(engine: Engine, draft: Draft, source_name: str, act: Act, digest: str | None = None) -> int:
    """Keep a reading for correction; returns the document's id. Raises NotAllowed.

    ``digest``: SHA-256 of the bytes that were read, in hexadecimal, by which the same file is known again.
    """
    with unit_of_work(engine) as session:
        ask_office(session, "Nhận văn bản mới", act)
        facts = draft.document
        document = Document(
            state=DocumentState.DRAFT,
            kind=facts.kind,
            number=facts.number,
            dated_on=facts.date,
            issuer_id=facts.issuer_id,
            issuer=facts.issuer,
            title=facts.title,
            text=facts.text,
            source_name=one_line(source_name),
            source_digest=digest,
            draft=draft_to_json(draft, load_registry(session)),
            first_reading=first_reading_json(draft.directives),
            entered_at=act.now,
        )
        session.add(document)
        session.flush()
        assert document.id is not None
        did(session, act, TrailNoun.DOCUMENT, document.id, "stored")
        return document.id


def stored_draft(session: Session, document_id: int, hold: bool = False) -> tuple[Document, Draft]:
    """The document and its draft as last saved. Raises NotFound (Vietnamese).

    ``hold`` keeps everybody else from changing the row until the caller's transaction ends.
    """
    known = document_id <= MOST_ID
    document = session.get(Document, document_id, with_for_update=hold) if known else None
    if document is None:
        raise NotFound(f"Không có văn bản số {document_id}.")
    name = f"văn bản số {document_id}"
    return document, parse_draft_data(document.draft, name, load_registry(session))


def save_draft(
    engine: Engine, document_id: int, version: int, draft: Draft, act: Act, names: Names = ()
) -> None:
    """Save corrections, and remember the ``names`` that were confirmed with them; both or neither.

    Raises DraftChanged if the draft is not as it was seen, AliasRefused if a name cannot be remembered,
    NotAllowed for who may not.
    """
    with unit_of_work(engine) as session:
        ask_office(session, "Lưu dự thảo", act)
        facts = draft.document
        if names:
            confirm_aliases(session, document_id, facts, names, act)
        if not swap_document(session, document_id, *_as_seen(version), **_saved(session, draft)):
            raise DraftChanged([_CHANGED])
        did(session, act, TrailNoun.DOCUMENT, document_id, "saved")


def save_reading(
    engine: Engine, document_id: int, version: int, draft: Draft, read: Sequence[DraftDirective], act: Act
) -> None:
    """Save a draft whose text was read once more: corrections are measured against ``read`` from now on.

    What the reader itself takes for something else by now is no correction of the secretariat's. Raises as
    ``save_draft``.
    """
    with unit_of_work(engine) as session:
        ask_office(session, "Đọc lại dự thảo", act)
        values = {**_saved(session, draft), "first_reading": first_reading_json(read)}
        if not swap_document(session, document_id, *_as_seen(version), **values):
            raise DraftChanged([_CHANGED])
        did(session, act, TrailNoun.DOCUMENT, document_id, "read_again")


def _saved(session: Session, draft: Draft) -> dict[str, Any]:
    """The columns that hold a draft."""
    facts = draft.document
    return {
        "number": facts.number,
        "dated_on": facts.date,
        "issuer_id": facts.issuer_id,
        "issuer": facts.issuer,
        "title": facts.title,
        "draft": draft_to_json(draft, load_registry(session)),
    }


def make_ready(
    engine: Engine,
    document_id: int,
    version: int,
    issue_at: datetime,
    act: Act,
    confirmed: Confirmed = NOTHING,
) -> None:
    """Let the sweep issue the draft at ``issue_at``. Raises PublishError if it could not be issued.

    ``confirmed`` is kept with the document. A question that comes up later is not in it: then the sweep
    does not issue the document but says why.
    """
    with unit_of_work(engine) as session:
        document, draft = stored_draft(session, document_id)
        known = confirmed.union(document.confirmed or ())
        assignments(draft, load_registry(session))
        check_confirmed(draft, office_day(issue_at), known)
        step = DocumentStep(DocumentMove.MADE_READY, act, issue_at=issue_at)
        ready = {"state": DocumentState.READY, "issue_at": issue_at, "confirmed": sorted(known)}
        if not move_document(session, document_id, step, *_as_seen(version), **ready):
            raise DraftChanged([_CHANGED])


def issue_stored(
    engine: Engine,
    document_id: int,
    version: int | None,
    act: Act,
    confirmed: Confirmed = NOTHING,
) -> Published:
    """Issue a stored draft now. ``version`` None takes it as it is. Raises PublishError.

    What was confirmed when it was made ready still holds, beside ``confirmed``.
    """
    with unit_of_work(engine) as session:
        one_at_a_time(session, "issue")  # before we look, or two sweeps would both see it ready
        document, draft = stored_draft(session, document_id, hold=True)
        if document.issued_at is not None:  # also one that was taken back since
            raise AlreadyIssued(
                [f"Văn bản số {document_id} đã được phát hành lúc {_shown(document.issued_at)}."]
            )
        if document.state is DocumentState.DISCARDED:
            raise PublishError([f"Dự thảo số {document_id} đã được bỏ; hãy khôi phục trước khi phát hành."])
        if version is not None and document.version != version:
            raise DraftChanged([_CHANGED])
        known = confirmed.union(document.confirmed or ())
        return issue_document(session, document, draft, act, known)


def issue_ready(engine: Engine, document_id: int, act: Act) -> Published | None:
    """Issue a document whose time has come; None if it is not waiting for it any more.

    Between the sweep's look and this call it may have been taken back, put off, or issued by hand.
    Raises PublishError.
    """
    with unit_of_work(engine) as session:
        one_at_a_time(session, "issue")
        document, draft = stored_draft(session, document_id, hold=True)
        due = document.issue_at is not None and document.issue_at <= act.now
        if document.state is not DocumentState.READY or not due:
            return None
        known = frozenset(document.confirmed or ())
        return issue_document(session, document, draft, act, known)


def ready_documents(engine: Engine, now: datetime) -> list[int]:
    """Ids of the documents that are ready and due to be issued."""
    with reading(engine) as session:
        query = sa.select(Document.id).where(Document.state == DocumentState.READY, Document.issue_at <= now)
        return [key for key in session.scalars(query.order_by(Document.id)) if key is not None]


_CHANGED = "Dự thảo vừa được người khác sửa, bỏ hoặc phát hành; hãy mở lại để xem bản mới nhất."
_WORKED_ON = (DocumentState.DRAFT, DocumentState.READY)


def _as_seen(version: int) -> tuple[sa.ColumnElement[bool], ...]:
    return Document.version == version, Document.state.in_(_WORKED_ON)


def _shown(instant: datetime | None) -> str:
    return f"{office_time(instant):%H:%M ngày %d/%m/%Y}" if instant else "trước đó"
