"""The list of documents."""

from urllib.parse import urlencode

import sqlalchemy as sa
from fastapi import APIRouter, Request
from sqlmodel import Session, col
from starlette.responses import HTMLResponse

from models.awaited import count_awaited
from models.db import reading
from models.directives import Directive, Document
from models.list_conditions import has_words
from models.lookups import paper_ids
from models.recount_lists import any_counted, count_questions
from models.tasks import Task
from rules.incoming import cleaned
from rules.quoted import papers_named
from rules.vocabulary import DocumentState
from web.desk import AtDesk
from web.forms import page_in
from web.words import KIND_LABELS

router = APIRouter()
PAGE_LENGTH = 50
_MOST_FOUND = 500  # documents of one number


@router.get("/van-ban")
def list_documents(request: Request, desk: AtDesk) -> HTMLResponse:
    """All documents, the unfinished first; or those that a number or words of the title find."""
    asked = request.query_params
    number, words = page_in(asked.get("trang", "")), cleaned(asked.get("tim", ""))[:200].strip()
    kept = {"tim": words} if words else {}
    with reading(desk.engine) as session:
        awaited, events = count_awaited(session)
        recounted = any_counted(session)
        questions = count_questions(session) if recounted else 0
        wanted = [_found(session, words)] if words else []
        total = session.scalar(sa.select(sa.func.count()).select_from(Document).where(*wanted)) or 0
        query = _listed().where(*wanted).limit(PAGE_LENGTH).offset((number - 1) * PAGE_LENGTH)
        rows = session.execute(query).all()
    return desk.show(
        "documents/list.html.j2",
        rows=rows,
        awaited=awaited,
        events=events,
        recounted=recounted,
        questions=questions,
        total=total,
        words=words,
        number=number,
        length=PAGE_LENGTH,
        link=lambda to: "/van-ban?" + urlencode({**kept, "trang": to}),
        kinds=KIND_LABELS,
    )


def _listed() -> sa.Select[tuple[Document, int]]:
    """Documents with the number of their tasks, those that are still worked on first."""
    tasks = (
        sa.select(sa.func.count(col(Task.id)))
        .join(Directive, col(Directive.id) == col(Task.directive_id))
        .where(col(Directive.document_id) == col(Document.id))
        .scalar_subquery()
    )
    out = sa.case((col(Document.state).in_((DocumentState.ISSUED, DocumentState.RECALLED)), 1), else_=0)
    return sa.select(Document, tasks).order_by(out, col(Document.id).desc())


def _found(session: Session, words: str) -> sa.ColumnElement[bool]:
    """Whether a document has the number that was typed, or the words in its title."""
    ids = paper_ids(session, papers_named(words))[:_MOST_FOUND]
    return sa.or_(col(Document.id).in_(ids), has_words(session, Document.title, words))
