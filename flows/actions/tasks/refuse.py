"""The addressee says that a task is not its own; whoever gave it decides what becomes of it."""

from sqlalchemy.engine import Engine

from config.act import Act
from flows.actions.doors.request import lapse_requests
from flows.actions.doors.task import Happening, find_task, perform
from flows.actions.letters.about_tasks import tell_secretariat
from models.db import unit_of_work
from rules.outbox.payloads import keys
from rules.outbox.payloads.tasks import Refused
from rules.tasks.event_data import LapsesData
from rules.tasks.refusing import check_refusal
from rules.tasks.remarks import remark
from rules.vocabulary import EventKind, TaskStatus


def refuse(engine: Engine, task_id: int, reason: str, act: Act) -> TaskStatus:
    """Refuse a task with the reason, within the days of the policy; the secretariat is told.

    Raises NotAllowed, NotFound; then nothing has changed.
    """
    said = remark(EventKind.REFUSED, reason)
    with unit_of_work(engine) as session:
        task = find_task(session, task_id)
        gone = LapsesData(tuple(lapse_requests(session, task_id, act.today, "Nhiệm vụ bị từ chối.")))
        status = perform(session, task, act, Happening(EventKind.REFUSED, said, data=gone))
        # After the table: whoever may not refuse at all is told so, and not of days that have passed.
        within = act.office.policy.refusal.within_working_days
        check_refusal(task.assigned_on, act.today, within, act.office.calendar)
        key = keys.refused(task_id, task.version)
        tell_secretariat(session, Refused(said), key, task, act)
    return status
