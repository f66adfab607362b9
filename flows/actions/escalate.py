"""Matters beyond authority: raised through a gate, climbing by silence, answered, acknowledged."""

from datetime import date, datetime
from typing import Annotated, Any

import sqlalchemy as sa
from pydantic import BaseModel, ConfigDict, StringConstraints
from sqlalchemy.engine import Engine
from sqlmodel import Session

from config.clock import office_day
from flows.actions.escalation_letters import tell_decision, tell_passed, tell_rung
from flows.actions.office import Office
from flows.actions.pause import after_pause
from flows.actions.transition import Act, find_task, perform
from models.db import unit_of_work
from models.escalations import EscalationCase, EscalationStep
from models.register import the_committee
from models.tasks import Task
from rules.extensions import Limits, check_new_date
from rules.ladder import Standing, check_answer, climb, first_rung, next_rung, stand_on
from rules.refusal import NotFound
from rules.status import NotAllowed
from rules.vocabulary import Actor, Answer, CaseState, DeadlineCause, EventKind, Rung

Filled = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=4000)]


class CaseForm(BaseModel):
    """The gate: asking upward what one may decide oneself is a documented abuse."""

    model_config = ConfigDict(extra="forbid")

    missing_authority: Filled  # which authority is missing
    basis: Filled  # by which rule it is missing
    tried: Filled
    options: Filled  # with their consequences
    recommendation: Filled
    opinions: str = ""  # of the cooperating bodies
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
            Act(EventKind.ESCALATED, actor, now, task.agency_id, note, changes={"last_report_on": today}),
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
        session.add(case)
        session.flush()
        _step(session, case, 0, EventKind.ESCALATED, now, note)
        tell_rung(session, case, committee, now, office)
        assert case.id is not None
        return case.id


def climb_silent(session: Session, now: datetime, office: Office) -> list[int]:
    """Move up every case whose rung has let its time pass; returns their ids. Safe to run twice.

    Never on a day off: nobody could have answered, and nobody is there to be told.
    """
    today = office_day(now)
    if not office.calendar.is_working(today):
        return []
    query = sa.select(EscalationCase).where(
        EscalationCase.state == CaseState.WAITING, EscalationCase.answer_by < today
    )
    moved = []
    for case in session.scalars(query.order_by(EscalationCase.id)).all():
        standing = Standing(case.rung, case.rung_since, case.answer_by)
        above = climb(standing, today, office.policy.escalation.answer_working_days, office.calendar)
        if above is not None:
            note = f"{case.rung.label} chưa trả lời đến hết ngày {case.answer_by:%d/%m/%Y}."
            _climb_to(session, case, above, Actor.CLOCK, now, office, note)
            assert case.id is not None
            moved.append(case.id)
    return moved


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
        case = _waiting(session, case_id)
        check_answer(case.rung, reply)
        if not text.strip():
            raise NotAllowed("Cần ghi nội dung ý kiến.")
        if reply is Answer.PASS_UP:
            _pass_up(session, case, now, office, text.strip())
            return case.state
        if not capacity.strip():
            raise NotAllowed("Cần ghi tư cách người cho ý kiến (ví dụ: Chủ tịch UBND tỉnh).")
        _decide(session, case, reply, text.strip(), capacity.strip(), now, office, new_due_on)
        return case.state


def acknowledge(engine: Engine, case_id: int, now: datetime) -> None:
    """The lead agency has taken note of the decision. Raises NotAllowed, NotFound."""
    with unit_of_work(engine) as session:
        case = _found(session, case_id)
        if case.state is not CaseState.DECIDED:
            raise NotAllowed(f"Việc đang ở trạng thái «{case.state.label}», không thể ghi nhận.")
        case.state, case.acknowledged_on = CaseState.ACKNOWLEDGED, office_day(now)
        case.version += 1
        _step(session, case, case.version, EventKind.ACKNOWLEDGED, now, "")
        task = find_task(session, case.task_id)
        changes = {"last_report_on": office_day(now)}
        perform(session, task, Act(EventKind.ACKNOWLEDGED, Actor.LEAD, now, task.agency_id, changes=changes))


def _found(session: Session, case_id: int) -> EscalationCase:
    case = session.get(EscalationCase, case_id, with_for_update=True)
    if case is None:
        raise NotFound(f"Không có việc trình số {case_id}.")
    return case


def _waiting(session: Session, case_id: int) -> EscalationCase:
    case = _found(session, case_id)
    if case.state is not CaseState.WAITING:
        raise NotAllowed(f"Việc này đã có ý kiến ngày {case.decided_on:%d/%m/%Y}.")
    return case


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
    case.rung, case.rung_since, case.answer_by = standing.rung, standing.since, standing.answer_by
    case.version += 1
    _step(session, case, case.version, EventKind.CLIMBED, now, note)
    task = find_task(session, case.task_id)
    perform(session, task, Act(EventKind.CLIMBED, actor, now, note=note, data={"rung": standing.rung.value}))
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
    case.state, case.answer, case.decision = CaseState.DECIDED, reply, text
    case.capacity, case.decided_on = capacity, today
    case.version += 1
    _step(session, case, case.version, EventKind.DECIDED, now, text)
    changes, cause = _new_deadline(task, reply, new_due_on, today, office)
    data = {"answer": reply.value, "capacity": capacity}
    act = Act(
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


def _step(
    session: Session, case: EscalationCase, seq: int, kind: EventKind, now: datetime, note: str
) -> None:
    assert case.id is not None
    session.add(
        EscalationStep(
            case_id=case.id,
            seq=seq,
            happened_at=now,
            happened_on=office_day(now),
            kind=kind,
            rung=case.rung,
            note=note,
        )
    )
