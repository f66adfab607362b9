"""What the buttons of a task's page do, each by the table of ``flows/actions/answer.py``."""

from starlette.datastructures import FormData
from starlette.responses import HTMLResponse

from config.act import Act
from flows.actions.answer import REPORTS, Said, answer
from flows.actions.transition import find_task
from models.db import reading
from rules.refusal import Refusal
from rules.vocabulary import Actor, EventKind
from web.chosen_files import files_again
from web.desk import Desk
from web.forms import is_missing, text_of
from web.task_forms import faults_of, report_of
from web.task_page import Typed, show_task


def record(desk: Desk, task_id: int, event: EventKind, actor: Actor, form: FormData) -> None:
    """Do what the button says, with what was typed. Raises Refusal; then nothing has changed."""
    report = report_of(form) if event in REPORTS else None
    said = Said(text_of(form, "noi-dung"), report, faults_of(form))
    answer(desk.engine, task_id, event, acting(desk, task_id, actor), said)


def acting(desk: Desk, task_id: int, actor: Actor, capacity: str = "") -> Act:
    """An act on this task in the chosen role; a lead speaks for the task's own body. Raises NotFound."""
    with reading(desk.engine) as session:
        task = find_task(session, task_id)
        return desk.act(actor, task.agency_id if actor is Actor.LEAD else None, capacity)


def refused(desk: Desk, task_id: int, role: str, place: str, form: FormData, error: Refusal) -> HTMLResponse:
    """The page again, with what was typed and chosen in the form ``place``, and why it was not taken."""
    values = {name: text_of(form, name) for name, value in form.items() if isinstance(value, str)}
    values["loi"] = " ".join(str(one) for one in form.getlist("loi"))
    chosen = files_again(form, desk.now)
    again = "" if chosen.complete else " Hãy chọn lại tệp kèm theo."
    typed = Typed(f"{error}{again}", place=place, values=values, files=chosen.files)
    with reading(desk.engine) as session:
        return show_task(desk, session, task_id, role, typed, status=404 if is_missing(error) else 409)
