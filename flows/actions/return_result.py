"""A result comes back to the lead agency: late, wrong or thin. It counts as not completed."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.engine import Engine

from config.office import Office
from flows.actions.task_letters import tell
from flows.actions.transition import Happening, find_task, perform
from models.db import unit_of_work
from rules.outbox import keys
from rules.outbox.payloads.tasks import Returned
from rules.refusal import NotAllowed
from rules.remarks import remark
from rules.vocabulary import Actor, EventKind, Fault, TaskStatus


def return_result(
    engine: Engine,
    task_id: int,
    faults: Iterable[Fault],
    reason: str,
    actor: Actor,
    now: datetime,
    office: Office,
) -> TaskStatus:
    """Return a submitted result for re-doing, with what is wrong with it; the lead is told.

    Raises NotAllowed, NotFound; then nothing has changed.
    """
    found = tuple(dict.fromkeys(faults))
    if not found:
        kinds = ", ".join(fault.label.lower() for fault in Fault)
        raise NotAllowed(f"Cần chọn lý do trả lại: {kinds}.")
    return return_with(engine, task_id, found, reason, actor, now, office)


def return_with(
    engine: Engine,
    task_id: int,
    faults: tuple[Fault, ...],
    reason: str,
    actor: Actor,
    now: datetime,
    office: Office,
) -> TaskStatus:
    """The same for a form that knows no kinds of faults yet: ``faults`` may be empty."""
    said = remark(EventKind.RETURNED, reason)
    with unit_of_work(engine) as session:
        task = find_task(session, task_id)
        kinds = [fault.value for fault in faults]
        submitted = task.submitted_on.isoformat() if task.submitted_on else None
        # The result did not count, so neither does its day; the event keeps it.
        act = Happening(
            EventKind.RETURNED,
            actor,
            now,
            note=said,
            data={"faults": kinds, "submitted_on": submitted},
            changes={"submitted_on": None},
        )
        status = perform(session, task, act)
        key = keys.returned(task_id, task.version)
        told = Returned(tuple(faults), said)
        tell(session, told, key, task.agency_id, task, now, office)
    return status
