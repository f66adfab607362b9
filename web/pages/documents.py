"""The list of documents."""

import sqlalchemy as sa
from fastapi import APIRouter, Request
from sqlmodel import col
from starlette.responses import HTMLResponse

from models.awaited import count_awaited
from models.db import reading
from models.directives import Directive, Document
from models.recount_lists import days_counted, open_questions
from models.tasks import Task
from rules.vocabulary import DocumentState
from web.desk import AtDesk
from web.forms import page_in
from web.words import KIND_LABELS

router = APIRouter()
PAGE_LENGTH = 50


@router.get("/van-ban")
def list_documents(request: Request, desk: AtDesk) -> HTMLResponse:
    """All documents, the unfinished first."""
    number = page_in(request.query_params.get("trang", ""))
    tasks = (
        sa.select(sa.func.count(col(Task.id)))
        .join(Directive, col(Directive.id) == col(Task.directive_id))
        .where(col(Directive.document_id) == col(Document.id))
        .scalar_subquery()
    )
    out = (DocumentState.ISSUED, DocumentState.RECALLED)
    issued = sa.case((col(Document.state).in_(out), 1), else_=0)
    query = sa.select(Document, tasks).order_by(issued, col(Document.id).desc())
    with reading(desk.engine) as session:
        awaited, events = count_awaited(session)
        recounted, asked = days_counted(session, 1), len(open_questions(session))
        total = session.scalar(sa.select(sa.func.count()).select_from(Document)) or 0
        rows = session.execute(query.limit(PAGE_LENGTH).offset((number - 1) * PAGE_LENGTH)).all()
    return desk.show(
        "documents/list.html.j2",
        rows=rows,
        awaited=awaited,
        events=events,
        recounted=recounted,
        asked=asked,
        total=total,
        number=number,
        length=PAGE_LENGTH,
        link=lambda to: f"/van-ban?trang={to}",
        kinds=KIND_LABELS,
    )
