"""Cooperating bodies: asked, accepted, contributed, released; each with a state of its own.

The lead stays the one who answers for the result: what a cooperating body does never moves the task.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from sqlalchemy.engine import Engine
from sqlmodel import Session

from config.act import Act
from flows.actions.doors.part import move_part, new_part
from flows.actions.doors.task import Happening, find_task, perform
from flows.actions.letters.about_tasks import cooperation_letter
from flows.actions.people.given_work import check_given_work
from flows.actions.tasks.evidence.files import arriving
from flows.actions.tasks.report import Report, checked, write_report
from models.db import unit_of_work
from models.people.row_bodies import seat_of, task_bodies
from models.tables.agencies import Agency
from models.tables.tasks import Task, TaskCooperation
from notifications.outbox.enqueue import enqueue
from rules.people.on_parts import check
from rules.refusal import NotFound
from rules.tasks.cooperation import check_part, next_state
from rules.tasks.event_data import PartData
from rules.tasks.remarks import remark
from rules.vocabulary import CooperationState, EventKind

E, C = EventKind, CooperationState


def ask_cooperation(
    engine: Engine,
    task_id: int,
    agency_ids: Sequence[str],
    act: Act,
    due_on: date | None = None,
) -> None:
    """Ask more bodies to cooperate on an open task; ``due_on`` None is the task's own deadline.

    A body that was released is asked again. Raises NotAllowed, NotFound; then nothing has changed.
    """
    with unit_of_work(engine) as session:
        task = find_task(session, task_id)
        bodies = list(dict.fromkeys(agency_ids))
        check_given_work(session, bodies, act.today)
        known = {body: _checked(session, task, body, due_on) for body in bodies}
        for part in filter(None, known.values()):  # before the task, as everybody does who moves both
            move_part(session, part, C.ASKED, due_on=due_on)
        for body in bodies:
            _note(session, task, body, C.ASKED, act)
            # After the swap of the task: of two who ask the same body, the second never comes here.
            part = known[body] or new_part(session, task_id, body, due_on)
            enqueue(session, [cooperation_letter(session, task, part, act, due_on)], act.now)


def _checked(session: Session, task: Task, body: str, due_on: date | None) -> TaskCooperation | None:
    """The part that ``body`` had, if it may be asked. Raises NotAllowed."""
    agency = session.get_one(Agency, body)
    part = session.get(TaskCooperation, (task.id, body))
    check_part(agency.name, body == task.agency_id, part.state if part else None, due_on, task.due_on)
    return part


def accept_cooperation(engine: Engine, task_id: int, act: Act, body: str | None = None) -> None:
    """``body`` (None: ``act.body``) takes its part on. Raises NotAllowed, NotFound; then nothing changed."""
    with unit_of_work(engine) as session:
        task, part = _found(session, task_id, body or act.body)
        move_part(session, part, next_state(part.state, C.ACCEPTED))
        _note(session, task, part.agency_id, C.ACCEPTED, act)


def contribute(
    engine: Engine,
    task_id: int,
    content: Report,
    act: Act,
    folder: Path | None = None,
    body: str | None = None,
) -> None:
    """``body`` hands in what it contributes; a later contribution adds to it.

    ``body`` None is ``act.body``, ``folder`` None is the installation's evidence folder. Raises Refusal;
    then nothing has changed.
    """
    text = checked(E.CONTRIBUTED, content)
    with arriving(content.files, folder) as files, unit_of_work(engine) as session:
        task, part = _found(session, task_id, body or act.body)
        _ask_who(session, task, part.agency_id, C.CONTRIBUTED, act)
        move_part(session, part, next_state(part.state, C.CONTRIBUTED), last_report_on=act.today)
        data = PartData(part.agency_id, C.CONTRIBUTED)
        perform(session, task, act, Happening(E.CONTRIBUTED, text, data, speaks=part.agency_id))
        write_report(session, task, act.of(part.agency_id), replace(content, text=text), files)


def release(engine: Engine, task_id: int, agency_id: str, reason: str, act: Act) -> None:
    """The body need not cooperate any more, with the reason. Raises NotAllowed, NotFound."""
    said = remark(E.COOPERATION, reason)
    with unit_of_work(engine) as session:
        task, part = _found(session, task_id, agency_id)
        move_part(session, part, next_state(part.state, C.RELEASED))
        _note(session, task, agency_id, C.RELEASED, act, said)


def _found(session: Session, task_id: int, body: str | None) -> tuple[Task, TaskCooperation]:
    task = find_task(session, task_id)
    part = session.get(TaskCooperation, (task_id, body)) if body else None
    if part is None:
        raise NotFound("Cơ quan này không được giao phối hợp thực hiện nhiệm vụ.")
    return task, part


def _note(session: Session, task: Task, body: str, state: CooperationState, act: Act, note: str = "") -> None:
    """The event of ``body``'s part."""
    _ask_who(session, task, body, state, act)
    data = PartData(body, state)
    perform(session, task, act, Happening(E.COOPERATION, note, data))


def _ask_who(session: Session, task: Task, body: str, state: CooperationState, act: Act) -> None:
    """May this one do this to the part of ``body``? Raises NotAllowed."""
    check(state, seat_of(act), body, task_bodies(session, task, act))
