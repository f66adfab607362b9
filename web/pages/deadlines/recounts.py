"""Deadlines counted anew by the notice of a year: what was set, what is asked, what was left alone."""

from datetime import date

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, Response

from flows.actions.deadlines.recount_answers import answer_recount
from models.db import reading
from models.deadlines.recount_lists import (
    CountedDay,
    RecountLine,
    count_questions,
    days_counted,
    open_questions,
    recounted_on,
)
from rules.calendar.workdays import WorkCalendar, WorkYear
from rules.deadlines.classes import line
from rules.documents.quoted import code_quoted
from rules.facts import TaskLine
from rules.refusal import Refusal
from rules.text.incoming import cleaned
from rules.vocabulary import Actor
from web.forms.fields import Posted, WrongDate, is_missing, number_in, page_in, parse_day, text_of
from web.forms.seats import OFFICE
from web.kit.desk import AtDesk, Desk, see
from web.pages.tasks.task_page import Typed, code_here, show_task

router = APIRouter()
PAGE_LENGTH = 50
_MOST_DAYS = 10  # on the first page, each with its first rows; a heading leads to the whole of its day
_FIRST = 20
_DAYS = "cac-ngay"
#: The buttons of a question.
TAKE, KEEP = "lay-ngay-moi", "giu-ngay-cu"


@router.get("/lich-nghi")
def list_recounts(request: Request, desk: AtDesk) -> HTMLResponse:
    """The calendars in use, the questions with their forms, and the latest counts; or one list in full."""
    asked = request.query_params
    number = page_in(asked.get("trang", ""))
    if asked.get("phan") == _DAYS:
        return _show_days(desk, number)
    try:
        day = parse_day(cleaned(asked.get("ngay", "")))
    except WrongDate:
        day = None
    return _show_day(desk, day, number) if day else _show(desk, number)


@router.post("/lich-nghi/{typed_id}")
def answer(typed_id: str, desk: AtDesk, form: Posted) -> Response:
    """Take the day that the calendar gives, or keep the old one."""
    choice, number = text_of(form, "chon"), page_in(text_of(form, "trang"))
    act = desk.act(Actor.SECRETARIAT)
    if choice not in (TAKE, KEEP):
        return _refused(desk, typed_id, form, "Hãy chọn lấy ngày tính lại hoặc giữ ngày cũ.", 422)
    try:
        note = text_of(form, "y-kien")
        answer_recount(desk.engine, number_in(typed_id), choice == TAKE, note, act)
    except Refusal as error:
        if is_missing(error):
            raise
        return _refused(desk, typed_id, form, str(error), 409)
    code = code_here(text_of(form, "ve"))
    return see(f"/viec/{code}?xong=lich-nghi" if code else f"/lich-nghi?trang={number}&xong=lich-nghi")


def _refused(desk: Desk, typed_id: str, form: FormData, problem: str, status: int) -> HTMLResponse:
    """The page from which it was answered, with the opinion in the field where it was typed."""
    note, code = text_of(form, "y-kien"), code_here(text_of(form, "ve"))
    typed = Typed(problem, place=f"lich-nghi/{typed_id}", values={"y-kien": note})
    task_id = code_quoted(code)
    if task_id is None:
        return _show(desk, page_in(text_of(form, "trang")), typed, status)
    with reading(desk.engine) as session:
        return show_task(desk, session, task_id, OFFICE, typed, status)


def _part(number: int, length: int = PAGE_LENGTH) -> slice:
    return slice((number - 1) * length, number * length)


def _show(desk: Desk, number: int, typed: Typed | None = None, status: int = 200) -> HTMLResponse:
    with reading(desk.engine) as session:
        questions = _rows(desk, open_questions(session, _part(number)))
        total, days = count_questions(session), days_counted(session)
        shown = days[:_MOST_DAYS] if number == 1 else []
        counted = [(one, _rows_of(desk, session, one.day, slice(0, _FIRST))) for one in shown]
    return desk.show(
        "recounts/list.html.j2",
        status=status,
        years=_years(desk.office.calendar, desk.today),
        questions=questions,
        total=total,
        counted=counted,
        days=len(days),
        number=number,
        length=PAGE_LENGTH,
        link=lambda to: f"/lich-nghi?trang={to}",
        typed=typed or Typed(),
    )


def _show_day(desk: Desk, day: date, number: int) -> HTMLResponse:
    """All that one count found, page by page."""
    with reading(desk.engine) as session:
        found = next((one for one in days_counted(session) if one.day == day), CountedDay(day, "", 0))
        rows = _rows_of(desk, session, day, _part(number))
    return desk.show(
        "recounts/day.html.j2",
        day=found,
        rows=rows,
        number=number,
        length=PAGE_LENGTH,
        link=lambda to: f"/lich-nghi?ngay={day}&trang={to}",
    )


def _show_days(desk: Desk, number: int) -> HTMLResponse:
    """The days of all counts, page by page."""
    with reading(desk.engine) as session:
        days = days_counted(session)
    return desk.show(
        "recounts/days.html.j2",
        days=days[_part(number)],
        total=len(days),
        number=number,
        length=PAGE_LENGTH,
        link=lambda to: f"/lich-nghi?phan={_DAYS}&trang={to}",
    )


def _rows_of(desk: Desk, session: Session, day: date, part: slice) -> list[tuple[RecountLine, TaskLine]]:
    return _rows(desk, recounted_on(session, day, part))


def _rows(desk: Desk, found: list[RecountLine]) -> list[tuple[RecountLine, TaskLine]]:
    return [(one, line(one.task, desk.today)) for one in found]


def _years(calendar: WorkCalendar, today: date) -> list[WorkYear]:
    """The calendars that present deadlines are counted by: this year's and later ones."""
    return [year for number, year in sorted(calendar.years.items()) if number >= today.year]
