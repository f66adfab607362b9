"""The list of documents."""

from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from models.db import reading
from models.deadlines.awaited import count_awaited
from models.deadlines.recount_lists import any_counted, count_questions
from models.documents.listed import DocumentsAsked, count_discarded, listed_documents
from rules.text.incoming import cleaned
from web.forms.fields import page_in
from web.kit.desk import AtDesk
from web.kit.words import KIND_LABELS

router = APIRouter()
PAGE_LENGTH = 50


@router.get("/van-ban")
def list_documents(request: Request, desk: AtDesk) -> HTMLResponse:
    """All documents, the unfinished first; or those that a number or words of the title find.

    Drafts that were put away stand in a list of their own, for the secretary.
    """
    asked = request.query_params
    number, words = page_in(asked.get("trang", "")), cleaned(asked.get("tim", ""))[:200].strip()
    away = asked.get("da-bo") == "1" and desk.viewer.is_secretary
    kept = {key: value for key, value in (("tim", words), ("da-bo", "1" if away else "")) if value}
    with reading(desk.engine) as session:
        awaited, events = count_awaited(session) if desk.viewer.sees_all else (0, 0)
        recounted = desk.viewer.sees_all and any_counted(session)
        questions = count_questions(session) if recounted else 0
        discarded = count_discarded(session) if desk.viewer.is_secretary else 0
        wanted = DocumentsAsked(words, away)
        found = listed_documents(session, wanted, PAGE_LENGTH, (number - 1) * PAGE_LENGTH, desk.viewer)
    return desk.show(
        "documents/list.html.j2",
        rows=found.rows,
        awaited=awaited,
        events=events,
        recounted=recounted,
        questions=questions,
        total=found.total,
        words=words,
        away=away,
        discarded=discarded,
        number=number,
        length=PAGE_LENGTH,
        link=lambda to: "/van-ban?" + urlencode({**kept, "trang": to}),
        kinds=KIND_LABELS,
    )
