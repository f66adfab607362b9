"""Documents: the list of them, and the door by which a new one comes in."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from fastapi import APIRouter, Request
from sqlmodel import col
from starlette.datastructures import FormData, UploadFile
from starlette.responses import HTMLResponse, Response

from flows.actions.formats.kinds import SUFFIXES
from flows.actions.intake import store_draft
from flows.actions.read_conclusion import read_conclusion
from flows.actions.read_document import DocumentError
from models.db import reading
from models.directives import Directive, Document
from models.register import load_registry
from models.tasks import Task
from rules.refusal import Refusal
from rules.vocabulary import DocumentState
from web.body_limit import LIMIT_MEGABYTES
from web.desk import AtDesk, Desk, see
from web.forms import Posted, page_in, parse_day, text_of
from web.words import KIND_LABELS

router = APIRouter()
PAGE_LENGTH = 50
PASTED = "văn bản dán trực tiếp.txt"


@dataclass(frozen=True, slots=True)
class Arrival:
    """What was handed in, as typed, and the problem with it."""

    text: str = ""
    day: str = ""
    problem: str = ""


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
    issued = sa.case((col(Document.state) == DocumentState.ISSUED, 1), else_=0)
    query = sa.select(Document, tasks).order_by(issued, col(Document.id).desc())
    with reading(desk.engine) as session:
        total = session.scalar(sa.select(sa.func.count()).select_from(Document)) or 0
        rows = session.execute(query.limit(PAGE_LENGTH).offset((number - 1) * PAGE_LENGTH)).all()
    return desk.show(
        "documents/list.html.j2",
        rows=rows,
        total=total,
        number=number,
        length=PAGE_LENGTH,
        link=lambda to: f"/van-ban?trang={to}",
        kinds=KIND_LABELS,
    )


@router.get("/van-ban/moi")
def new_document(desk: AtDesk) -> HTMLResponse:
    """The form for a new document."""
    return _form(desk, Arrival())


@router.post("/van-ban/moi")
def take_in(desk: AtDesk, form: Posted) -> Response:
    """Read what was handed in and keep the draft; a bad file leaves nothing behind."""
    text, typed = text_of(form, "noi-dung"), text_of(form, "ngay")
    try:
        day = parse_day(typed)
        name, data = _handed_in(form, text)
        document_id = _store(desk, name, data, day)
    except Refusal as error:
        return _form(desk, Arrival(text, typed, str(error)), status=422)
    return see(f"/van-ban/{document_id}?xong=doc")


def _form(desk: Desk, arrival: Arrival, status: int = 200) -> HTMLResponse:
    accepted = ",".join(SUFFIXES)
    return desk.show(
        "documents/new.html.j2", status=status, arrival=arrival, limit=LIMIT_MEGABYTES, accepted=accepted
    )


def _handed_in(form: FormData, text: str) -> tuple[str, bytes]:
    file = form.get("tep")
    chosen = isinstance(file, UploadFile) and bool(file.filename)
    if chosen and text:
        raise DocumentError("Vừa có tệp vừa có nội dung dán: hãy chỉ dùng một trong hai.")
    if isinstance(file, UploadFile) and file.filename:
        return file.filename, file.file.read()
    if text:
        return PASTED, text.encode()
    raise DocumentError("Chưa có gì để đọc: hãy chọn một tệp .docx, .pdf... hoặc dán nội dung văn bản.")


def _store(desk: Desk, name: str, data: bytes, day: date | None) -> int:
    with reading(desk.engine) as session:
        registry = load_registry(session)
    draft = read_conclusion(name, data, registry, day, desk.office.calendar)
    return store_draft(desk.engine, draft, name, desk.now)
