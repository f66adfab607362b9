"""What the buttons of a task's page do: each event goes to its one action."""

from starlette.datastructures import FormData
from starlette.responses import HTMLResponse

from flows.actions.answer import answer
from flows.actions.pause import pause, resume
from flows.actions.reopen import reopen
from flows.actions.report import report, submit
from flows.actions.return_result import return_result
from models.db import reading
from rules.refusal import Refusal
from rules.vocabulary import Actor, EventKind
from web.chosen_files import files_again
from web.desk import Desk
from web.forms import is_missing, text_of
from web.seats import Sitting
from web.task_forms import faults_of, report_of
from web.task_page import Typed, show_task


def record(desk: Desk, task_id: int, event: EventKind, actor: Actor, form: FormData) -> None:
    """Do what the button says, with what was typed. Raises Refusal; then nothing has changed."""
    engine, now, office, note = desk.engine, desk.now, desk.office, text_of(form, "noi-dung")
    if event is EventKind.PROGRESS:
        report(engine, task_id, report_of(form), actor, now, office)
    elif event is EventKind.SUBMITTED:
        submit(engine, task_id, report_of(form), actor, now, office)
    elif event is EventKind.RETURNED:
        return_result(engine, task_id, faults_of(form), note, actor, now, office)
    elif event is EventKind.PAUSED:
        pause(engine, task_id, note, actor, now)
    elif event is EventKind.REOPENED:
        reopen(engine, task_id, note, actor, now, office)
    elif event is EventKind.RESUMED:
        resume(engine, task_id, note, actor, now, office)
    else:
        answer(engine, task_id, event, actor, now, office, note)


def refused(
    desk: Desk, task_id: int, sitting: Sitting, place: str, form: FormData, error: Refusal
) -> HTMLResponse:
    """The page again, with what was typed and chosen in the form ``place``, and why it was not taken."""
    values = {name: text_of(form, name) for name, value in form.items() if isinstance(value, str)}
    values["loi"] = " ".join(str(one) for one in form.getlist("loi"))
    chosen = files_again(form, desk.now)
    again = "" if chosen.complete else " Hãy chọn lại tệp kèm theo."
    typed = Typed(f"{error}{again}", place=place, values=values, files=chosen.files)
    with reading(desk.engine) as session:
        return show_task(desk, session, task_id, sitting, typed, status=404 if is_missing(error) else 409)
