"""A body hands a task to one of its own people (giao người thực hiện); the body still answers for it."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.engine import Engine
from sqlmodel import Session

from config.act import Act
from flows.actions.doors.part import put_officer, take_officer_back
from flows.actions.doors.task import Happening, find_task, perform
from flows.actions.letters.to_persons import tell_officer
from models.db import unit_of_work
from models.people.held.persons import persons_at
from models.tables.people import TaskOfficer
from models.tables.tasks import Task, TaskCooperation
from rules.people.in_a_body import check_inner_date
from rules.refusal import NotAllowed
from rules.tasks.event_data import OfficerNamedData
from rules.tasks.remarks import remark
from rules.vocabulary import CooperationState, EventKind

E = EventKind


@dataclass(frozen=True, slots=True)
class NamedOfficer:
    """Who works on it (id of the person; None: nobody any more), by which day of the body's own, and what
    the body says to that."""

    person_id: int | None
    due_on: date | None = None
    note: str = ""


def name_officer(engine: Engine, task_id: int, body_id: str, named: NamedOfficer, act: Act) -> None:
    """Hand the task, or the body's part of it, to an officer, or take it back.

    Raises NotAllowed for who may not, for somebody who does not sit there today, for a day that is past or
    after the deadline; NotFound. Then nothing has changed.
    """
    note = remark(E.OFFICER_NAMED, named.note, needed=False)
    with unit_of_work(engine) as session:
        task = find_task(session, task_id)
        deadline = _checked_body(session, task, body_id, act)
        known = session.get(TaskOfficer, (task_id, body_id))
        _check_person(session, named.person_id, body_id, act.today)
        if named.person_id is None and known is None:
            raise NotAllowed("Cơ quan chưa giao nhiệm vụ này cho ai thực hiện.")
        due_on = None if named.person_id is None else named.due_on
        check_inner_date(due_on, deadline, act.today)
        data = OfficerNamedData(body_id, named.person_id, known.person_id if known else None, due_on)
        perform(session, task, act, Happening(E.OFFICER_NAMED, note, data))
        if named.person_id is not None:
            part = put_officer(session, known, _row(task, body_id, named.person_id, due_on, note))
            tell_officer(session, task, part, act)
        elif known is not None:
            take_officer_back(session, known)


def _row(task: Task, body_id: str, person_id: int, due_on: date | None, note: str) -> TaskOfficer:
    assert task.id is not None
    return TaskOfficer(
        task_id=task.id, body_id=body_id, person_id=person_id, due_on=due_on, note=note, version=task.version
    )


def _checked_body(session: Session, task: Task, body_id: str, act: Act) -> date | None:
    """The day by which ``body_id`` owes its part; a body hands on what is its own. Raises NotAllowed."""
    if act.body is not None and act.body != body_id:
        raise NotAllowed("Mỗi cơ quan chỉ giao người thực hiện của cơ quan mình.")
    if body_id == task.agency_id:
        return task.due_on
    part = session.get(TaskCooperation, (task.id, body_id))
    if part is not None and part.state is CooperationState.RELEASED:
        raise NotAllowed("Cơ quan đã được cho thôi phối hợp nên không còn phần việc để giao.")
    return (part.due_on if part else None) or task.due_on


def _check_person(session: Session, person_id: int | None, body_id: str, today: date) -> None:
    if person_id is not None and person_id not in {one.id for one in persons_at(session, body_id, today)}:
        raise NotAllowed("Người được chọn hiện không có vị trí ở cơ quan này; hãy chọn lại người thực hiện.")
