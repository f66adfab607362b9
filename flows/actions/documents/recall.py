"""A whole document is taken back after its issue: nobody owes anything of it any more.

Source: issue 10, line 9. Its open tasks are withdrawn with the reason, what waited on them lapses, its
standing rules, recurring duties and awaited events end, and each body gets one letter that names all its
tasks. What was confirmed stays confirmed. The number is free again for the right paper.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.engine import Engine
from sqlmodel import Session

from config.act import Act
from flows.actions.documents.issued_document import Paper, move_issued
from flows.actions.doors.request import lapse_requests
from flows.actions.doors.task import Happening, perform
from flows.actions.tasks.lapses import lapse_cases
from models.db import one_at_a_time, reading, unit_of_work
from models.documents.recalled import bodies_of, drop_waiting, open_tasks_of
from models.facts import code_of
from models.tables.documents import Document
from models.tables.tasks import Task
from notifications.outbox.enqueue import NewLetter, enqueue
from rules.outbox.payloads import keys
from rules.outbox.payloads.tasks import Recalled
from rules.tasks.event_data import WithdrawnData
from rules.tasks.remarks import remark
from rules.vocabulary import DocumentMove, DocumentState, EventKind

_WHY = "Văn bản giao nhiệm vụ đã được thu hồi"


@dataclass(frozen=True, slots=True)
class Recall:
    """What a recall does, or would do: codes of the withdrawn tasks, and bodies that get a letter."""

    task_codes: tuple[str, ...]
    body_ids: tuple[str, ...]


def preview_recall(engine: Engine, document_id: int) -> Recall:
    """What taking the document back would do today. Writes nothing."""
    with reading(engine) as session:
        tasks = open_tasks_of(session, document_id)
        return _told(tasks, bodies_of(session, [task.id or 0 for task in tasks]))


def recall(engine: Engine, seen: Paper, reason: str, act: Act) -> Recall:
    """Take an issued document back with the reason.

    Raises NotAllowed when it is not issued, or no longer as it was seen; NotFound. Then nothing has
    changed.
    """
    said = remark(DocumentMove.RECALLED, reason)
    with unit_of_work(engine) as session:
        for sweep in (
            "issue",
            "recurring",
            "hand-over",
        ):  # a task that is being opened is seen, or not opened
            one_at_a_time(session, sweep)
        document = move_issued(
            session,
            seen,
            DocumentMove.RECALLED,
            said,
            act,
            state=DocumentState.RECALLED,
            identity=None,
        )
        tasks = open_tasks_of(session, seen.document_id, hold=True)
        for task in tasks:
            _withdraw(session, task, said, act)
        ids = [task.id or 0 for task in tasks]
        drop_waiting(session, ids, f"Không gửi: {_WHY[0].lower()}{_WHY[1:]}.")
        bodies = bodies_of(session, ids)
        enqueue(session, _letters(document, tasks, bodies, said, act), act.now)
        return _told(tasks, bodies)


def _told(tasks: Sequence[Task], bodies: Mapping[str, Sequence[int]]) -> Recall:
    return Recall(tuple(code_of(task.id or 0) for task in tasks), tuple(bodies))


def _withdraw(session: Session, task: Task, said: str, act: Act) -> None:
    assert task.id is not None
    requests = lapse_requests(session, task.id, act.today, f"{_WHY}.")
    cases = lapse_cases(session, task.id, EventKind.WITHDRAWN, act, f"{_WHY}, không còn cần ý kiến.")
    data = WithdrawnData(True, tuple(requests), tuple(cases))
    note = f"{_WHY}. Lý do: {said}"
    perform(session, task, act, Happening(EventKind.WITHDRAWN, note, data))


def _letters(
    document: Document,
    tasks: Sequence[Task],
    bodies: Mapping[str, Sequence[int]],
    said: str,
    act: Act,
) -> list[NewLetter]:
    """One a body; it stands in the history of the body's first task."""
    assert document.id is not None
    soonest = act.office.policy.soonest(act.now, act.office.calendar)
    urgent = {task.id for task in tasks if task.urgent}
    return [
        NewLetter(
            key=keys.recalled(document.id, body),
            payload=Recalled(document.id, tuple(mine), said),
            agency_id=body,
            scheduled_on=act.today,
            not_before=act.now if urgent & set(mine) else soonest,
            task_id=mine[0],
            urgent=bool(urgent & set(mine)),
        )
        for body, mine in bodies.items()
    ]
