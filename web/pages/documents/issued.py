"""What the office mends on an issued document: a forgotten directive is added, the whole is taken back."""

from fastapi import APIRouter
from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, Response

from flows.actions.documents.issued_document import Paper
from flows.actions.documents.recall import preview_recall, recall
from flows.actions.documents.supplement import supplement
from models.db import reading
from models.facts import facts_by_id, source_of
from models.people.register import agency_names
from rules.deadlines.classes import line
from rules.documents.quoted import code_quoted
from rules.refusal import Refusal
from rules.vocabulary import Actor, DocumentState
from web.forms.fields import Posted, is_missing, number_in, text_of
from web.kit.desk import AtDesk, Desk, see
from web.pages.documents.document_typed import document_typed
from web.pages.documents.forgotten_directive import forgotten, refused, typed_and_read
from web.pages.documents.issued_page import show_issued
from web.pages.documents.notice import Notice

router = APIRouter()
#: Read the sentence of the form before it is given out.
READ = "doc"
_MOST = 50  # tasks that the page of a recall shows, of all that it counts


@router.post("/van-ban/{document_id}/bo-sung")
def add_directive(document_id: str, desk: AtDesk, form: Posted) -> Response:
    """Give out a directive that the document has and nobody was given."""
    seen = Paper(number_in(document_id), number_in(text_of(form, "version")))
    act = desk.act(Actor.SECRETARIAT)
    try:
        if text_of(form, "viec") == READ:
            return _read(desk, document_id, form)
        with reading(desk.engine) as session:
            directive = forgotten(session, document_typed(session, document_id, desk.viewer), form)
        reason = text_of(form, "ly-do")
        supplement(desk.engine, seen, directive, reason, act)
    except Refusal as error:
        if is_missing(error):
            raise
        with reading(desk.engine) as session:
            document = document_typed(session, document_id, desk.viewer)
            typed = refused(session, document, form, desk.office.calendar)
            notice = Notice(409, str(error), [("Xem lại nội dung bổ sung", "#bo-sung")])
            return show_issued(desk, session, document, notice, typed)
    return see(f"/van-ban/{seen.document_id}?xong=bo-sung")


def _read(desk: Desk, document_id: str, form: FormData) -> HTMLResponse:
    """The form with what its sentence says; nothing is stored. Raises NotAllowed."""
    with reading(desk.engine) as session:
        document = document_typed(session, document_id, desk.viewer)
        typed = typed_and_read(session, document, form, desk.office.calendar)
        return show_issued(desk, session, document, Notice(), typed)


@router.get("/van-ban/{document_id}/thu-hoi")
def before_recall(document_id: str, desk: AtDesk) -> HTMLResponse:
    """What would be withdrawn, and who would be written to. Nothing changes."""
    return _show(desk, document_id)


@router.post("/van-ban/{document_id}/thu-hoi")
def take_whole_back(document_id: str, desk: AtDesk, form: Posted) -> Response:
    """Take the whole document back."""
    seen = Paper(number_in(document_id), number_in(text_of(form, "version")))
    reason, act = text_of(form, "ly-do"), desk.act(Actor.SECRETARIAT)
    try:
        recall(desk.engine, seen, reason, act)
    except Refusal as error:
        if is_missing(error):
            raise
        return _show(desk, document_id, str(error), reason, 409)
    return see(f"/van-ban/{seen.document_id}?xong=thu-hoi")


def _show(
    desk: Desk, document_id: str, problem: str = "", reason: str = "", status: int = 200
) -> HTMLResponse:
    found = preview_recall(desk.engine, number_in(document_id))
    with reading(desk.engine) as session:
        document = document_typed(session, document_id, desk.viewer)
        ids = sorted(code_quoted(code) or 0 for code in found.task_codes)
        tasks = facts_by_id(session, ids[:_MOST])
        names = agency_names(session, found.body_ids)
    return desk.show(
        "documents/recall.html.j2",
        status=status,
        document=document,
        source=source_of(document.kind, document.number, document.dated_on),
        stands=document.state is DocumentState.ISSUED,
        total=len(ids),
        rows=[line(tasks[key], desk.today) for key in sorted(tasks)],
        bodies=sorted(names.values()),
        problem=problem,
        reason=reason,
    )
