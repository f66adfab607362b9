"""The addressee says that a task is not its own; whoever gave it decides what becomes of it."""

from datetime import datetime

from sqlalchemy.engine import Engine

from config.clock import office_day
from config.office import Office
from flows.actions.lapses import lapsed
from flows.actions.request_door import lapse_requests
from flows.actions.task_letters import tell_secretariat
from flows.actions.transition import Happening, find_task, perform
from models.db import unit_of_work
from rules.letter_words import LetterKind
from rules.outbox import keys
from rules.refusals import check_refusal
from rules.remarks import remark
from rules.vocabulary import Actor, EventKind, TaskStatus


def refuse(
    engine: Engine, task_id: int, reason: str, actor: Actor, now: datetime, office: Office
) -> TaskStatus:
    """Refuse a task with the reason, within the days of the policy; the secretariat is told.

    Raises NotAllowed, NotFound; then nothing has changed.
    """
    said, today = remark(EventKind.REFUSED, reason), office_day(now)
    with unit_of_work(engine) as session:
        task = find_task(session, task_id)
        gone = lapsed(lapse_requests(session, task_id, today, "Nhiệm vụ bị từ chối."), [])
        act = Happening(EventKind.REFUSED, actor, now, task.agency_id, said, data=gone)
        status = perform(session, task, act)
        # After the table: whoever may not refuse at all is told so, and not of days that have passed.
        within = office.policy.refusal.within_working_days
        check_refusal(task.assigned_on, today, within, office.calendar)
        key = keys.refused(task_id, task.version)
        tell_secretariat(session, LetterKind.REFUSED, key, task, now, office, reason=said)
    return status
