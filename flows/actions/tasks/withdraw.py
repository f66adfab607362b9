"""The assigner takes a task back: nobody owes it any more, and everybody who worked on it is told."""

from sqlalchemy.engine import Engine

from config.act import Act
from flows.actions.doors.request import lapse_requests
from flows.actions.doors.task import Happening, find_task, perform
from flows.actions.letters.about_tasks import cooperating, tell
from flows.actions.tasks.lapses import lapse_cases
from models.db import unit_of_work
from rules.outbox.payloads import keys
from rules.outbox.payloads.tasks import Withdrawn
from rules.tasks.event_data import WithdrawnData
from rules.tasks.remarks import remark
from rules.vocabulary import EventKind, TaskStatus


def withdraw(engine: Engine, task_id: int, reason: str, act: Act) -> TaskStatus:
    """Withdraw an open task with the reason; the lead and the cooperating bodies are told.

    Its case and its extension request need no answer any more. Raises NotAllowed, NotFound; then
    nothing has changed.
    """
    said = remark(EventKind.WITHDRAWN, reason)
    with unit_of_work(engine) as session:
        task = find_task(session, task_id)
        requests = lapse_requests(session, task_id, act.today, "Nhiệm vụ đã hủy.")
        why = "Nhiệm vụ đã hủy, không còn cần ý kiến."
        cases = lapse_cases(session, task_id, EventKind.WITHDRAWN, act, why)
        gone = WithdrawnData(False, tuple(requests), tuple(cases))
        status = perform(session, task, act, Happening(EventKind.WITHDRAWN, said, data=gone))
        for body in (task.agency_id, *cooperating(session, task_id)):
            key = keys.withdrawn(task_id, body)
            tell(session, Withdrawn(said), key, body, task, act)
    return status
