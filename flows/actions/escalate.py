"""Matters beyond authority: raised through a gate, climbing by silence, answered, acknowledged.

A case moves by the swap of ``case_moves.py``; of two who move it, the second is told so, and the sweep
leaves it to its next look.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any

import sqlalchemy as sa
from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints
from sqlalchemy.engine import Engine
from sqlmodel import Session

from config.clock import office_day
from config.office import Office
from flows.actions.case_moves import find_case, find_waiting, move_case, open_case
from flows.actions.escalation_letters import tell_decision, tell_passed, tell_rung
from flows.actions.pause import after_pause
from flows.actions.transition import Happening, find_task, perform
from models.db import unit_of_work
from models.escalations import EscalationCase
from models.register import the_committee
from models.tasks import Task
from rules.extensions import Limits, check_new_date
from rules.incoming import cleaned
from rules.ladder import Standing, check_answer, climb, first_rung, next_rung, stand_on
from rules.refusal import NotAllowed
from rules.vocabulary import Actor, Answer, CaseState, DeadlineCause, EventKind, Rung

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


def raise_case(
    engine: Engine, task_id: int, form: CaseForm, actor: Actor, now: datetime, office: Office
) -> int:
    """Declare a matter beyond authority; pauses the task. Returns the case's id. Raises NotAllowed."""
    today = office_day(now)
    with unit_of_work(engine) as session:
        task = find_task(session, task_id)
        committee = the_committee(session)
        rung = first_rung(task.agency_id == committee.standing_agency_id)
        standing = stand_on(rung, today, office.policy.escalation.answer_working_days, office.calendar)
        note = form.missing_authority
        perform(
            session,
            task,
            Happening(
                EventKind.ESCALATED, actor, now, task.agency_id, note, changes={"last_report_on": today}
            ),
        )
        case = EscalationCase(
            task_id=task_id,
            state=CaseState.WAITING,
            raised_on=today,
            rung=standing.rung,
            rung_since=standing.since,
            answer_by=standing.answer_by,
            **form.model_dump(),
        )
        case_id = open_case(session, case, EventKind.ESCALATED, now, note)
        tell_rung(session, case, committee, now, office)
        return case_id


def climb_silent(session: Session, now: datetime, office: Office) -> list[int]:
    """Move up every case whose rung has let its time pass; returns their ids. Safe to run twice.

    Never on a day off: nobody could have answered, and nobody is there to be told. A case that somebody
    answers at this moment is left to the next look.
    """
    if not office.calendar.is_working(office_day(now)):
        return []
    return [case.id for case in _overdue(session, office_day(now)) if _climbs(session, case, now, office)]


def _overdue(session: Session, today: date) -> Sequence[Any]:
    """The cases whose rung should have answered, but for those that somebody holds."""
    query = sa.select(EscalationCase).where(
        EscalationCase.state == CaseState.WAITING, EscalationCase.answer_by < today
    )
    return session.scalars(query.order_by(EscalationCase.id).with_for_update(skip_locked=True)).all()


def _climbs(session: Session, case: EscalationCase, now: datetime, office: Office) -> bool:
    """Whether a silent case has moved up; its trouble is its own and undoes nobody else's work."""
    standing = Standing(case.rung, case.rung_since, case.answer_by)
    days = office.policy.escalation.answer_working_days
    above = climb(standing, office_day(now), days, office.calendar)
    if above is None:
        return False
    note = f"{case.rung.label} chưa trả lời đến hết ngày {case.answer_by:%d/%m/%Y}."
    try:
        with session.begin_nested():
            _climb_to(session, case, above, Actor.CLOCK, now, office, note)
    except NotAllowed:  # moved between our look and our move
        session.expire_all()
        return False
    return True


def answer_case(
    engine: Engine,
    case_id: int,
    reply: Answer,
    text: str,
    capacity: str,
    now: datetime,
    office: Office,
    new_due_on: date | None = None,
) -> CaseState:
    """The rung answers. ``capacity`` is the office in which the decision is taken.

    A decision or a return resumes the task, with ``new_due_on`` as its deadline if one is given;
    passing up moves the case. Raises NotAllowed, NotFound; then nothing has changed.
    """
    with unit_of_work(engine) as session:
        case = find_waiting(session, case_id)
        check_answer(case.rung, reply)
        text, capacity = cleaned(text).strip(), cleaned(capacity).strip()
        if not text:
            raise NotAllowed("Cần ghi nội dung ý kiến.")
        if reply is Answer.PASS_UP:
            _pass_up(session, case, now, office, text)
            return case.state
        if not capacity:
            raise NotAllowed("Cần ghi tư cách người cho ý kiến (ví dụ: Chủ tịch UBND tỉnh).")
        _decide(session, case, reply, text, capacity, now, office, new_due_on)
        return case.state


def acknowledge(engine: Engine, case_id: int, now: datetime) -> None:
    """The lead agency has taken note of the decision. Raises NotAllowed, NotFound."""
    with unit_of_work(engine) as session:
        case = find_case(session, case_id)
        if case.state is not CaseState.DECIDED:
            raise NotAllowed(f"Việc đang ở trạng thái «{case.state.label}», không thể ghi nhận.")
        today = office_day(now)
        move_case(session, case, E.ACKNOWLEDGED, now, "", state=CaseState.ACKNOWLEDGED, acknowledged_on=today)
        task = find_task(session, case.task_id)
        changes = {"last_report_on": today}
        perform(session, task, Happening(E.ACKNOWLEDGED, Actor.LEAD, now, task.agency_id, changes=changes))


def _pass_up(session: Session, case: EscalationCase, now: datetime, office: Office, note: str) -> None:
    above = next_rung(case.rung)
    if above is None or above is Rung.OUTSIDE:
        raise NotAllowed("Trên UBND tỉnh phải gửi văn bản ra ngoài hệ thống.")
    days = office.policy.escalation.answer_working_days
    standing = stand_on(above, office_day(now), days, office.calendar)
    _climb_to(session, case, standing, Actor.LEADER, now, office, note)


def _climb_to(
    session: Session,
    case: EscalationCase,
    standing: Standing,
    actor: Actor,
    now: datetime,
    office: Office,
    note: str,
) -> None:
    passed = case.rung
    there = {"rung": standing.rung, "rung_since": standing.since, "answer_by": standing.answer_by}
    move_case(session, case, E.CLIMBED, now, note, **there)
    task = find_task(session, case.task_id)
    perform(
        session, task, Happening(EventKind.CLIMBED, actor, now, note=note, data={"rung": standing.rung.value})
    )
    committee = the_committee(session)
    tell_rung(session, case, committee, now, office)
    tell_passed(session, case, task, committee, passed, now, office, silent=actor is Actor.CLOCK)


def _decide(
    session: Session,
    case: EscalationCase,
    reply: Answer,
    text: str,
    capacity: str,
    now: datetime,
    office: Office,
    new_due_on: date | None,
) -> None:
    today = office_day(now)
    task = find_task(session, case.task_id)
    if new_due_on is not None:
        check_new_date(new_due_on, Limits(task.due_on), today)
    said = {"answer": reply, "decision": text, "capacity": capacity, "decided_on": today}
    move_case(session, case, E.DECIDED, now, text, state=CaseState.DECIDED, **said)
    changes, cause = _new_deadline(task, reply, new_due_on, today, office)
    data = {"answer": reply.value, "capacity": capacity}
    act = Happening(
        EventKind.DECIDED,
        Actor.LEADER,
        now,
        note=text,
        data=data,
        changes=changes,
        cause=cause,
    )
    perform(session, task, act)
    tell_decision(session, case, task, now, office)


def _new_deadline(
    task: Task, reply: Answer, new_due_on: date | None, today: date, office: Office
) -> tuple[dict[str, Any], DeadlineCause]:
    """The day that the decision names; else an accepted case gives back the days that it waited.

    A case that is returned as within the body's own authority was not accepted and gives nothing back.
    """
    if new_due_on is not None:
        return {"due_on": new_due_on, "review_on": None}, DeadlineCause.DECISION
    shifted = after_pause(task, today, office.calendar) if reply is Answer.DECIDE else {}
    return shifted, DeadlineCause.PAUSE
