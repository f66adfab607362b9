"""One task of a hand-over: the old one closes, the new one opens or takes it in, all are told."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from config.act import Act
from flows.actions.case_moves import take_case_along, waiting_case_of
from flows.actions.lapses import lapse_cases, lapsed
from flows.actions.request_door import lapse_requests
from flows.actions.task_letters import ask_to_confirm, letter
from flows.actions.transition import Happening, find_task, opened, perform
from models.agencies import Agency
from models.hand_overs import HandOver
from models.moving_tasks import children_of
from models.task_facts import code_of
from models.tasks import Task, TaskCooperation
from notifications.outbox import NewLetter
from rules.bodies import covers
from rules.hand_overs import Moving, carried_over
from rules.letter_words import LetterKind
from rules.outbox import keys
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
    # The old task's row still holds what the new one takes over.
    into = moving.merges_into
    new = find_task(session, into) if into else successor(old, made, act, moving.corrects)
    if not merges:
        session.add(new)
        session.flush()
    data = {"hand_over": made.id, "successor": new.id, **lapsed(requests, cases)}
    left = Happening(EventKind.HANDED_OVER, note, data, {"successor_id": new.id})
    begun = {"hand_over": made.id, "predecessor": old.id, "urged_before": old.urged}
    followed = None if merges else waiting_case_of(session, moving.task_id)
    if followed is not None:  # before the task, as everybody does who moves both
        begun["case"] = data["case"] = followed.id
        take_case_along(session, followed, new.id or 0)
    perform(session, old, act, left)
    arrived = Happening(EventKind.TAKEN_OVER, note, begun, cause=DeadlineCause.HAND_OVER)
    if merges:
        perform(session, new, act, arrived)
    else:
        opened(session, new, act, arrived)
        _take_along(session, old, new)
    _adopt_children(session, old, new, made, act)
    return _letters(session, old, new, made, act)


def _lapse(session: Session, task_id: int, act: Act) -> list[int]:
    """The new lead has the task already: what the old one waited for goes with its own."""
    why = "Nhiệm vụ đã nhập vào nhiệm vụ cùng nội dung của cơ quan tiếp nhận, không còn cần ý kiến."
    return lapse_cases(session, task_id, EventKind.HANDED_OVER, act, why)


def successor(old: Task, made: HandOver, act: Act, corrects: bool = False) -> Task:
    """The task of the new lead: the same work and deadlines, a series of urgings of its own."""
    today, status = act.today, carried_over(old.status, corrects)
    waits = status is TaskStatus.PAUSED
    return Task(
        directive_id=old.directive_id,
        agency_id=made.to_agency_id,
        occurrence=old.occurrence,
        title=old.title,
        status=status,
        assigned_on=today,
        due_on=old.due_on,
        original_due_on=old.original_due_on,
        due_unpaused_on=old.due_unpaused_on,
        corrected_due_on=old.corrected_due_on,
        due_set_on=today,
        review_on=_review(old, today),
        submitted_on=old.submitted_on if status is TaskStatus.SUBMITTED else None,
        paused_on=old.paused_on if waits else None,
        paused_from=old.paused_from if waits else None,
        percent=None if corrects else old.percent,
        urgent=old.urgent,
        parent_id=old.parent_id,
    )


def _review(old: Task, today: date) -> date | None:
    return None if old.due_on else max(old.review_on or today, today)


def _take_along(session: Session, old: Task, new: Task) -> None:
    """The cooperating bodies with their states."""
    assert new.id is not None
    parts = session.scalars(sa.select(TaskCooperation).where(TaskCooperation.task_id == old.id))
    session.add_all(
        TaskCooperation(
            task_id=new.id,
            agency_id=part.agency_id,
            state=part.state,
            due_on=part.due_on,
            last_report_on=part.last_report_on,
        )
        for part in parts.all()
        if part.agency_id != new.agency_id
    )


def _adopt_children(session: Session, old: Task, new: Task, made: HandOver, act: Act) -> None:
    """Units that report to the old task report to the new one; their deadlines stay."""
    assert old.id is not None
    note = f"Cơ quan tổng hợp đã chuyển giao {code_of(old.id)} thành {code_of(new.id or 0)}."
    data = {"hand_over": made.id}
    for child in children_of(session, old.id):
        if child.id != new.id:
            changes = {"parent_id": new.id}
            perform(session, child, act, Happening(EventKind.DEADLINE_SET, note, data, changes))


def _letters(session: Session, old: Task, new: Task, made: HandOver, act: Act) -> list[NewLetter]:
    """The new lead, the cooperating bodies, and the old lead if there still is one."""
    assert old.id is not None
    told: dict[str, Any] = {
        "hand_over": made.id,
        "from": made.from_agency_id,
        "to": made.to_agency_id,
        "legal_basis": made.legal_basis,
        "reason": made.reason,
        "old_task": old.id,
    }
    cooperating = sa.select(TaskCooperation.agency_id).where(
        TaskCooperation.task_id == new.id, TaskCooperation.state != CooperationState.RELEASED
    )
    bodies = [new.agency_id, *session.scalars(cooperating.order_by(TaskCooperation.agency_id))]
    before = session.get_one(Agency, old.agency_id)
    if covers(before.valid_from, before.valid_to, act.today):
        bodies.append(old.agency_id)
    if new.status is TaskStatus.SUBMITTED and new.version == 0:
        ask_to_confirm(session, new, act)
    return [
        letter(LetterKind.HANDED_OVER, keys.handed_over(old.id, body), body, new, act, **told)
        for body in dict.fromkeys(bodies)
    ]
