"""What the buttons of a task's page do, each by the table of ``flows/actions/tasks/answer.py``."""

from starlette.datastructures import FormData
from starlette.responses import HTMLResponse

from flows.actions.tasks.answer import REPORTS, Said, answer
from models.db import reading
from models.trail.heard import out_of_seat
from rules.refusal import NotInThisSeat, Refusal
from rules.vocabulary import EventKind
from web.forms.chosen_files import files_again
from web.forms.fields import is_missing, text_of
from web.forms.seats import Sitting, act_of
from web.kit.desk import Desk
from web.pages.tasks.task_forms import faults_of, report_of
from web.pages.tasks.task_page import Typed, show_task


def record(desk: Desk, task_id: int, event: EventKind, sitting: Sitting, form: FormData) -> None:
    """Do what the button says, with what was typed. Raises Refusal; then nothing has changed."""
    report = report_of(form) if event in REPORTS else None
    said = Said(text_of(form, "noi-dung"), report, faults_of(form))
    answer(desk.engine, task_id, event, act_of(desk, sitting), said)


def refused(
    desk: Desk, task_id: int, sitting: Sitting, place: str, form: FormData, error: Refusal
) -> HTMLResponse:
    """The page again, with what was typed and chosen in the form ``place``, and why it was not taken."""
    if isinstance(error, NotInThisSeat):  # also where it was found outside of any transaction
        out_of_seat()
    values = {name: text_of(form, name) for name, value in form.items() if isinstance(value, str)}
    values["loi"] = " ".join(str(one) for one in form.getlist("loi"))
    chosen = files_again(form, desk.now)
    again = "" if chosen.complete else " Hãy chọn lại tệp kèm theo."
    typed = Typed(f"{error}{again}", place=place, values=values, files=chosen.files)
    with reading(desk.engine) as session:
        return show_task(desk, session, task_id, sitting, typed, status=404 if is_missing(error) else 409)
