"""The bodies of an issued task are put right: who leads it, and who cooperates."""

import sqlalchemy as sa
from sqlmodel import Session

from config.act import Act
from flows.actions.doors.part import move_part, new_part
from flows.actions.doors.task import find_task
from flows.actions.letters.about_tasks import cooperating
from flows.actions.people.given_work import check_given_work
from flows.actions.tasks.handing_over.hand_over import check_bodies
from flows.actions.tasks.handing_over.hand_over_task import hand_over_one
from models.facts import code_of, source_of
from models.tables.documents import Directive, Document
from models.tables.hand_overs import HandOver
from models.tables.tasks import Task, TaskCooperation
from rules.refusal import NotAllowed
from rules.tasks.hand_overs import Moving
from rules.tasks.mending import TaskReading
from rules.vocabulary import CooperationState


def regroup(
    session: Session, task: Task, before: TaskReading, wanted: TaskReading, act: Act
) -> dict[str, str]:
    """Ask and release the bodies whose part was wrong; returns the role of each body that is concerned.

    Raises NotAllowed, NotFound, Overtaken.
    """
    assert task.id is not None
    roles, new = {task.agency_id: "lead"}, wanted.cooperating - before.cooperating
    for body in sorted(before.cooperating - wanted.cooperating):
        part = session.get_one(TaskCooperation, (task.id, body))
        move_part(session, part, CooperationState.RELEASED)
        roles[body] = "released"
    check_given_work(session, sorted(new), act.today)
    for body in sorted(new):
        _ask(session, task.id, body)
    roles |= {body: "new" if body in new else "cooperating" for body in cooperating(session, task.id)}
    return roles


def _ask(session: Session, task_id: int, body: str) -> None:
    part = session.get(TaskCooperation, (task_id, body))
    if part is None:
        new_part(session, task_id, body)
    else:
        move_part(session, part, CooperationState.ASKED, due_on=None)


def right_lead(session: Session, task: Task, to_id: str, said: str, act: Act) -> Task:
    """Give an open task to the body that the paper means; returns that body's task.

    Raises NotAllowed, NotFound.
    """
    assert task.id is not None
    check_bodies(session, task.agency_id, to_id, act.now)
    _refuse_second(session, task, to_id)
    directive = session.get_one(Directive, task.directive_id)
    paper = session.get_one(Document, directive.document_id)
    made = HandOver(
        made_at=act.now,
        made_on=act.today,
        from_agency_id=task.agency_id,
        to_agency_id=to_id,
        legal_basis=f"Đính chính cơ quan chủ trì theo {source_of(paper.kind, paper.number, paper.dated_on)}",
        reason=said,
        author=act.actor.label,
    )
    session.add(made)
    session.flush()
    # The letters of a hand-over would say that the old lead had once been right; ours say what was wrong.
    hand_over_one(session, Moving(task.id, task.version, corrects=True), made, act)
    assert task.successor_id is not None
    return find_task(session, task.successor_id)


def _refuse_second(session: Session, task: Task, to_id: str) -> None:
    """One task a body for a directive and occurrence."""
    theirs = sa.select(Task.id).where(
        Task.directive_id == task.directive_id, Task.occurrence == task.occurrence, Task.agency_id == to_id
    )
    found = session.scalar(theirs)
    if found is not None:
        raise NotAllowed(
            f"Cơ quan này đã có nhiệm vụ của cùng chỉ đạo ({code_of(found)}); "
            "nếu nhiệm vụ ở đây giao nhầm thì hãy hủy, nêu rõ lý do."
        )
