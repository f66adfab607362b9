"""What the office mends on an issued task: it is put right, or urged today."""

from fastapi import APIRouter
from starlette.responses import Response

from flows.actions.doors.task import find_task
from flows.actions.tasks.correcting.correct import Seen, correct
from flows.actions.tasks.urge import urge_by_hand
from models.db import reading
from models.facts import code_of
from rules.refusal import Refusal
from rules.vocabulary import Actor, EventKind
from web.forms.fields import Posted, number_in, text_of
from web.forms.seats import OFFICE
from web.kit.desk import AtDesk, see
from web.pages.tasks.mending_forms import wanted_reading
from web.pages.tasks.task_answers import refused
from web.pages.tasks.task_page import task_typed

router = APIRouter()


@router.post("/viec/{code}/dinh-chinh")
def put_right(code: str, desk: AtDesk, form: Posted) -> Response:
    """Make the task say what the paper says; with another lead it is a new task."""
    key = task_typed(desk, code)
    try:
        with reading(desk.engine) as session:
            wanted = wanted_reading(session, find_task(session, key), form, desk.today)
        seen = Seen(key, number_in(text_of(form, "version")), bool(text_of(form, "cung-chi-dao")))
        reason = text_of(form, "ly-do-dinh-chinh")
        stands = correct(desk.engine, seen, wanted, reason, desk.act(Actor.SECRETARIAT))
    except Refusal as error:
        return refused(desk, key, OFFICE, "dinh-chinh", form, error)
    return see(f"/viec/{code_of(stands)}?{OFFICE.address}&xong={EventKind.CORRECTED}")


@router.post("/viec/{code}/don-doc")
def urge_today(code: str, desk: AtDesk, form: Posted) -> Response:
    """The next number of the series, today."""
    key = task_typed(desk, code)
    try:
        said = text_of(form, "y-kien-don-doc")
        urge_by_hand(desk.engine, key, said, desk.act(Actor.SECRETARIAT))
    except Refusal as error:
        return refused(desk, key, OFFICE, "don-doc", form, error)
    return see(f"/viec/{code}?{OFFICE.address}&xong={EventKind.URGED}#don-doc")
