"""The directives that a document gives."""

from dataclasses import dataclass, fields
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session

from models.people.access.seen import directives_seen, narrowed
from models.tables.documents import Directive
from rules.draft import DueKind
from rules.people.viewer import ANYBODY, Viewer


@dataclass(frozen=True, slots=True)
class Given:
    """One directive as it was issued; ``span_start`` to ``span_end`` is its place in the document's text.

    An empty span: it was added after the issue and stands nowhere in that text.
    """

    id: int
    ordinal: int
    text: str
    span_start: int
    span_end: int
    due_kind: DueKind
    due_on: date | None
    due_rule: str | None
    due_phrase: str | None
    due_read_by: str | None
    due_anchor: str | None
    due_approximate: bool
    due_event: str | None
    urgency: str
    standing_rule: bool


#: The columns that ``Given`` is made of, in its order.
GIVEN_COLUMNS = tuple(getattr(Directive, field.name) for field in fields(Given))


def directives_given(session: Session, document_id: int, viewer: Viewer = ANYBODY) -> list[Given]:
    """All directives of the document, in the order of the text; of a narrower viewer, its own."""
    query = sa.select(*GIVEN_COLUMNS).where(Directive.document_id == document_id)
    query = narrowed(query, directives_seen(viewer))
    return [Given(*row) for row in session.execute(query.order_by(Directive.ordinal))]
