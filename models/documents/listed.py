"""The list of documents, those that are still worked on first."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Session

from models.database.word_search import has_words
from models.documents.lookups import paper_ids
from models.people.access.seen import documents_seen, narrowed, tasks_seen
from models.tables.documents import Directive, Document
from models.tables.tasks import Task
from rules.documents.quoted import papers_named
from rules.people.viewer import ANYBODY, Viewer
from rules.vocabulary import DocumentState

_MOST_FOUND = 500  # documents of one number


@dataclass(frozen=True, slots=True)
class ListedDocument:
    """A document as a list shows it, with the number of its tasks."""

    id: int
    number: str | None
    dated_on: date | None
    title: str
    kind: str
    issuer: str | None
    source_name: str  # the file it came from
    state: DocumentState
    issue_at: datetime | None  # when a document that is ready is to be issued
    entered_at: datetime
    tasks: int


@dataclass(frozen=True, slots=True)
class DocumentsAsked:
    """What a list is to hold: all that stand, or the drafts that were put away.

    ``words``: only those whose number or title has them; empty for all.
    """

    words: str = ""
    discarded: bool = False


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """One page of the list, and how many documents all its pages have."""

    rows: tuple[ListedDocument, ...]
    total: int


def listed_documents(
    session: Session, asked: DocumentsAsked, limit: int, offset: int = 0, viewer: Viewer = ANYBODY
) -> DocumentPage:
    """Rows ``offset`` to ``offset + limit`` of all documents seen, the latest first within their state."""
    away = Document.state == DocumentState.DISCARDED
    wanted = [away if asked.discarded else ~away]
    if asked.words:
        wanted.append(_found(session, asked.words))
    if (seen := documents_seen(viewer)) is not None:
        wanted.append(seen)
    total = session.scalar(sa.select(sa.func.count()).select_from(Document).where(*wanted)) or 0
    rows = session.execute(_rows(viewer).where(*wanted).limit(limit).offset(offset))
    return DocumentPage(tuple(ListedDocument(*row) for row in rows), total)


def count_discarded(session: Session) -> int:
    """How many drafts were put away; only the office is shown them."""
    query = sa.select(sa.func.count()).where(Document.state == DocumentState.DISCARDED)
    return session.scalar(query) or 0


def _rows(viewer: Viewer) -> sa.Select[tuple[object, ...]]:
    """The columns of ``ListedDocument``, in its order."""
    paper = Document
    columns = (paper.id, paper.number, paper.dated_on, paper.title, paper.kind, paper.issuer)
    more = (paper.source_name, paper.state, paper.issue_at, paper.entered_at, _count_tasks(viewer))
    out = sa.case((paper.state.in_((DocumentState.ISSUED, DocumentState.RECALLED)), 1), else_=0)
    return sa.select(*columns, *more).order_by(out, paper.id.desc())


def _count_tasks(viewer: Viewer) -> sa.ScalarSelect[int]:
    query = (
        sa.select(sa.func.count(Task.id))
        .join(Directive, Directive.id == Task.directive_id)
        .where(Directive.document_id == Document.id)
    )
    return narrowed(query, tasks_seen(viewer)).scalar_subquery()


def _found(session: Session, words: str) -> sa.ColumnElement[bool]:
    """Whether a document has the number that was typed, or the words in its title."""
    ids = paper_ids(session, papers_named(words))[:_MOST_FOUND]
    return sa.or_(Document.id.in_(ids), has_words(session, Document.title, words))
