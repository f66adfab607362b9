"""The one door through which a document changes: a swap on what was seen, each move with its event.

A draft that is only saved has no event: what counts of a draft is how it goes out.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from config.act import Act
from models.database.acts import by_person
from models.database.swap import swapped
from models.people.row_bodies import committee_of, names_of, seat_of
from models.tables.documents import Document, DocumentEvent
from models.trail.deeds import did
from rules.people.on_documents import check
from rules.trail.words import TrailNoun
from rules.vocabulary import DocumentMove, DocumentState


@dataclass(frozen=True, slots=True)
class DocumentStep:
    """What the event of a move says. ``issue_at`` is the time that was set, if one was."""

    kind: DocumentMove
    act: Act
    note: str = ""
    issue_at: datetime | None = None


def swap_document(session: Session, document_id: int, *known: sa.ColumnElement[bool], **values: Any) -> bool:
    """Set ``values`` where all that is ``known`` still holds, and count the version up.

    False if it does not hold any more; then nothing has changed. The session's object does not notice.
    """
    mine, counted = Document.id == document_id, {"version": Document.version + 1}
    return swapped(session, Document, mine, *known, values=counted | values)


def move_document(
    session: Session, document_id: int, step: DocumentStep, *known: sa.ColumnElement[bool], **values: Any
) -> bool:
    """``swap_document`` with the event of it; the session's object is as the database has it now.

    Raises NotAllowed for who may not.
    """
    _ask_who(session, step.kind, step.act)
    if not swap_document(session, document_id, *known, **values):
        return False
    _append(session, session.get_one(Document, document_id, populate_existing=True), step)
    return True


def issue_held(session: Session, document: Document, act: Act, **values: Any) -> None:
    """Issue a document that the caller has just made, or holds, with ``values`` as it goes out.

    Raises IntegrityError when one of the same identity was issued; then nothing of it is kept, and the
    caller may still look that up. Raises NotAllowed for who may not.
    """
    _ask_who(session, DocumentMove.ISSUED, act)
    values |= {"state": DocumentState.ISSUED, "issued_at": act.now, "version": document.version + 1}
    for name, value in values.items():
        setattr(document, name, value)
    with session.begin_nested():
        session.flush()
    _append(session, document, DocumentStep(DocumentMove.ISSUED, act))


def _ask_who(session: Session, move: DocumentMove, act: Act) -> None:
    """May this one do this to a document? Raises NotAllowed."""
    check(move, seat_of(act), committee_of(session, act), names_of(session))


def _append(session: Session, document: Document, step: DocumentStep) -> None:
    assert document.id is not None
    session.add(
        DocumentEvent(
            document_id=document.id,
            seq=document.version,
            happened_at=step.act.now,
            kind=step.kind,
            actor=step.act.actor,
            **by_person(step.act),
            note=step.note,
            issue_at=step.issue_at,
        )
    )
    did(session, step.act, TrailNoun.DOCUMENT, document.id, step.kind)
