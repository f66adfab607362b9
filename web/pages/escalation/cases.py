"""Matters beyond authority: who waits for whom, and the ways to answer."""

from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response

from flows.actions.escalation.escalate import acknowledge, answer_case
from flows.actions.tasks.evidence.held_files import Held
from models.db import reading
from models.escalation.cases_over import CaseOver, cases_over
from models.escalation.waiting_cases import count_cases, waiting_cases
from models.escalation.whole_case import WholeCase, whole_case
from models.people.access.seen import may_see_case, may_see_task
from models.people.row_bodies import committee_bodies
from rules.escalation.answers import ANSWERS, answers_of
from rules.facts import CaseFacts
from rules.people.seat_roles import PLACES, Place
from rules.refusal import NotAllowed, Refusal
from rules.vocabulary import Actor, Answer, CaseState, EventKind
from web.forms.fields import Posted, WrongDate, number_in, page_in, parse_day, text_of, word_of
from web.forms.seats import sitting_posted
from web.kit.desk import AtDesk, Desk, see
from web.pages.tasks.history import said_of

router = APIRouter()
PAGE_LENGTH = 50
_LATEST = 20  # that are over, below those that wait
_OVER = "da-xong"


@dataclass(frozen=True, slots=True)
class TypedSlip:
    """A signed phiếu trình as typed."""

    number: str = ""
    signed_by: str = ""
    day: str = ""


@dataclass(frozen=True, slots=True)
class TypedAnswer:
    """An answer as typed, and the problem with it; with the paper by which it is recorded, and its scan."""

    reply: str = ""
    text: str = ""
    capacity: str = ""
    day: str = ""
    problem: str = ""
    slip: TypedSlip = TypedSlip()
    files: tuple[Held, ...] = ()


@dataclass(frozen=True, slots=True)
class MayDo:
    """Which forms the page of a case has for who looks at it; ``instead_of`` is an absent leader's name.

    ``capacity`` is what the seat says of the office in which one answers, to begin with.
    """

    answer: bool
    record: bool
    acknowledge: bool
    instead_of: str = ""
    capacity: str = ""


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
        counts = count_cases(session, desk.viewer)
        waiting = [] if ended else waiting_cases(session, part, desk.today, desk.viewer)
        over = [_ended(one) for one in cases_over(session, latest, desk.today, desk.viewer)]
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
        return show_case(desk, session, number_in(case_id), TypedAnswer())


@router.post("/trinh/{case_id}/y-kien")
def answer_one(case_id: str, desk: AtDesk, form: Posted) -> Response:
    """Record what the rung answers."""
    key, typed = case_typed(desk, case_id), typed_answer(form)
    status = 422
    try:
        reply = word_of(Answer, typed.reply)
        day = new_day(typed, desk) if reply is None or ANSWERS[reply].takes_day else None
        if reply is None:
            raise NotAllowed("Hãy chọn một cách trả lời.")
        act = desk.act(Actor.LEADER, sitting_posted(form).body or None, typed.capacity)
        answer_case(desk.engine, key, reply, typed.text, act, day)
        return see(f"/trinh/{key}?xong={ANSWERS[reply].event}")
    except WrongDate as error:
        problem = str(error)
    except Refusal as error:
        problem, status = str(error), 409
    with reading(desk.engine) as session:
        again = TypedAnswer(typed.reply, typed.text, typed.capacity, typed.day, problem)
        return show_case(desk, session, key, again, status)


@router.post("/trinh/{case_id}/ghi-nhan")
def acknowledge_one(case_id: str, desk: AtDesk, form: Posted) -> Response:
    """The lead agency takes note of the decision."""
    key = case_typed(desk, case_id)
    try:
        acknowledge(desk.engine, key, desk.act(Actor.LEAD, sitting_posted(form).body or None))
    except NotAllowed as error:
        with reading(desk.engine) as session:
            return show_case(desk, session, key, TypedAnswer(problem=str(error)), 409)
    return see(f"/trinh/{key}?xong={EventKind.ACKNOWLEDGED}")


def case_typed(desk: Desk, typed: str) -> int:
    """The number of a case for a form; 404, before anything is done, for one that is not seen."""
    key = number_in(typed)
    if not desk.viewer.sees_all:
        with reading(desk.engine) as session:
            _check_seen(desk, session, key)
    return key


def _check_seen(desk: Desk, session: Session, key: int) -> None:
    if not may_see_case(session, desk.viewer, key):
        raise _no_such(key)


def _no_such(key: int) -> HTTPException:
    return HTTPException(404, f"Không có việc trình số {key}.")


def typed_answer(form: FormData) -> TypedAnswer:
    """The answer of a form, as typed."""
    reply, text, capacity, day = (text_of(form, name) for name in ("cach", "noi-dung", "tu-cach", "thoi-han"))
    return TypedAnswer(reply, text, capacity, day)


def new_day(typed: TypedAnswer, desk: Desk) -> date | None:
    """The deadline that an answer sets, if it does. Raises WrongDate."""
    day = parse_day(typed.day)
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


def case_here(desk: Desk, session: Session, key: int) -> WholeCase:
    """The case with that number, for who may see it; 404 for everybody else."""
    _check_seen(desk, session, key)
    case = whole_case(session, key, desk.today)
    if case is None:
        raise _no_such(key)
    return case


def _may(desk: Desk, case: CaseFacts, rung_body: str) -> MayDo:
    """The rung's own leader answers; the secretariat records what was signed on paper."""
    viewer = desk.viewer
    if viewer.anybody:
        return MayDo(answer=True, record=False, acknowledge=True)
    seat = viewer.seat_for(Actor.LEADER, rung_body or None)
    leads = viewer.seat_for(Actor.LEAD, case.task.agency_id) is not None
    capacity = seat.role.label if seat and PLACES[seat.role] is Place.CHAIR else ""
    whose = desk.visitor.stands_in_for(seat)
    return MayDo(seat is not None, viewer.is_secretary, leads, whose, capacity)


def show_case(desk: Desk, session: Session, key: int, typed: TypedAnswer, status: int = 200) -> HTMLResponse:
    """The page of a case, with the forms of who looks at it."""
    case = case_here(desk, session, key)
    answers, rung_body = answers_of(case.facts.rung), committee_bodies(session).on_rung(case.facts.rung)
    return desk.show(
        "cases/case.html.j2",
        status=status,
        case=case.facts,
        linked=may_see_task(session, desk.viewer, case.facts.task.id),
        state=case.state,
        over=_ended(CaseOver(case.facts, case.state, next(iter(case.steps), None))),
        acknowledged_on=case.acknowledged_on,
        states=CaseState,
        answers=answers,
        plainly=[one for one in answers if not ANSWERS[one].needs_capacity],
        cannot_decide=Answer.DECIDE not in answers,
        steps=case.steps,
        said_of=said_of,
        rung_body=rung_body or "",
        may=_may(desk, case.facts, rung_body or ""),
        typed=typed,
    )
