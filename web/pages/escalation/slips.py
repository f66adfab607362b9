"""The secretariat records what a rung answered on a signed phiếu trình, and the scan of that paper."""

from datetime import date

from fastapi import APIRouter
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.responses import Response

from flows.actions.escalation.answers import Opinion
from flows.actions.escalation.recorded import Recorded, record_answer
from models.db import reading
from models.escalation.scans import find_scan
from rules.escalation.answers import ANSWERS
from rules.refusal import NotAllowed, Refusal
from rules.vocabulary import Actor, Answer
from web.forms.body_limit import EVIDENCE, takes
from web.forms.chosen_files import drop_held, files_again, latest_file
from web.forms.fields import Posted, WrongDate, number_in, parse_day, text_of, word_of
from web.kit.desk import AtDesk, Desk, see
from web.kit.download import to_save
from web.pages.escalation.cases import (
    TypedAnswer,
    TypedSlip,
    case_here,
    case_typed,
    new_day,
    show_case,
    typed_answer,
)

router = APIRouter()


@router.post("/trinh/{case_id}/theo-phieu-trinh")
@takes(EVIDENCE)
def record_one(case_id: str, desk: AtDesk, form: Posted) -> Response:
    """Record the answer with the paper; a form that is refused keeps all of it, the scan too."""
    key, typed = case_typed(desk, case_id), typed_answer(form)
    try:
        done = _record(desk, key, typed, form)
        drop_held(form)
        return see(f"/trinh/{key}?xong={ANSWERS[done].event}")
    except WrongDate as error:
        problem, status = str(error), 422
    except Refusal as error:
        problem, status = str(error), 409
    held = files_again(form, desk.now).files[-1:]
    again = TypedAnswer(typed.reply, typed.text, typed.capacity, typed.day, problem, _slip(form), held)
    with reading(desk.engine) as session:
        return show_case(desk, session, key, again, status)


@router.get("/trinh/{case_id}/phieu-trinh/{seq}")
def scan(case_id: str, seq: str, desk: AtDesk) -> Response:
    """The scan of the paper by which a step of the case was recorded; open to whoever sees the case."""
    key = number_in(case_id)
    with reading(desk.engine) as session:
        case_here(desk, session, key)
        file = find_scan(session, key, number_in(seq))
    if file is None:
        raise HTTPException(404, "Không có bản chụp phiếu trình này.")
    return to_save(file)


def _record(desk: Desk, key: int, typed: TypedAnswer, form: FormData) -> Answer:
    act = desk.act(Actor.SECRETARIAT, capacity=typed.capacity)
    reply, slip = word_of(Answer, typed.reply), _slip(form)
    if reply is None:
        raise NotAllowed("Hãy chọn một cách trả lời.")
    day: date | None = new_day(typed, desk) if ANSWERS[reply].takes_day else None
    recorded = Recorded(slip.number, slip.signed_by, parse_day(slip.day), latest_file(form))
    record_answer(desk.engine, key, Opinion(reply, typed.text, day), recorded, act)
    return reply


def _slip(form: FormData) -> TypedSlip:
    return TypedSlip(*(text_of(form, name) for name in ("so-phieu", "nguoi-ky", "ngay-ky")))
