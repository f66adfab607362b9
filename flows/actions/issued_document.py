"""An issued document moves on: one swap on its version and state, with the event and its reason."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from models.columns import MOST_ID
from models.directives import Document, DocumentEvent
from rules.refusal import NotAllowed, NotFound, Overtaken
from rules.vocabulary import Actor, DocumentMove, DocumentState


@dataclass(frozen=True, slots=True)
class Paper:
    """The document that somebody looked at, and its version then."""

    document_id: int
    version: int


def move_issued(
    session: Session, seen: Paper, kind: DocumentMove, said: str, actor: Actor, now: datetime, **values: Any
) -> Document:
    """Set ``values`` of an issued document and write the event, in the caller's transaction.

    Raises NotFound, NotAllowed when it is not issued, Overtaken when it is no longer as seen.
    """
    changed = session.execute(
        sa.update(Document)
        .where(
            Document.id == min(seen.document_id, MOST_ID),
            Document.state == DocumentState.ISSUED,
            Document.version == seen.version,
        )
        .values(version=Document.version + 1, **values),
        execution_options={"synchronize_session": False},
    )
    document = session.get(Document, min(seen.document_id, MOST_ID), populate_existing=True)
    if document is None:
        raise NotFound(f"Không có văn bản số {seen.document_id}.")
    if changed.rowcount != 1:  # type: ignore[attr-defined]
        _refuse(document)
    event = DocumentEvent(
        document_id=document.id or 0,
        seq=document.version,
        happened_at=now,
        kind=kind,
        actor=actor,
        note=said,
    )
    session.add(event)
    return document


def _refuse(document: Document) -> None:
    if document.state is DocumentState.RECALLED:
        raise NotAllowed("Văn bản này đã được thu hồi.")
    if document.state is not DocumentState.ISSUED:
        raise NotAllowed("Văn bản này chưa được phát hành.")
    raise Overtaken("Văn bản vừa được người khác bổ sung; hãy xem lại rồi thao tác lại.")
