"""Matters beyond authority: who waits for whom, and the ways to answer."""

from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response

from config.act import Act
from flows.actions.doors.case import find_case
from flows.actions.doors.task import find_task
from flows.actions.escalation.escalate import acknowledge, answer_case
from models.db import reading
from models.escalation.cases_over import CaseOver, cases_over
from models.escalation.waiting_cases import count_cases, waiting_cases
from models.escalation.whole_case import whole_case
from rules.escalation.ladder import ANSWERS
from rules.facts import CaseFacts
from rules.refusal import NotAllowed, Refusal
from rules.vocabulary import Actor, Answer, CaseState, EventKind
from web.forms.fields import Posted, WrongDate, number_in, page_in, parse_day, text_of, word_of
from web.kit.desk import AtDesk, Desk, see
from web.pages.tasks.history import rung_of

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
        counts = count_cases(session)
        waiting = [] if ended else waiting_cases(session, part, desk.today)
        over = [_ended(one) for one in cases_over(session, latest, desk.today)]
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


def _ended(one: CaseOver) -> Over:
    facts, lapse = one.facts, one.lapse
    if facts.answer is None:  # nobody has to answer any more
        words, day = (lapse.note, lapse.happened_on) if lapse else ("", None)
        return Over(facts, one.state, one.state.label, words, day=day)
    decision, capacity = facts.decision or "", facts.capacity or ""
    return Over(facts, one.state, facts.answer.label, decision, capacity, facts.decided_on)


def _show(desk: Desk, session: Session, key: int, typed: Typed, status: int = 200) -> HTMLResponse:
    case = whole_case(session, key, desk.today)
    if case is None:
        raise HTTPException(404, f"Không có việc trình số {key}.")
    answers = [one for one in Answer if one in ANSWERS.get(case.facts.rung, frozenset())]
    return desk.show(
        "cases/case.html.j2",
        status=status,
        case=case.facts,
        state=case.state,
        over=_ended(CaseOver(case.facts, case.state, next(iter(case.steps), None))),
        acknowledged_on=case.acknowledged_on,
        states=CaseState,
        answers=answers,
        cannot_decide=Answer.DECIDE not in answers,
        steps=case.steps,
        rung_of=rung_of,
        typed=typed,
    )
