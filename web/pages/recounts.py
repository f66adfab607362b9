"""Deadlines counted anew by the notice of a year: what was set, what is asked, what was left alone."""

from datetime import date

from fastapi import APIRouter
from sqlmodel import Session
from starlette.responses import HTMLResponse, Response

from flows.actions.recount_answers import answer_recount
from models.db import reading
from models.recount_lists import Recounted, days_counted, open_questions, recounted_on
from models.task_facts import code_of
from rules.deadlines import line
from rules.facts import TaskLine
from rules.quoted import code_quoted
from rules.refusal import Refusal
from rules.workdays import WorkCalendar, WorkYear
from web.desk import AtDesk, Desk, see
from web.forms import Posted, is_missing, number_in, text_of

router = APIRouter()
_MOST_DAYS = 20
#: The buttons of a question.
TAKE, KEEP = "lay-ngay-moi", "giu-ngay-cu"


@router.get("/lich-nghi")
def list_recounts(desk: AtDesk) -> HTMLResponse:
    """The calendars in use, the questions with their forms, and what each count has found."""
    return _show(desk)


@router.post("/lich-nghi/{typed_id}")
def answer(typed_id: str, desk: AtDesk, form: Posted) -> Response:
    """Take the day that the calendar gives, or keep the old one."""
    choice, back = text_of(form, "chon"), text_of(form, "ve")
    if choice not in (TAKE, KEEP):
        return _show(desk, "Hãy chọn lấy ngày tính lại hoặc giữ ngày cũ.", 422)
    note = text_of(form, "y-kien")
    try:
        answer_recount(desk.engine, number_in(typed_id), choice == TAKE, note, desk.now, desk.office)
    except Refusal as error:
        if is_missing(error):
            raise
        return _show(desk, str(error), 409)
    task_id = code_quoted(back)
    place = f"/viec/{code_of(task_id)}" if task_id is not None else "/lich-nghi"
    return see(f"{place}?xong=lich-nghi")


def _show(desk: Desk, problem: str = "", status: int = 200) -> HTMLResponse:
    with reading(desk.engine) as session:
        questions = open_questions(session)
        days = days_counted(session, _MOST_DAYS)
        counted = [(day, _rows(desk, session, day)) for day in days]
    return desk.show(
        "recounts/list.html.j2",
        status=status,
        years=_years(desk.office.calendar, desk.today),
        questions=[(one, line(one.task, desk.today)) for one in questions],
        counted=counted,
        problem=problem,
    )


def _rows(desk: Desk, session: Session, day: date) -> list[tuple[Recounted, TaskLine]]:
    return [(one, line(one.task, desk.today)) for one in recounted_on(session, day)]


def _years(calendar: WorkCalendar, today: date) -> list[WorkYear]:
    """The calendars that present deadlines are counted by: this year's and later ones."""
    return [year for number, year in sorted(calendar.years.items()) if number >= today.year]
