"""Cooperating bodies: asked, accepted, contributed, released; each with a state of its own.

The lead stays the one who answers for the result: what a cooperating body does never moves the task.
"""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from sqlalchemy.engine import Engine
from sqlmodel import Session

from config.clock import office_day
from config.office import Office
from flows.actions.evidence import arriving
from flows.actions.given_work import check_given_work
from flows.actions.part_door import move_part, new_part
from flows.actions.report import Report, checked, write_report
from flows.actions.task_letters import cooperation_letter
from flows.actions.transition import Happening, find_task, perform
from models.agencies import Agency
from models.db import unit_of_work
from models.tasks import Task, TaskCooperation
from notifications.outbox import enqueue
from rules.cooperation import check_actor, check_part, next_state
from rules.refusal import NotFound
from rules.remarks import remark
from rules.vocabulary import Actor, CooperationState, EventKind

E, C = EventKind, CooperationState


def ask_cooperation(
    engine: Engine,
    task_id: int,
    agency_ids: Sequence[str],
    actor: Actor,
    now: datetime,
    office: Office,
    due_on: date | None = None,
) -> None:
    """Ask more bodies to cooperate on an open task; ``due_on`` None is the task's own deadline.

    A body that was released is asked again. Raises NotAllowed, NotFound; then nothing has changed.
    """
    with unit_of_work(engine) as session:
        task = find_task(session, task_id)
        bodies = list(dict.fromkeys(agency_ids))
        check_given_work(session, bodies, office_day(now))
        known = {body: _checked(session, task, body, due_on) for body in bodies}
        for part in filter(None, known.values()):  # before the task, as everybody does who moves both
            move_part(session, part, C.ASKED, due_on=due_on)
        for body in bodies:
            _note(session, task, body, C.ASKED, actor, now, "")
            # After the swap of the task: of two who ask the same body, the second never comes here.
            part = known[body] or new_part(session, task_id, body, due_on)
            enqueue(session, [cooperation_letter(session, task, part, now, office, due_on)], now)


def _checked(session: Session, task: Task, body: str, due_on: date | None) -> TaskCooperation | None:
    """The part that ``body`` had, if it may be asked. Raises NotAllowed."""
    agency = session.get_one(Agency, body)
    part = session.get(TaskCooperation, (task.id, body))
    check_part(agency.name, body == task.agency_id, part.state if part else None, due_on, task.due_on)
    return part


def accept_cooperation(engine: Engine, task_id: int, agency_id: str, actor: Actor, now: datetime) -> None:
    """The body takes its part on. Raises NotAllowed, NotFound; then nothing has changed."""
    with unit_of_work(engine) as session:
        task, part = _found(session, task_id, agency_id)
        move_part(session, part, next_state(part.state, C.ACCEPTED))
        _note(session, task, agency_id, C.ACCEPTED, actor, now, "")


def contribute(
    engine: Engine,
    task_id: int,
    agency_id: str,
    content: Report,
    actor: Actor,
    now: datetime,
    folder: Path | None = None,
) -> None:
    """The body hands in what it contributes; a later contribution adds to it.

    ``folder`` None is the installation's evidence folder. Raises Refusal; then nothing has changed.
    """
    text, today = checked(E.CONTRIBUTED, content), office_day(now)
    with arriving(content.files, folder) as files, unit_of_work(engine) as session:
        task, part = _found(session, task_id, agency_id)
        move_part(session, part, next_state(part.state, C.CONTRIBUTED), last_report_on=today)
        data = {"agency": agency_id, "state": C.CONTRIBUTED.value}
        perform(session, task, Happening(E.CONTRIBUTED, actor, now, agency_id, text, data))
        write_report(session, task, agency_id, content, text, now, files)


def release(engine: Engine, task_id: int, agency_id: str, reason: str, actor: Actor, now: datetime) -> None:
    """The body need not cooperate any more, with the reason. Raises NotAllowed, NotFound."""
    said = remark(E.COOPERATION, reason)
    with unit_of_work(engine) as session:
        task, part = _found(session, task_id, agency_id)
        move_part(session, part, next_state(part.state, C.RELEASED))
        _note(session, task, agency_id, C.RELEASED, actor, now, said)


def _found(session: Session, task_id: int, agency_id: str) -> tuple[Task, TaskCooperation]:
    task = find_task(session, task_id)
    part = session.get(TaskCooperation, (task_id, agency_id))
    if part is None:
        raise NotFound("Cơ quan này không được giao phối hợp thực hiện nhiệm vụ.")
    return task, part


def _note(
    session: Session,
    task: Task,
    body: str,
    state: CooperationState,
    actor: Actor,
    now: datetime,
    note: str,
) -> None:
    check_actor(state, actor)
    speaker = body if actor in (Actor.COOPERATING, Actor.MEMBER) else None
    data = {"agency": body, "state": state.value}
    perform(session, task, Happening(E.COOPERATION, actor, now, speaker, note, data))
