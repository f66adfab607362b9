"""Every event of a task as the action by which somebody would cause it; for tests that try anything.

``later`` is a number of days, 0 to 40 or a little less than nothing: by how much a deadline would move,
and whatever else an act needs a number for.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy.engine import Engine

from config.act import by_clock
from flows.actions.doors.task import Happening, find_task, perform
from flows.actions.escalation.climbs import climb_silent
from flows.actions.escalation.escalate import acknowledge, answer_case, raise_case
from flows.actions.tasks.answer import ACTIONS, Said, answer
from flows.actions.tasks.cooperate import accept_cooperation, ask_cooperation, contribute, release
from flows.actions.tasks.correcting.correct import Seen, correct
from flows.actions.tasks.extensions.asking import (
    accept_counter,
    ask_extension,
    counter_extension,
    decide_extension,
    withdraw_extension,
)
from flows.actions.tasks.handing_over.hand_over import hand_over, preview_hand_over
from flows.actions.tasks.name_officer import NamedOfficer, name_officer
from flows.actions.tasks.pause import pause, resume
from flows.actions.tasks.reopen import reopen
from flows.actions.tasks.report import Report, report
from flows.actions.tasks.return_result import return_result
from flows.actions.tasks.urge import urge_by_hand
from models.db import reading, unit_of_work
from models.tables.cases import EscalationCase
from models.tables.extensions import ExtensionRequest
from models.tables.people import Person, SeatRow
from models.tables.tasks import TaskChanges
from models.tasks.corrected_tasks import reading_of
from rules.people.seat_roles import SeatRole
from rules.vocabulary import Actor, Answer, DeadlineCause, EventKind, Fault
from tests.cast import FINANCE, PLANNING, TRADE, act, act_on, at, office, rows, task
from tests.flows.escalation.test_escalation import FORM
from tests.rules.tasks.event_cast import SAMPLES

E = EventKind
Tried = Callable[[Engine, int, Actor, date, int], object]
BODIES = (FINANCE, TRADE, PLANNING)


def attempt(engine: Engine, task_id: int, event: EventKind, actor: Actor, day: date, later: int) -> None:
    """Try to cause ``event`` at nine o'clock. Raises Refusal when the office does not allow it."""
    if event in ACTS:
        ACTS[event](engine, task_id, actor, day, later)
    elif event in ACTIONS:
        answer(engine, task_id, event, act_on(engine, task_id, actor, _at(day)), Said("Nội dung."))
    else:
        _directly(engine, task_id, event, actor, day, later)


def _at(day: date):
    return at(day, "09:00")


def _request(engine: Engine, task_id: int) -> int:
    found = rows(engine, ExtensionRequest, ExtensionRequest.task_id == task_id)
    return found[-1].id if found else 0


def _case(engine: Engine, task_id: int) -> int:
    found = rows(engine, EscalationCase, EscalationCase.task_id == task_id)
    return found[-1].id if found else 0


def _report(engine: Engine, task_id: int, actor: Actor, day: date, later: int) -> None:
    report(
        engine,
        task_id,
        Report("Tiến độ.", later if later >= 0 else None),
        act_on(engine, task_id, actor, _at(day)),
    )


def _return(engine: Engine, task_id: int, actor: Actor, day: date, later: int) -> None:
    return_result(
        engine, task_id, list(Fault)[: later % 4], "Chưa đạt.", act_on(engine, task_id, actor, _at(day))
    )


def _raise(engine: Engine, task_id: int, actor: Actor, day: date, _later: int) -> None:
    raise_case(engine, task_id, FORM, act_on(engine, task_id, actor, _at(day)))


def _decide(engine: Engine, task_id: int, _actor: Actor, day: date, later: int) -> None:
    new = day + timedelta(days=later) if later > 0 else None
    chair = act(Actor.LEADER, _at(day), capacity="Trưởng Ban")
    answer_case(engine, _case(engine, task_id), Answer.DECIDE, "Đồng ý.", chair, new)


def _acknowledge(engine: Engine, task_id: int, _actor: Actor, day: date, _later: int) -> None:
    acknowledge(engine, _case(engine, task_id), act_on(engine, task_id, Actor.LEAD, _at(day)))


def _climb(engine: Engine, _task_id: int, _actor: Actor, day: date, _later: int) -> None:
    with unit_of_work(engine) as session:
        climb_silent(session, by_clock(_at(day), office()))


def _pause(engine: Engine, task_id: int, actor: Actor, day: date, _later: int) -> None:
    pause(engine, task_id, "Chờ hướng dẫn.", act_on(engine, task_id, actor, _at(day)))


def _resume(engine: Engine, task_id: int, actor: Actor, day: date, _later: int) -> None:
    resume(engine, task_id, "", act_on(engine, task_id, actor, _at(day)))


def _ask(engine: Engine, task_id: int, actor: Actor, day: date, later: int) -> None:
    wanted = (task(engine, task_id).due_on or day) + timedelta(days=later)
    ask_extension(engine, task_id, "Chờ số liệu.", wanted, act_on(engine, task_id, actor, _at(day)))


def _counter(engine: Engine, task_id: int, actor: Actor, day: date, later: int) -> None:
    new = (task(engine, task_id).due_on or day) + timedelta(days=later // 2)
    counter_extension(engine, _request(engine, task_id), new, "", act_on(engine, task_id, actor, _at(day)))


def _agree(engine: Engine, task_id: int, actor: Actor, day: date, _later: int) -> None:
    key = _request(engine, task_id)
    if actor is Actor.LEAD:
        accept_counter(engine, key, act_on(engine, task_id, actor, _at(day)))
    else:
        decide_extension(engine, key, True, "", act_on(engine, task_id, actor, _at(day)))


def _deny(engine: Engine, task_id: int, actor: Actor, day: date, _later: int) -> None:
    decide_extension(
        engine, _request(engine, task_id), False, "Không.", act_on(engine, task_id, actor, _at(day))
    )


def _take_back(engine: Engine, task_id: int, actor: Actor, day: date, _later: int) -> None:
    withdraw_extension(engine, _request(engine, task_id), act_on(engine, task_id, actor, _at(day)))


def _hand_over(engine: Engine, task_id: int, actor: Actor, day: date, later: int) -> None:
    source = task(engine, task_id).agency_id
    others = [body for body in BODIES if body != source]
    plan = preview_hand_over(engine, source, others[later % 2], _at(day), [task_id])
    hand_over(engine, plan, "Nghị quyết 202/2025/QH15", "", act(actor, _at(day), capacity="van-phong"))


def _cooperate(engine: Engine, task_id: int, actor: Actor, day: date, later: int) -> None:
    body = BODIES[later % 3]
    if later % 2:
        ask_cooperation(engine, task_id, [body], act_on(engine, task_id, actor, _at(day)))
    elif actor in (Actor.COOPERATING, Actor.MEMBER):
        accept_cooperation(engine, task_id, act(actor, _at(day), body))
    else:
        release(engine, task_id, body, "Thôi.", act_on(engine, task_id, actor, _at(day)))


def _contribute(engine: Engine, task_id: int, actor: Actor, day: date, later: int) -> None:
    contribute(engine, task_id, Report("Phần việc."), act(actor, _at(day), BODIES[later % 3]))


def _correct(engine: Engine, task_id: int, actor: Actor, day: date, later: int) -> None:
    with reading(engine) as session:
        found = find_task(session, task_id)
        before, version = reading_of(session, found), found.version
    fields: tuple[dict[str, Any], ...] = (
        {"due_on": day + timedelta(days=later)},
        {"text": f"Nội dung đúng {later}."},
        {"lead": BODIES[later % 3], "cooperating": frozenset()},
        {"cooperating": frozenset(BODIES) - {before.lead}},
        {"due_on": None},
    )
    wanted = replace(before, **fields[later % len(fields)])
    correct(engine, Seen(task_id, version), wanted, "Ghi nhầm.", act(actor, _at(day)))


def _reopen(engine: Engine, task_id: int, actor: Actor, day: date, _later: int) -> None:
    reopen(engine, task_id, "Xác nhận nhầm.", act_on(engine, task_id, actor, _at(day)))


def _name(engine: Engine, task_id: int, actor: Actor, day: date, later: int) -> None:
    """Somebody of the body, or nobody any more; the body's own day is the deadline at the latest."""
    body = BODIES[later % 3] if actor is Actor.COOPERATING else task(engine, task_id).agency_id
    named = NamedOfficer(None) if later % 4 == 3 else NamedOfficer(seated(engine, body, day), day)
    name_officer(engine, task_id, body, named, act(actor, _at(day), body))


def seated(engine: Engine, body: str, day: date) -> int:
    """One who sits at that body, who sits down if there is nobody."""
    found = rows(engine, SeatRow, SeatRow.body_id == body)
    if found:
        return found[0].person_id
    with unit_of_work(engine) as session:
        person = Person(name="Nguyễn Văn An", added_at=_at(day))
        session.add(person)
        session.flush()
        assert person.id is not None
        session.add(SeatRow(person_id=person.id, body_id=body, role=SeatRole.OFFICER, valid_from=day))
        return person.id


def _urge(engine: Engine, task_id: int, actor: Actor, day: date, _later: int) -> None:
    urge_by_hand(engine, task_id, "Khẩn trương.", act_on(engine, task_id, actor, _at(day)))


ACTS: dict[EventKind, Tried] = {
    E.CORRECTED: _correct,
    E.REOPENED: _reopen,
    E.URGED: _urge,
    E.OFFICER_NAMED: _name,
    E.PROGRESS: _report,
    E.RETURNED: _return,
    E.ESCALATED: _raise,
    E.DECIDED: _decide,
    E.ACKNOWLEDGED: _acknowledge,
    E.CLIMBED: _climb,
    E.PAUSED: _pause,
    E.RESUMED: _resume,
    E.EXTENSION_ASKED: _ask,
    E.EXTENSION_COUNTERED: _counter,
    E.EXTENSION_AGREED: _agree,
    E.EXTENSION_REFUSED: _deny,
    E.EXTENSION_WITHDRAWN: _take_back,
    E.HANDED_OVER: _hand_over,
    E.COOPERATION: _cooperate,
    E.CONTRIBUTED: _contribute,
}


def _directly(engine: Engine, task_id: int, event: EventKind, actor: Actor, day: date, later: int) -> None:
    """What no person does, or whose action is another's, goes through the one door."""
    changes: dict[EventKind, TaskChanges] = {
        E.DEADLINE_SET: {"due_on": day + timedelta(days=later), "review_on": None},
        E.CROSSED: {"late_step": 1},
    }
    moves = Happening(event, "", SAMPLES[event], changes.get(event, {}), DeadlineCause.CORRECTION)
    with unit_of_work(engine) as session:
        perform(session, find_task(session, task_id), act(actor, _at(day)), moves)
