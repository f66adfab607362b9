"""A task rests while something above is decided, and goes on with its deadline shifted."""

from datetime import date

from sqlalchemy.engine import Engine

from config.act import Act
from flows.actions.doors.case import waiting_case_of
from flows.actions.doors.task import Happening, find_task, perform
from flows.actions.letters.about_deadlines import tell_deadline
from models.db import unit_of_work
from models.tables.tasks import Task, TaskChanges
from rules.calendar.workdays import WorkCalendar
from rules.deadlines.pauses import paused_due
from rules.refusal import NotAllowed
from rules.tasks.remarks import remark
from rules.vocabulary import DeadlineCause, EventKind, TaskStatus


def pause(engine: Engine, task_id: int, reason: str, act: Act) -> TaskStatus:
    """Let a task rest, with the reason; nothing is reminded or urged meanwhile.

    Raises NotAllowed, NotFound; then nothing has changed.
    """
    said = remark(EventKind.PAUSED, reason)
    with unit_of_work(engine) as session:
        return perform(session, find_task(session, task_id), act, Happening(EventKind.PAUSED, said))


def resume(engine: Engine, task_id: int, note: str, act: Act) -> date | None:
    """Let a task go on; returns its deadline, moved by the working days of the pause.

    The lead is told of a deadline that has moved. A task that waits for a decision of its case goes on by
    that decision only. Raises NotAllowed, NotFound; then nothing has changed.
    """
    said = remark(EventKind.RESUMED, note, needed=False)
    with unit_of_work(engine) as session:
        task = find_task(session, task_id)
        case = waiting_case_of(session, task_id)
        if case is not None:
            raise NotAllowed(
                f"Nhiệm vụ đang chờ ý kiến của việc trình số {case.id}; hãy trả lời việc trình, "
                "nhiệm vụ sẽ tự tiếp tục."
            )
        changes = after_pause(task, act.today, act.office.calendar)
        old, since = task.due_on, task.paused_on
        resumed = Happening(EventKind.RESUMED, said, changes=changes, cause=DeadlineCause.PAUSE)
        perform(session, task, act, resumed)
        if task.due_on != old:
            words = f"tạm dừng từ ngày {since:%d/%m/%Y} đến ngày {act.today:%d/%m/%Y}"
            tell_deadline(session, task, act, old, DeadlineCause.PAUSE, words)
        return task.due_on


def after_pause(task: Task, today: date, calendar: WorkCalendar) -> TaskChanges:
    """The columns that the end of a pause moves: the deadline, with and without its pauses.

    Nothing for a task without a deadline, or when no working day was lost. Raises NoCalendar.
    """
    if task.due_on is None or task.paused_on is None:
        return {}
    shifted = paused_due(task.due_on, task.paused_on, today, calendar, task.due_unpaused_on)
    if shifted.with_pause == task.due_on:
        return {}
    return {"due_on": shifted.with_pause, "due_unpaused_on": shifted.without}
