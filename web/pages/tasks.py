"""Tasks: the list, and what may be done with one of them."""

from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from flows.actions.escalate import raise_case
from models.db import reading
from models.list_conditions import Cut, TaskFilter
from models.listing import MOST, OPEN_TASKS, choices, task_counts, task_page
from models.urging_reach import with_reach
from rules.deadlines import line
from rules.refusal import Refusal
from rules.status import NotAllowed
from rules.vocabulary import EventKind, TaskStatus
from web.case_fields import case_form, posted_gate
from web.chosen_files import drop_held
from web.desk import AtDesk, see
from web.forms import Posted, page_in, text_of, word_of
from web.task_answers import record, refused
from web.task_page import Typed, show_task, task_number
from web.words import ROLES

router = APIRouter()
PAGE_LENGTH = 50
EVERY = "tat-ca"  # the status filter's word for no filter; without a word only open tasks are shown


@router.get("/viec")
def list_tasks(request: Request, desk: AtDesk) -> HTMLResponse:
    """Tasks by filter, the most pressing first."""
    asked = request.query_params
    number = page_in(asked.get("trang", ""))
    wanted = _filter(dict(asked))
    with reading(desk.engine) as session:
        found = task_page(session, wanted, desk.today, PAGE_LENGTH, (number - 1) * PAGE_LENGTH)
        rows = with_reach(session, {task.id: task for task in found.rows}, desk.today)
        counts = task_counts(session, desk.today)
        agencies = choices(session)
    kept = {name: asked[name] for name in ("tim", "co-quan", "trang-thai", "han") if asked.get(name)}
    return desk.show(
        "tasks/list.html.j2",
        rows=[line(task, desk.today) for task in rows.values()],
        found=found,
        most=MOST,
        counts=counts,
        agencies=agencies,
        number=number,
        length=PAGE_LENGTH,
        link=lambda to: "/viec?" + urlencode({**kept, "trang": to}),
        wanted=wanted,
        kept=kept,
        statuses=TaskStatus,
        cuts=Cut,
    )


def _filter(asked: dict[str, str]) -> TaskFilter:
    """What the address asks for; words that it does not know are passed over."""
    cut, status = word_of(Cut, asked.get("han")), word_of(TaskStatus, asked.get("trang-thai"))
    statuses: tuple[TaskStatus, ...] = (status,) if status else ()
    if status is None and cut is None and asked.get("trang-thai") != EVERY:
        statuses = OPEN_TASKS.statuses
    words = asked.get("tim", "").replace("\0", " ")[:200]
    return TaskFilter(asked.get("co-quan", "").replace("\0", "")[:40] or None, statuses, cut, words)


@router.get("/viec/{code}")
def one_task(code: str, request: Request, desk: AtDesk) -> HTMLResponse:
    """A task with its source, its history, and the buttons of the chosen role."""
    with reading(desk.engine) as session:
        return show_task(desk, session, task_number(code), request.query_params.get("vai", ""), Typed())


@router.post("/viec/{code}/tra-loi")
def answer_task(code: str, desk: AtDesk, form: Posted) -> Response:
    """One of the answers that a button and a note can give, a report with its figures and files too."""
    key, role = task_number(code), text_of(form, "vai")
    event = word_of(EventKind, text_of(form, "viec"))
    try:
        if event is None or role not in ROLES:
            raise NotAllowed("Chưa chọn việc cần ghi.")
        record(desk, key, event, ROLES[role], form)
        drop_held(form)
    except Refusal as error:
        return refused(desk, key, role, "tra-loi", form, error)
    return see(f"/viec/{code}?vai={role}&xong={event}")


@router.post("/viec/{code}/vuot-tham-quyen")
def escalate_task(code: str, desk: AtDesk, form: Posted) -> Response:
    """Declare the matter beyond authority, through the gate."""
    key, role, gate = task_number(code), text_of(form, "vai"), posted_gate(form)
    checked = case_form(gate)
    problem, status = "Phần trình vượt thẩm quyền còn thiếu; xem các mục được đánh dấu.", 422
    if checked is not None:
        try:
            if role not in ROLES:
                raise NotAllowed("Chưa chọn tư cách thao tác.")
            raise_case(desk.engine, key, checked, ROLES[role], desk.now, desk.office)
            return see(f"/viec/{code}?vai={role}&xong={EventKind.ESCALATED}")
        except Refusal as error:
            problem, status = str(error), 409
    with reading(desk.engine) as session:
        return show_task(desk, session, key, role, Typed(problem=problem, gate=gate), status=status)
