"""The secretariat says what holds where the day counted anew was over already: that day, or the old one."""

from datetime import date

from sqlalchemy.engine import Engine
from sqlmodel import Session

from config.act import Act
from flows.actions.doors.recount import answer_question
from flows.actions.doors.task import Happening, find_task, perform
from flows.actions.letters.about_deadlines import tell_deadline
from models.database.columns import MOST_ID
from models.db import unit_of_work
from models.deadlines.calendar_years import RecountedDeadline
from models.tables.tasks import Task
from rules.deadlines.recounts import Recount
from rules.refusal import NotAllowed, NotFound
from rules.tasks.remarks import remark
from rules.tasks.status import OPEN
from rules.vocabulary import DeadlineCause, EventKind


def answer_recount(engine: Engine, recount_id: int, take: bool, note: str, act: Act) -> date | None:
    """``take`` the day that the calendar gives, or keep the old one; returns the deadline in force.

    Raises NotFound; NotAllowed when it was answered, or the task has ended or got another deadline since.
    Then nothing has changed.
    """
    said = remark(EventKind.DEADLINE_SET, note, needed=False)
    with unit_of_work(engine) as session:
        row = _asked(session, recount_id)
        task = find_task(session, row.task_id)
        old = _still(task, row)
        perform(session, task, act, _said(row, take, said))
        answer_question(session, row, Recount.SET if take else Recount.KEPT, said, act)
        if take:
            words = f"tính lại theo lịch nghỉ chính thức năm {row.years}"
            tell_deadline(session, task, act, old, DeadlineCause.CALENDAR, words)
        return task.due_on


def _asked(session: Session, recount_id: int) -> RecountedDeadline:
    row = session.get(RecountedDeadline, recount_id) if recount_id <= MOST_ID else None
    if row is None:
        raise NotFound(f"Không có thời hạn tính lại số {recount_id}.")
    if row.outcome is not Recount.ASKED:
        raise NotAllowed(f"Thời hạn này không còn chờ quyết định: {row.outcome.label}.")
    return row


def _still(task: Task, row: RecountedDeadline) -> date:
    if task.status not in OPEN or task.due_on != row.old_due_on:
        raise NotAllowed("Nhiệm vụ đã kết thúc hoặc đã có thời hạn khác nên không còn phải quyết định.")
    return row.old_due_on


def _said(row: RecountedDeadline, take: bool, said: str) -> Happening:
    new = row.new_due_on
    counted = f"theo lịch nghỉ chính thức năm {row.years} là {new:%d/%m/%Y}"
    if take:
        words = f"Lấy thời hạn tính lại {counted} (trước đó: {row.old_due_on:%d/%m/%Y})."
    else:
        words = f"Giữ thời hạn {row.old_due_on:%d/%m/%Y}; thời hạn tính lại {counted}."
    return Happening(
        EventKind.DEADLINE_SET,
        note=f"{words} {said}".strip(),
        changes={"due_on": new, "original_due_on": new} if take else {},
        cause=DeadlineCause.CALENDAR if take else None,
    )
