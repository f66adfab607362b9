"""A request for a later deadline as a record: found, settled, and told of.

Shared by the actions in ``asking.py``; each runs in the caller's transaction.
"""

from dataclasses import replace
from datetime import date

from sqlmodel import Session

from config.act import Act
from flows.actions.doors.request import move_request
from flows.actions.doors.task import Happening, find_task, perform
from flows.actions.letters.about_tasks import tell, tell_secretariat
from models.follow_up.told import told_by_act
from models.people.row_bodies import committee_bodies, seat_of, task_bodies
from models.tables.extensions import ExtensionRequest
from models.tables.tasks import Task, TaskChanges
from models.tasks.granted_extensions import limits_of, unanswered
from rules.outbox.payloads import keys
from rules.outbox.payloads.deadlines import Extension, ExtensionAnswer
from rules.people.on_requests import check
from rules.refusal import NotAllowed, NotFound
from rules.tasks.event_data import EventData, ExtensionAgreedData, ExtensionRefusedData
from rules.tasks.extensions import check_new_date, extended_often
from rules.text.incoming import cleaned
from rules.vocabulary import Actor, DeadlineCause, EventKind, ExtensionState

X = ExtensionState
_WAITING = frozenset({X.OPEN, X.COUNTERED})


def settle(
    session: Session,
    request: ExtensionRequest,
    task: Task,
    new_on: date | None,
    act: Act,
    said: str,
) -> None:
    """The last word on a request; ``new_on`` is the new deadline, None a refusal.

    A lead that takes a date which was proposed to it takes it from whoever proposed it.
    """
    event = EventKind.EXTENSION_REFUSED if new_on is None else EventKind.EXTENSION_AGREED
    by = request.decided_by if act.actor is Actor.LEAD else decided_by(act)
    limits, today, office = limits_of(session, task), act.today, act.office
    granted = limits.granted + (new_on is not None)
    often = extended_often(granted, office.policy.extension.flag_from)
    assert request.id is not None
    data: EventData = ExtensionRefusedData(request.id, by)
    changes: TaskChanges = {}
    if new_on is not None:
        check_new_date(new_on, limits, today)
        data = ExtensionAgreedData(request.id, by, granted, often)
        changes = {"due_on": new_on}
    state = X.REFUSED if new_on is None else X.AGREED
    move_request(session, request, state, decided_on=today, decided_by=by, note=said)
    perform(session, task, act, Happening(event, said, data, changes, DeadlineCause.EXTENSION))
    if act.actor is Actor.LEAD:  # who accepts knows; the assigner's side hears of it
        assert task.id is not None
        told_by_act(session, task.id, office.calendar.guessing.on_or_after(today))
        tell_assigner(session, request, task, granted, act)
    else:
        tell_lead(session, request, task, act, often)


def decided_by(act: Act) -> str:
    """The office in which somebody answers a request, as typed; else the role."""
    return cleaned(act.capacity).strip() or act.actor.label


def found(session: Session, request_id: int) -> tuple[ExtensionRequest, Task]:
    """A request that waits, with its task. Raises NotFound, NotAllowed when it was answered."""
    request = session.get(ExtensionRequest, request_id)
    if request is None:
        raise NotFound(f"Không có đề nghị gia hạn số {request_id}.")
    if request.state not in _WAITING:
        when = f" ngày {request.decided_on:%d/%m/%Y}" if request.decided_on else ""
        raise NotAllowed(f"Đề nghị gia hạn này đã kết thúc{when}: {request.state.label.lower()}.")
    return request, find_task(session, request.task_id)


def refuse_second(session: Session, task_id: int) -> None:
    """One request at a time. Raises NotAllowed."""
    first = unanswered(session, task_id)
    if first is not None:
        raise NotAllowed(
            f"Đã có đề nghị gia hạn đến ngày {first.wanted_on:%d/%m/%Y} đang chờ trả lời; "
            "mỗi lần chỉ một đề nghị."
        )


def ask_who(session: Session, task: Task, event: EventKind, act: Act, *, takes_counter: bool = False) -> None:
    """May this one do this to a request for more time on ``task``? Raises NotAllowed."""
    bodies = replace(task_bodies(session, task, act), committee=committee_bodies(session))
    check(event, seat_of(act), bodies, takes_counter=takes_counter)


def tell_assigner(session: Session, request: ExtensionRequest, task: Task, granted: int, act: Act) -> None:
    """Lay a request before those who act for the assigner, or tell them that their date was taken.

    ``granted`` are the extensions so far.
    """
    told = Extension(request.state, request.wanted_on, request.reason, granted)
    key = keys.extension(request.id or 0, request.version)
    tell_secretariat(session, told, key, task, act)


def tell_lead(session: Session, request: ExtensionRequest, task: Task, act: Act, often: bool = False) -> None:
    """Answer the one who asked; ``often``: with what was granted the task is flagged."""
    told = ExtensionAnswer(
        request.state, request.note, request.counter_on, request.reason, request.decided_by, often
    )
    key = keys.extension_answer(request.id or 0, request.version)
    tell(session, told, key, task.agency_id, task, act)
