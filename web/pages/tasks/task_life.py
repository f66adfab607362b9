"""Extensions, cooperation and evidence of one task."""

from datetime import date

from fastapi import APIRouter
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.responses import Response

from config.act import Act
from flows.actions.doors.task import find_task
from flows.actions.tasks.cooperate import accept_cooperation, ask_cooperation, contribute, release
from flows.actions.tasks.extensions.asking import (
    accept_counter,
    ask_extension,
    counter_extension,
    decide_extension,
    withdraw_extension,
)
from flows.actions.tasks.name_officer import NamedOfficer, name_officer
from models.db import reading
from models.people.access.seen import may_see_file
from models.tasks.story.evidence import find_evidence
from models.tasks.story.requests import requests_of
from rules.people.on_requests import check_not_own
from rules.refusal import NotAllowed, Refusal
from rules.vocabulary import Actor, CooperationState, EventKind
from web.forms.body_limit import EVIDENCE, takes
from web.forms.chosen_files import drop_held
from web.forms.fields import Posted, number_in, parse_day, text_of, texts_of
from web.forms.seats import OFFICE, Sitting, act_of, sitting_posted
from web.kit.desk import AtDesk, Desk, see
from web.kit.download import to_save
from web.pages.tasks.task_answers import refused
from web.pages.tasks.task_forms import pressed, report_of
from web.pages.tasks.task_page import task_typed

router = APIRouter()
E, C = EventKind, CooperationState
#: What the button says that hands a task to nobody any more.
TAKE_BACK = "thoi-giao"


@router.post("/viec/{code}/gia-han")
def extension(code: str, desk: AtDesk, form: Posted) -> Response:
    """Ask for a later deadline, or answer the request that waits."""
    key, sitting = task_typed(desk, code), sitting_posted(form)
    try:
        event = pressed(EventKind, form, sitting)
        _extend(desk, key, event, sitting, form)
    except Refusal as error:
        return refused(desk, key, sitting, "gia-han", form, error)
    return see(f"/viec/{code}?{sitting.address}&xong={event}")


def _extend(desk: Desk, key: int, event: EventKind, sitting: Sitting, form: FormData) -> None:
    engine, note, number = desk.engine, text_of(form, "ly-do"), number_in(text_of(form, "de-nghi"))
    act = act_of(desk, sitting, text_of(form, "tu-cach"))
    _check_request(desk, key, number, event, act)
    if event is E.EXTENSION_ASKED:
        wanted = _day(form, "Cần ghi thời hạn đề nghị.")
        ask_extension(engine, key, note, wanted, act)
    elif event is E.EXTENSION_COUNTERED:
        other = _day(form, "Cần ghi thời hạn đề xuất thay thế.")
        counter_extension(engine, number, other, note, act)
    elif event is E.EXTENSION_AGREED and act.actor is Actor.LEAD:
        accept_counter(engine, number, act, note)
    elif event in (E.EXTENSION_AGREED, E.EXTENSION_REFUSED):
        agree = event is E.EXTENSION_AGREED
        decide_extension(engine, number, agree, note, act)
    elif event is E.EXTENSION_WITHDRAWN:
        withdraw_extension(engine, number, act, note)
    else:
        raise NotAllowed(f"«{event.label}» không phải một việc về gia hạn.")


def _check_request(desk: Desk, key: int, number: int, event: EventKind, act: Act) -> None:
    """Whether it is a request of this very task, and not that of a body at which one sits oneself.

    Raises NotAllowed.
    """
    if desk.viewer.anybody or event is E.EXTENSION_ASKED:
        return
    with reading(desk.engine) as session:
        lead = find_task(session, key).agency_id
        known = {one.id for one in requests_of(session, key)}
    if number not in known:
        raise NotAllowed("Nhiệm vụ này không có đề nghị gia hạn đó; hãy xem lại.")
    if act.actor is not Actor.LEAD:
        check_not_own(event, desk.viewer, lead)


def _day(form: FormData, missing: str) -> date:
    day = parse_day(text_of(form, "ngay"))
    if day is None:
        raise NotAllowed(missing)
    return day


@router.post("/viec/{code}/phoi-hop")
@takes(EVIDENCE)
def cooperation(code: str, desk: AtDesk, form: Posted) -> Response:
    """A cooperating body takes its part on or hands it in; the office asks and releases bodies."""
    key, sitting = task_typed(desk, code), sitting_posted(form)
    try:
        state = pressed(CooperationState, form, sitting)
        _cooperate(desk, key, state, sitting, form)
        drop_held(form)
    except Refusal as error:
        return refused(desk, key, sitting, "phoi-hop", form, error)
    done = E.CONTRIBUTED if state is C.CONTRIBUTED else E.COOPERATION
    return see(f"/viec/{code}?{sitting.address}&xong={done}#phoi-hop")


def _cooperate(desk: Desk, key: int, state: CooperationState, sitting: Sitting, form: FormData) -> None:
    """A cooperating body speaks of its own part; the office names the bodies that it means."""
    engine, act = desk.engine, act_of(desk, sitting)
    bodies = texts_of(form, "don-vi") if sitting.role == OFFICE.role else [sitting.body]
    if not any(bodies):
        raise NotAllowed("Chưa chọn cơ quan phối hợp.")
    if state is C.ASKED:
        ask_cooperation(engine, key, bodies, act, parse_day(text_of(form, "ngay")))
    elif state is C.ACCEPTED:
        accept_cooperation(engine, key, act, bodies[0])
    elif state is C.CONTRIBUTED:
        contribute(engine, key, report_of(form), act, body=bodies[0])
    else:
        release(engine, key, bodies[0], text_of(form, "ly-do-phoi-hop"), act)


@router.post("/viec/{code}/nguoi-thuc-hien")
def officer(code: str, desk: AtDesk, form: Posted) -> Response:
    """A body hands the task to one of its own people, or takes it back."""
    key, sitting = task_typed(desk, code), sitting_posted(form)
    try:
        due = parse_day(text_of(form, "ngay-trong-co-quan"))
        named = NamedOfficer(_person(form), due, text_of(form, "ghi-chu"))
        name_officer(desk.engine, key, sitting.body, named, act_of(desk, sitting))
    except Refusal as error:
        return refused(desk, key, sitting, "nguoi-thuc-hien", form, error)
    return see(f"/viec/{code}?{sitting.address}&xong={E.OFFICER_NAMED}#nguoi-thuc-hien")


def _person(form: FormData) -> int | None:
    """Who was chosen; None for taking the task back. Raises NotAllowed."""
    if text_of(form, "viec") == TAKE_BACK:
        return None
    if not text_of(form, "nguoi"):
        raise NotAllowed("Chưa chọn người thực hiện.")
    return number_in(text_of(form, "nguoi"))


@router.get("/tep/{file_id}")
def evidence(file_id: str, desk: AtDesk) -> Response:
    """A file handed in with a report: always saved, never opened inside the pages."""
    with reading(desk.engine) as session:
        file = find_evidence(session, number_in(file_id))
        if file is None or not may_see_file(session, desk.viewer, file.id):
            raise HTTPException(404, "Không có tệp này.")
    return to_save(file)
