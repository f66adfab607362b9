"""Matters beyond authority: who waits for whom, and the ways to answer."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from fastapi import APIRouter, Request
from sqlmodel import Session, col
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response

from config.act import Act
from flows.actions.case_moves import find_case
from flows.actions.escalate import acknowledge, answer_case
from flows.actions.transition import find_task
from models.db import reading
from models.escalations import EscalationCase, EscalationStep
from models.task_facts import case_facts, facts_by_id
from rules.facts import CaseFacts
from rules.ladder import ANSWERS
from rules.refusal import NotAllowed, Refusal
from rules.vocabulary import Actor, Answer, CaseState, EventKind
from web.desk import AtDesk, Desk, see
from web.forms import Posted, WrongDate, number_in, page_in, parse_day, text_of, word_of
from web.history import rung_of

router = APIRouter()
PAGE_LENGTH = 50
_LATEST = 20  # that are over, below those that wait
_OVER = "da-xong"


@dataclass(frozen=True, slots=True)
class Typed:
    """An answer as typed, and the problem with it."""

    reply: str = ""
    text: str = ""
    capacity: str = ""
    day: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Over:
    """How a case ended: in which state, with which words, whose, and when."""

    case: CaseFacts
    state: CaseState
    how: str
    words: str
    who: str = ""
    day: date | None = None


@router.get("/trinh")
def list_cases(request: Request, desk: AtDesk) -> HTMLResponse:
    """Cases that wait, the earliest answer first, then the latest that are over; or all that are over."""
    asked = request.query_params
    number, ended = page_in(asked.get("trang", "")), asked.get("phan") == _OVER
    part = slice((number - 1) * PAGE_LENGTH, number * PAGE_LENGTH)
    latest = part if ended else slice(0, _LATEST if number == 1 else 0)
    with reading(desk.engine) as session:
        counts = _counts(session)
        waiting = [] if ended else _waiting(session, part, desk.today)
        over = _over(session, latest, desk.today)
    return desk.show(
        "cases/list.html.j2",
        waiting=waiting,
        over=over,
        counts=counts,
        ended=ended,
        number=number,
        length=PAGE_LENGTH,
        link=lambda to: f"/trinh?phan={_OVER}&trang={to}" if ended else f"/trinh?trang={to}",
    )


def _counts(session: Session) -> tuple[int, int]:
    """How many cases wait, and how many are over."""
    waits = sa.func.count().filter(col(EscalationCase.state) == CaseState.WAITING)
    every, waiting = session.execute(sa.select(sa.func.count(), waits).select_from(EscalationCase)).one()
    return waiting, every - waiting


@router.get("/trinh/{case_id}")
def one_case(case_id: str, desk: AtDesk) -> HTMLResponse:
    """A case with all that its gate asked for, and the form of the rung's answer."""
    with reading(desk.engine) as session:
        return _show(desk, session, number_in(case_id), Typed())


@router.post("/trinh/{case_id}/y-kien")
def answer_one(case_id: str, desk: AtDesk, form: Posted) -> Response:
    """Record what the rung answers."""
    key, typed = number_in(case_id), _typed(form)
    status = 422
    try:
        reply, day = word_of(Answer, typed.reply), _new_day(typed, desk)
        if reply is None:
            raise NotAllowed("Hãy chọn một cách trả lời.")
        answer_case(desk.engine, key, reply, typed.text, desk.act(Actor.LEADER, capacity=typed.capacity), day)
        done = EventKind.CLIMBED if reply is Answer.PASS_UP else EventKind.DECIDED
        return see(f"/trinh/{key}?xong={done}")
    except WrongDate as error:
        problem = str(error)
    except Refusal as error:
        problem, status = str(error), 409
    with reading(desk.engine) as session:
        again = Typed(typed.reply, typed.text, typed.capacity, typed.day, problem)
        return _show(desk, session, key, again, status)


@router.post("/trinh/{case_id}/ghi-nhan")
def acknowledge_one(case_id: str, desk: AtDesk) -> Response:
    """The lead agency takes note of the decision."""
    key = number_in(case_id)
    try:
        acknowledge(desk.engine, key, _lead(desk, key))
    except NotAllowed as error:
        with reading(desk.engine) as session:
            return _show(desk, session, key, Typed(problem=str(error)), 409)
    return see(f"/trinh/{key}?xong={EventKind.ACKNOWLEDGED}")


def _lead(desk: Desk, key: int) -> Act:
    """An act of the lead of the case's task. Raises NotFound."""
    with reading(desk.engine) as session:
        task = find_task(session, find_case(session, key).task_id)
        return desk.act(Actor.LEAD, task.agency_id)


def _typed(form: FormData) -> Typed:
    return Typed(*(text_of(form, name) for name in ("cach", "noi-dung", "tu-cach", "thoi-han")))


def _new_day(typed: Typed, desk: Desk) -> date | None:
    day = parse_day(typed.day) if typed.reply != Answer.PASS_UP else None
    if day is not None and day < desk.today:
        raise WrongDate(f"Thời hạn mới {day:%d/%m/%Y} đã qua; hãy chọn một ngày từ hôm nay trở đi.")
    return day


def _waiting(session: Session, part: slice, today: date) -> list[CaseFacts]:
    waits = sa.select(EscalationCase).where(col(EscalationCase.state) == CaseState.WAITING)
    ordered = waits.order_by(col(EscalationCase.answer_by), col(EscalationCase.id))
    return _facts_of(session, list(session.scalars(ordered.slice(part.start, part.stop))), today)


def _facts_of(session: Session, cases: list[EscalationCase], today: date) -> list[CaseFacts]:
    tasks = facts_by_id(session, {case.task_id for case in cases})
    return [case_facts(case, tasks[case.task_id], today) for case in cases]


def _over(session: Session, part: slice, today: date) -> list[Over]:
    others = sa.select(EscalationCase).where(col(EscalationCase.state) != CaseState.WAITING)
    ordered = others.order_by(col(EscalationCase.id).desc())
    cases = list(session.scalars(ordered.slice(part.start, part.stop)))
    lapses = _lapses(session, [case.id for case in cases if case.state is CaseState.LAPSED])
    return [
        _ended(case, facts, lapses.get(facts.id))
        for case, facts in zip(cases, _facts_of(session, cases, today), strict=True)
    ]


def _ended(case: EscalationCase, facts: CaseFacts, lapse: EscalationStep | None) -> Over:
    if facts.answer is None:  # nobody has to answer any more
        words, day = (lapse.note, lapse.happened_on) if lapse else ("", None)
        return Over(facts, case.state, case.state.label, words, day=day)
    decision, capacity = facts.decision or "", facts.capacity or ""
    return Over(facts, case.state, facts.answer.label, decision, capacity, facts.decided_on)


def _lapses(session: Session, cases: list[int | None]) -> dict[int, EscalationStep]:
    """The last step of each of these cases."""
    query = sa.select(EscalationStep).where(col(EscalationStep.case_id).in_(cases))
    return {step.case_id: step for step in session.scalars(query.order_by(col(EscalationStep.seq)))}


def _show(desk: Desk, session: Session, key: int, typed: Typed, status: int = 200) -> HTMLResponse:
    case = session.get(EscalationCase, key)
    if case is None:
        raise HTTPException(404, f"Không có việc trình số {key}.")
    steps = sa.select(EscalationStep).where(col(EscalationStep.case_id) == key)
    facts = case_facts(case, facts_by_id(session, [case.task_id])[case.task_id], desk.today)
    answers = [one for one in Answer if one in ANSWERS.get(case.rung, frozenset())]
    return desk.show(
        "cases/case.html.j2",
        status=status,
        case=facts,
        state=case.state,
        over=_ended(case, facts, _lapses(session, [key]).get(key)),
        acknowledged_on=case.acknowledged_on,
        states=CaseState,
        answers=answers,
        cannot_decide=Answer.DECIDE not in answers,
        steps=list(session.scalars(steps.order_by(col(EscalationStep.seq).desc()))),
        rung_of=rung_of,
        typed=typed,
    )
