"""Tasks: the list, and what may be done with one of them."""

from typing import TypedDict
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from flows.actions.escalation.escalate import raise_case
from models.db import reading
from models.follow_up.urging_reach import with_reach
from models.tasks.list_conditions import Cut, TaskFilter
from models.tasks.listing import (
    MOST,
    OPEN_TASKS,
    Choice,
    TaskCounts,
    TaskPage,
    list_head,
    task_page,
)
from rules.deadlines.classes import line
from rules.facts import TaskLine
from rules.follow_up.digest_parts import DigestPart
from rules.people.bodies import LONGEST_ID
from rules.people.viewer import Viewer
from rules.refusal import Refusal
from rules.text.incoming import cleaned
from rules.vocabulary import EventKind, TaskStatus
from web.forms.body_limit import EVIDENCE, takes
from web.forms.chosen_files import drop_held
from web.forms.fields import Posted, number_in, page_in, word_of
from web.forms.seats import act_of, sitting_asked, sitting_posted
from web.kit.desk import AtDesk, Desk, see
from web.pages.tasks.case_fields import case_form, posted_gate
from web.pages.tasks.search import FoundByName, NarrowedTo, code_typed, named, origin_of
from web.pages.tasks.task_answers import record, refused
from web.pages.tasks.task_forms import pressed
from web.pages.tasks.task_page import Typed, code_here, show_task, task_number, task_typed

router = APIRouter()
PAGE_LENGTH = 50
MINE = "cua-toi"  # the filter's word for what was handed to the viewer within a body
_KEPT = ("tim", "co-quan", "trang-thai", "han", "muc", "van-ban", "chi-dao", "su-kien", MINE)
_MOST_NUMBER = 2**31 - 1  # of a directive in its document
EVERY = "tat-ca"  # the status filter's word for no filter; without a word only open tasks are shown


class TaskList(TypedDict):
    """What the database says to the list."""

    found: TaskPage
    rows: list[TaskLine]
    counts: TaskCounts
    agencies: list[Choice]
    named: FoundByName
    origin: NarrowedTo | None


@router.get("/viec")
def list_tasks(request: Request, desk: AtDesk) -> Response:
    """Tasks by filter, the most pressing first; a code that is typed opens its task."""
    asked = {name: cleaned(value) for name, value in request.query_params.items()}
    number, words = page_in(asked.get("trang", "")), asked.get("tim", "")[:200]
    wanted, viewer = _filter(asked, words, desk), desk.viewer
    with reading(desk.engine) as session:
        if (code := code_typed(session, words, viewer)) is not None:
            return see(f"/viec/{code}")
        found = task_page(session, wanted, desk.today, PAGE_LENGTH, (number - 1) * PAGE_LENGTH, viewer)
        head = list_head(session, desk.today, viewer)
        rows = with_reach(session, {task.id: task for task in found.rows}, desk.today)
        listed: TaskList = {
            "found": found,
            "rows": [line(task, desk.today) for task in rows.values()],
            "counts": head.counts,
            "agencies": head.agencies,
            "named": named(session, words, viewer),
            "origin": origin_of(session, wanted, viewer),
        }
    return _show_list(desk, {name: asked[name] for name in _KEPT if asked.get(name)}, wanted, number, listed)


def _show_list(
    desk: Desk, kept: dict[str, str], wanted: TaskFilter, number: int, listed: TaskList
) -> HTMLResponse:
    return desk.show(
        "tasks/list.html.j2",
        most=MOST,
        cap=None if wanted.counted_out else MOST,
        number=number,
        length=PAGE_LENGTH,
        link=lambda to: "/viec?" + urlencode({**kept, "trang": to}),
        wanted=wanted,
        kept=kept,
        statuses=TaskStatus,
        cuts=Cut,
        **listed,
    )


def _filter(asked: dict[str, str], words: str, desk: Desk) -> TaskFilter:
    """What the address asks for; words that it does not know are passed over."""
    cut, status = word_of(Cut, asked.get("han")), word_of(TaskStatus, asked.get("trang-thai"))
    part = word_of(DigestPart, asked.get("muc"))
    statuses: tuple[TaskStatus, ...] = (status,) if status else ()
    if (status, cut, part) == (None, None, None) and asked.get("trang-thai") != EVERY:
        statuses = OPEN_TASKS.statuses
    return TaskFilter(
        agency_id=asked.get("co-quan", "")[:LONGEST_ID] or None,
        statuses=statuses,
        cut=cut,
        words=words,
        part=part,
        windows=desk.office.policy.digest_windows,
        document_id=_number(asked, "van-ban"),
        ordinal=_number(asked, "chi-dao"),
        event_id=_number(asked, "su-kien"),
        officers=_mine(desk.viewer) if asked.get(MINE) else (),
    )


def _mine(viewer: Viewer) -> tuple[int, ...]:
    """The viewer, and those for whom the viewer stands in; nobody where nobody signs in."""
    if viewer.person is None:
        return ()
    return tuple(sorted({viewer.person, *(seat.instead_of for seat in viewer.seats if seat.instead_of)}))


def _number(asked: dict[str, str], name: str) -> int | None:
    """A number of the address; one that nothing has (-1) for a word that is none."""
    return min(number_in(asked[name]), _MOST_NUMBER) if asked.get(name) else None


@router.get("/viec/{code}")
def one_task(code: str, request: Request, desk: AtDesk) -> Response:
    """A task with its source, its history, and the buttons of the chosen role."""
    with reading(desk.engine) as session:
        if code_here(code) != code and (known := code_typed(session, code, desk.viewer)) is not None:
            return see(f"/viec/{known}")  # written in another way
        return show_task(desk, session, task_number(code), sitting_asked(request.query_params), Typed())


@router.post("/viec/{code}/tra-loi")
@takes(EVIDENCE)
def answer_task(code: str, desk: AtDesk, form: Posted) -> Response:
    """One of the answers that a button and a note can give, a report with its figures and files too."""
    key, sitting = task_typed(desk, code), sitting_posted(form)
    try:
        event = pressed(EventKind, form, sitting)
        record(desk, key, event, sitting, form)
        drop_held(form)
    except Refusal as error:
        return refused(desk, key, sitting, "tra-loi", form, error)
    return see(f"/viec/{code}?{sitting.address}&xong={event}")


@router.post("/viec/{code}/vuot-tham-quyen")
def escalate_task(code: str, desk: AtDesk, form: Posted) -> Response:
    """Declare the matter beyond authority, through the gate."""
    key, sitting, gate = task_typed(desk, code), sitting_posted(form), posted_gate(form)
    checked = case_form(gate)
    problem, status = "Phần trình vượt thẩm quyền còn thiếu; xem các mục được đánh dấu.", 422
    if checked is not None:
        try:
            raise_case(desk.engine, key, checked, act_of(desk, sitting))
            return see(f"/viec/{code}?{sitting.address}&xong={EventKind.ESCALATED}")
        except Refusal as error:
            problem, status = str(error), 409
    with reading(desk.engine) as session:
        return show_task(desk, session, key, sitting, Typed(problem=problem, gate=gate), status=status)
