"""One task of a hand-over: the old one closes, the new one opens or takes it in, all are told."""

from datetime import date

import sqlalchemy as sa
from sqlmodel import Session

from config.act import Act
from flows.actions.documents.new_tasks import new_row
from flows.actions.doors.case import take_case_along, waiting_case_of
from flows.actions.doors.part import insert_parts
from flows.actions.doors.request import lapse_requests
from flows.actions.doors.task import Happening, find_task, insert_opened, perform
from flows.actions.letters.about_tasks import ask_to_confirm, letter
from flows.actions.tasks.lapses import lapse_cases
from models.facts import code_of
from models.tables.agencies import Agency
from models.tables.hand_overs import HandOver
from models.tables.task_rows import TaskRow
from models.tables.tasks import Task, TaskChanges, TaskCooperation
from models.tasks.moving_tasks import children_of
from notifications.outbox.enqueue import NewLetter
from rules.outbox.payloads import keys
from rules.outbox.payloads.tasks import HandedOver
from rules.people.bodies import covers
from rules.tasks.event_data import DeadlineSetData, HandedOverData, TakenOverData
from rules.tasks.hand_overs import Moving, carried_over
from rules.vocabulary import CooperationState, DeadlineCause, EventKind, TaskStatus


def hand_over_one(session: Session, moving: Moving, made: HandOver, act: Act) -> list[NewLetter]:
    """Hand one open task over; returns the letters that tell of it, for the caller to write.

    The case that waits goes along, unless the new lead already has the task; a request for an
    extension lapses, because it was the old lead's. The events say so.
    """
    old = find_task(session, moving.task_id)
    note = f"{made.legal_basis}. {made.reason}".removesuffix(" ").removesuffix(".") + "."
    requests = lapse_requests(session, moving.task_id, act.today, "Nhiệm vụ đã chuyển giao.")
    merges = moving.merges_into is not None
    cases = _lapse(session, moving.task_id, act) if merges else []
    followed = None if merges else waiting_case_of(session, moving.task_id)
    along = None if followed is None else followed.id
    assert made.id is not None
    begun = TakenOverData(made.id, moving.task_id, old.urged, along)
    arrived = Happening(EventKind.TAKEN_OVER, note, begun, cause=DeadlineCause.HAND_OVER)
    # The old task's row still holds what the new one takes over.
    into = moving.merges_into
    if into is None:
        [into] = insert_opened(session, [(successor(old, made, act, moving.corrects), arrived)], act)
    new = find_task(session, into)
    data = HandedOverData(made.id, into, tuple(requests), tuple(cases), along)
    if followed is not None:  # before the task, as everybody does who moves both
        take_case_along(session, followed, into)
    perform(session, old, act, Happening(EventKind.HANDED_OVER, note, data, {"successor_id": into}))
    if merges:
        perform(session, new, act, arrived)
    else:
        _take_along(session, old, new)
    _adopt_children(session, old, new, made, act)
    return _letters(session, old, new, made, act)


def _lapse(session: Session, task_id: int, act: Act) -> list[int]:
    """The new lead has the task already: what the old one waited for goes with its own."""
    why = "Nhiệm vụ đã nhập vào nhiệm vụ cùng nội dung của cơ quan tiếp nhận, không còn cần ý kiến."
    return lapse_cases(session, task_id, EventKind.HANDED_OVER, act, why)


def successor(old: Task, made: HandOver, act: Act, corrects: bool = False) -> TaskRow:
    """The columns of the new lead's task: the same work and deadlines, a series of urgings of its own."""
    today, status = act.today, carried_over(old.status, corrects)
    waits = status is TaskStatus.PAUSED
    given: TaskRow = {
        "agency_id": made.to_agency_id,
        "status": status,
        "assigned_on": today,
        "due_set_on": today,
        "review_on": _review(old, today),
        "submitted_on": old.submitted_on if status is TaskStatus.SUBMITTED else None,
        "paused_on": old.paused_on if waits else None,
        "paused_from": old.paused_from if waits else None,
        "percent": None if corrects else old.percent,
    }
    return new_row("successor", given, old)


def _review(old: Task, today: date) -> date | None:
    return None if old.due_on else max(old.review_on or today, today)


def _take_along(session: Session, old: Task, new: Task) -> None:
    """The cooperating bodies with their states."""
    assert new.id is not None
    parts = session.scalars(sa.select(TaskCooperation).where(TaskCooperation.task_id == old.id))
    same = ("agency_id", "state", "due_on", "last_report_on")
    rows = [
        {"task_id": new.id, **{name: getattr(part, name) for name in same}}
        for part in parts.all()
        if part.agency_id != new.agency_id
    ]
    insert_parts(session, rows)


def _adopt_children(session: Session, old: Task, new: Task, made: HandOver, act: Act) -> None:
    """Units that report to the old task report to the new one; their deadlines stay."""
    assert old.id is not None
    note = f"Cơ quan tổng hợp đã chuyển giao {code_of(old.id)} thành {code_of(new.id or 0)}."
    data = DeadlineSetData(made.id)
    for child in children_of(session, old.id):
        if child.id != new.id:
            changes: TaskChanges = {"parent_id": new.id}
            perform(session, child, act, Happening(EventKind.DEADLINE_SET, note, data, changes))


def _letters(session: Session, old: Task, new: Task, made: HandOver, act: Act) -> list[NewLetter]:
    """The new lead, the cooperating bodies, and the old lead if there still is one."""
    assert old.id is not None
    told = HandedOver(
        made.id, made.from_agency_id, made.to_agency_id, made.legal_basis, made.reason, old_task=old.id
    )
    cooperating = sa.select(TaskCooperation.agency_id).where(
        TaskCooperation.task_id == new.id, TaskCooperation.state != CooperationState.RELEASED
    )
    bodies = [new.agency_id, *session.scalars(cooperating.order_by(TaskCooperation.agency_id))]
    before = session.get_one(Agency, old.agency_id)
    if covers(before.valid_from, before.valid_to, act.today):
        bodies.append(old.agency_id)
    if new.status is TaskStatus.SUBMITTED and new.version == 0:
        ask_to_confirm(session, new, act)
    return [letter(told, keys.handed_over(old.id, body), body, new, act) for body in dict.fromkeys(bodies)]
