"""Matters beyond authority: raised through a gate, climbing by silence, answered, acknowledged.

A case moves by the swap of ``case_moves.py``; of two who move it, the second is told so, and the sweep
leaves it to its next look.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Annotated, Any

import sqlalchemy as sa
from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints
from sqlalchemy.engine import Engine
from sqlmodel import Session

from config.act import Act
from flows.actions.doors.case import find_case, find_waiting, move_case, open_case
from flows.actions.doors.task import Happening, find_task, perform
from flows.actions.escalation.letters import tell_decision, tell_passed, tell_rung
from flows.actions.tasks.pause import after_pause
from models.db import unit_of_work
from models.people.register import the_committee
from models.tables.cases import EscalationCase
from models.tables.tasks import Task
from rules.escalation.ladder import Standing, check_answer, climb, first_rung, next_rung, stand_on
from rules.refusal import NotAllowed
from rules.tasks.extensions import Limits, check_new_date
from rules.text.incoming import cleaned
from rules.vocabulary import Answer, CaseState, DeadlineCause, EventKind, Rung

E = EventKind
_DOOR = BeforeValidator(lambda value: cleaned(value) if isinstance(value, str) else value)
Filled = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=4000), _DOOR]


class CaseForm(BaseModel):
    """The gate: asking upward what one may decide oneself is a documented abuse."""

    model_config = ConfigDict(extra="forbid")

    missing_authority: Filled  # which authority is missing
    basis: Filled  # by which rule it is missing
    tried: Filled
    options: Filled  # with their consequences
    recommendation: Filled
    opinions: Annotated[str, _DOOR] = ""  # of the cooperating bodies
    needed_by: date | None = None


def raise_case(engine: Engine, task_id: int, form: CaseForm, act: Act) -> int:
    """Declare a matter beyond authority; pauses the task. Returns the case's id. Raises NotAllowed."""
    with unit_of_work(engine) as session:
        task = find_task(session, task_id)
        committee = the_committee(session)
        standing = _stands(first_rung(task.agency_id == committee.standing_agency_id), act)
        said, changes = form.missing_authority, {"last_report_on": act.today}
        perform(session, task, act, Happening(E.ESCALATED, said, changes=changes, speaks=task.agency_id))
        case = EscalationCase(
            task_id=task_id,
            state=CaseState.WAITING,
            raised_on=act.today,
            rung=standing.rung,
            rung_since=standing.since,
            answer_by=standing.answer_by,
            **form.model_dump(),
        )
        case_id = open_case(session, case, E.ESCALATED, act, form.missing_authority)
        tell_rung(session, case, committee, act)
        return case_id


def climb_silent(session: Session, act: Act) -> list[int]:
    """Move up every case whose rung has let its time pass; returns their ids. Safe to run twice.

    Never on a day off: nobody could have answered, and nobody is there to be told. A case that somebody
    answers at this moment is left to the next look.
    """
    if not act.office.calendar.is_working(act.today):
        return []
    return [case.id for case in _overdue(session, act.today) if _climbs(session, case, act)]


def _overdue(session: Session, today: date) -> Sequence[Any]:
    """The cases whose rung should have answered, but for those that somebody holds."""
    query = sa.select(EscalationCase).where(
        EscalationCase.state == CaseState.WAITING, EscalationCase.answer_by < today
    )
    return session.scalars(query.order_by(EscalationCase.id).with_for_update(skip_locked=True)).all()


def _climbs(session: Session, case: EscalationCase, act: Act) -> bool:
    """Whether a silent case has moved up; its trouble is its own and undoes nobody else's work."""
    standing = Standing(case.rung, case.rung_since, case.answer_by)
    days = act.office.policy.escalation.answer_working_days
    above = climb(standing, act.today, days, act.office.calendar)
    if above is None:
        return False
    note = f"{case.rung.label} chưa trả lời đến hết ngày {case.answer_by:%d/%m/%Y}."
    try:
        with session.begin_nested():
            _climb_to(session, case, above, note, act)
    except NotAllowed:  # moved between our look and our move
        session.expire_all()
        return False
    return True


def answer_case(
    engine: Engine, case_id: int, reply: Answer, text: str, act: Act, new_due_on: date | None = None
) -> CaseState:
    """The rung answers. ``act.capacity`` is the office in which the decision is taken.

    A decision or a return resumes the task, with ``new_due_on`` as its deadline if one is given;
    passing up moves the case. Raises NotAllowed, NotFound; then nothing has changed.
    """
    with unit_of_work(engine) as session:
        case = find_waiting(session, case_id)
        check_answer(case.rung, reply)
        text, capacity = cleaned(text).strip(), cleaned(act.capacity).strip()
        if not text:
            raise NotAllowed("Cần ghi nội dung ý kiến.")
        if reply is Answer.PASS_UP:
            _pass_up(session, case, text, act)
            return case.state
        if not capacity:
            raise NotAllowed("Cần ghi tư cách người cho ý kiến (ví dụ: Chủ tịch UBND tỉnh).")
        _decide(session, case, reply, text, replace(act, capacity=capacity), new_due_on)
        return case.state


def acknowledge(engine: Engine, case_id: int, act: Act) -> None:
    """The lead agency has taken note of the decision. Raises NotAllowed, NotFound."""
    with unit_of_work(engine) as session:
        case = find_case(session, case_id)
        if case.state is not CaseState.DECIDED:
            raise NotAllowed(f"Việc đang ở trạng thái «{case.state.label}», không thể ghi nhận.")
        known = {"state": CaseState.ACKNOWLEDGED, "acknowledged_on": act.today}
        move_case(session, case, E.ACKNOWLEDGED, act, "", **known)
        task = find_task(session, case.task_id)
        perform(session, task, act, Happening(E.ACKNOWLEDGED, changes={"last_report_on": act.today}))


def _pass_up(session: Session, case: EscalationCase, note: str, act: Act) -> None:
    above = next_rung(case.rung)
    if above is None or above is Rung.OUTSIDE:
        raise NotAllowed("Trên UBND tỉnh phải gửi văn bản ra ngoài hệ thống.")
    _climb_to(session, case, _stands(above, act), note, act)


def _stands(rung: Rung, act: Act) -> Standing:
    """A case that comes before ``rung`` today."""
    return stand_on(rung, act.today, act.office.policy.escalation.answer_working_days, act.office.calendar)


def _climb_to(session: Session, case: EscalationCase, standing: Standing, note: str, act: Act) -> None:
    passed = case.rung
    there = {"rung": standing.rung, "rung_since": standing.since, "answer_by": standing.answer_by}
    move_case(session, case, E.CLIMBED, act, note, **there)
    task = find_task(session, case.task_id)
    perform(session, task, act, Happening(E.CLIMBED, note, {"rung": standing.rung.value}))
    committee = the_committee(session)
    tell_rung(session, case, committee, act)
    tell_passed(session, case, task, committee, passed, act)


def _decide(
    session: Session, case: EscalationCase, reply: Answer, text: str, act: Act, new_due_on: date | None
) -> None:
    task = find_task(session, case.task_id)
    if new_due_on is not None:
        check_new_date(new_due_on, Limits(task.due_on), act.today)
    said = {"answer": reply, "decision": text, "capacity": act.capacity, "decided_on": act.today}
    move_case(session, case, E.DECIDED, act, text, state=CaseState.DECIDED, **said)
    changes, cause = _new_deadline(task, reply, new_due_on, act)
    data = {"answer": reply.value, "capacity": act.capacity}
    perform(session, task, act, Happening(E.DECIDED, text, data, changes, cause))
    tell_decision(session, case, task, act)


def _new_deadline(
    task: Task, reply: Answer, new_due_on: date | None, act: Act
) -> tuple[dict[str, Any], DeadlineCause]:
    """The day that the decision names; else an accepted case gives back the days that it waited.

    A case that is returned as within the body's own authority was not accepted and gives nothing back.
    """
    if new_due_on is not None:
        return {"due_on": new_due_on, "review_on": None}, DeadlineCause.DECISION
    shifted = after_pause(task, act.today, act.office.calendar) if reply is Answer.DECIDE else {}
    return shifted, DeadlineCause.PAUSE
