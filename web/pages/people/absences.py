"""Who is away and who stands in: told by oneself, or for anybody by quản trị hệ thống."""

from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response

from flows.actions.people.absences import NewAbsence, end_absence, say_absent
from models.db import reading
from models.people.held.deputies import Deputies, deputies_of
from models.people.held.persons import (
    PersonPage,
    SeatShown,
    absences_from,
    person_list,
    person_page,
)
from rules.people.seat_roles import SeatRole
from rules.refusal import NotAllowed, Refusal
from web.forms.fields import Posted, is_missing, number_in, text_of
from web.kit.desk import AtDesk, Desk, see
from web.pages.people.typed import NOTHING_TYPED, TypedHere, needed_day, typed_in_form
from web.pages.people.who_may import telling

router = APIRouter()


@router.get("/vang-mat")
def absences(request: Request, desk: AtDesk) -> HTMLResponse:
    """One's own absences; quản trị hệ thống names somebody (``?nguoi=``), or sees everybody's."""
    return _show(desk, _whose(desk, request.query_params.get("nguoi", "")), NOTHING_TYPED)


@router.post("/vang-mat")
def tell(desk: AtDesk, form: Posted) -> Response:
    """Somebody will be away, and somebody stands in."""
    person = _whose(desk, text_of(form, "nguoi"))
    act = telling(desk)
    try:
        if person is None:
            raise NotAllowed("Chưa chọn người vắng mặt.")
        say_absent(desk.engine, _absence(person, form), act)
    except Refusal as error:
        return _refused(desk, person, form, "vang-mat", error)
    return see(f"/vang-mat?{_query(desk, person)}xong=vang-mat")


@router.post("/vang-mat/{absence_id}/ket-thuc")
def end(absence_id: str, desk: AtDesk, form: Posted) -> Response:
    """It ends early, or never begins; the absent one and the deputy say so."""
    person, key = _whose(desk, text_of(form, "nguoi")), number_in(absence_id)
    act = telling(desk)
    try:
        last = needed_day(form, f"ngay-cuoi-{key}", "Hãy ghi ngày vắng mặt cuối cùng.")
        end_absence(desk.engine, key, last, act)
    except Refusal as error:
        return _refused(desk, person, form, "het-vang", error)
    return see(f"/vang-mat?{_query(desk, person)}xong=het-vang")


def _whose(desk: Desk, typed: str) -> int | None:
    """Whose absences: one's own, or those of who is named where one keeps people. Raises 404."""
    viewer = desk.viewer
    if typed and viewer.is_admin:
        return number_in(typed)
    if typed and number_in(typed) != viewer.person:
        raise HTTPException(404)
    return viewer.person


def _query(desk: Desk, person: int | None) -> str:
    named = person is not None and person != desk.viewer.person
    return urlencode({"nguoi": person}) + "&" if named else ""


def _absence(person: int, form: FormData) -> NewAbsence:
    """An absence as typed. Raises NotAllowed, WrongDate."""
    if not text_of(form, "thay"):
        raise NotAllowed("Chưa chọn người được ủy quyền.")
    seat = text_of(form, "vi-tri")
    return NewAbsence(
        person,
        number_in(text_of(form, "thay")),
        needed_day(form, "tu-ngay", "Hãy ghi ngày vắng mặt đầu tiên."),
        needed_day(form, "den-ngay", "Hãy ghi ngày vắng mặt cuối cùng."),
        number_in(seat) if seat else None,
        text_of(form, "ghi-chu"),
    )


def _refused(desk: Desk, person: int | None, form: FormData, place: str, error: Refusal) -> HTMLResponse:
    return _show(desk, person, typed_in_form(form, place, error), 404 if is_missing(error) else 409)


def _show(desk: Desk, person: int | None, typed: TypedHere, status: int = 200) -> HTMLResponse:
    with reading(desk.engine) as session:
        who = person_page(session, person) if person is not None else None
        keeps = desk.viewer.is_admin
        return desk.show(
            "people/absences.html.j2",
            status=status,
            person=who,
            own=person is not None and person == desk.viewer.person,
            seats=_held(desk, who),
            deputies=_deputies(desk, session, who),
            people=person_list(session, desk.today) if keeps and who is None else (),
            everybody=absences_from(session, desk.today) if keeps and who is None else (),
            away=who is not None and any(one.days.has(desk.today) for one in who.absences),
            yesterday=desk.today - timedelta(days=1),
            typed=typed,
            keeps=keeps,
        )


def _held(desk: Desk, who: PersonPage | None) -> list[SeatShown]:
    """The seats that are not over, of which some cannot be lent."""
    seats = who.seats if who else ()
    left = (one for one in seats if one.days.last is None or one.days.last >= desk.today)
    return [one for one in left if one.role is not SeatRole.ADMIN and not one.days.none]


def _deputies(desk: Desk, session: Session, who: PersonPage | None) -> Deputies:
    """Everybody for who keeps people; otherwise those who may be asked."""
    if who is None:
        return Deputies([], [])
    offered = deputies_of(session, who.id, desk.viewer.committee, desk.today)
    if not desk.viewer.is_admin:
        return offered
    known = {who.id, *(one.id for one in offered.near)}
    everybody = person_list(session, desk.today)
    return replace(
        offered, others=[one for one in everybody if one.active and one.seats and one.id not in known]
    )
