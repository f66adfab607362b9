"""A result comes back to the lead agency: late, wrong or thin. It counts as not completed."""

from collections.abc import Iterable

from sqlalchemy.engine import Engine

from config.act import Act
from flows.actions.doors.task import Happening, find_task, perform
from flows.actions.letters.about_tasks import tell
from models.db import unit_of_work
from models.tables.tasks import TaskChanges
from rules.outbox.payloads import keys
from rules.outbox.payloads.tasks import Returned
from rules.refusal import NotAllowed
from rules.tasks.event_data import ReturnedData
from rules.tasks.remarks import remark
from rules.vocabulary import EventKind, Fault, TaskStatus


def return_result(engine: Engine, task_id: int, faults: Iterable[Fault], reason: str, act: Act) -> TaskStatus:
    """Return a submitted result for re-doing, with what is wrong with it; the lead is told.

    Raises NotAllowed, NotFound; then nothing has changed.
    """
    found = tuple(dict.fromkeys(faults))
    if not found:
        known = ", ".join(fault.label.lower() for fault in Fault)
        raise NotAllowed(f"Cần chọn lý do trả lại: {known}.")
    said = remark(EventKind.RETURNED, reason)
    with unit_of_work(engine) as session:
        task = find_task(session, task_id)
        # The result did not count, so neither does its day; the event keeps it.
        data, changes = ReturnedData(found, task.submitted_on), TaskChanges(submitted_on=None)
        status = perform(session, task, act, Happening(EventKind.RETURNED, said, data, changes))
        key = keys.returned(task_id, task.version)
        tell(session, Returned(found, said), key, task.agency_id, task, act)
    return status
