"""The page of one person: who it is, the seats, the absences, what is kept of her; and its forms."""

from collections.abc import Callable

from fastapi import APIRouter
from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, Response

from config.act import Act
from flows.actions.people.invite import invite
from flows.actions.people.persons import change_person, deactivate, reactivate
from flows.actions.people.seats import end_seat, seat_person
from flows.actions.people.taken_away import lose_telephone
from models.db import reading
from models.people.held.account_of import account_shown
from models.people.held.kept_of import kept_beside, kept_of
from models.people.held.persons import person_page
from models.tasks.listing import choices
from rules.people.seat_roles import SeatRole
from rules.refusal import NotFound, Refusal
from web.forms.fields import Posted, is_missing, number_in, text_of
from web.kit.desk import AtDesk, Desk, see
from web.pages.people.typed import NOTHING_TYPED, TypedHere, needed_day, person_of, seat_of, typed_in_form
from web.pages.people.who_may import keeping_people, look_at_person, reads_people

router = APIRouter()


@router.get("/nguoi-dung/{person_id}")
def one_person(person_id: str, desk: AtDesk) -> HTMLResponse:
    """Open to those who keep people, to the secretariat, and to herself."""
    return _show(desk, number_in(person_id), NOTHING_TYPED)


@router.post("/nguoi-dung/{person_id}/sua")
def change(person_id: str, desk: AtDesk, form: Posted) -> Response:
    """Another name, address or number; of two who change one the second is told."""
    key = number_in(person_id)

    def done(act: Act) -> None:
        change_person(desk.engine, key, person_of(form), act, number_in(text_of(form, "phien-ban")))

    return _do(desk, key, form, "sua", done)


@router.post("/nguoi-dung/{person_id}/vi-tri")
def take_seat(person_id: str, desk: AtDesk, form: Posted) -> Response:
    """Let her sit there."""
    key = number_in(person_id)
    return _do(desk, key, form, "vi-tri", lambda act: seat_person(desk.engine, key, seat_of(form), act))


@router.post("/nguoi-dung/{person_id}/vi-tri/{seat_id}/ket-thuc")
def leave_seat(person_id: str, seat_id: str, desk: AtDesk, form: Posted) -> Response:
    """The last day of a seat; the fields of one seat's form have its number."""
    key, seat = number_in(person_id), number_in(seat_id)

    def done(act: Act) -> None:
        last = needed_day(form, f"ngay-cuoi-{seat}", "Hãy ghi ngày cuối của vị trí.")
        with reading(desk.engine) as session:
            _check_hers(seat, {one.id for one in person_page(session, key).seats})
        end_seat(desk.engine, seat, last, act)

    return _do(desk, key, form, "het-vi-tri", done)


@router.post("/nguoi-dung/{person_id}/trang-thai")
def active(person_id: str, desk: AtDesk, form: Posted) -> Response:
    """She ceases to use the system, or uses it again."""
    key, again = number_in(person_id), text_of(form, "viec") == "mo-lai"
    does = reactivate if again else deactivate
    place = "mo-lai" if again else "ngung"
    return _do(desk, key, form, place, lambda act: does(desk.engine, key, act))


@router.post("/nguoi-dung/{person_id}/moi")
def send_invitation(person_id: str, desk: AtDesk, form: Posted) -> Response:
    """A letter with a link of one use, by which the first password is set."""
    key = number_in(person_id)
    return _do(desk, key, form, "moi-nguoi", lambda act: invite(desk.engine, key, act))


@router.post("/nguoi-dung/{person_id}/go-ma-xac-thuc")
def lost_telephone(person_id: str, desk: AtDesk, form: Posted) -> Response:
    """She has lost her telephone: the second factor goes, and every sign-in of hers ends."""
    key = number_in(person_id)
    return _do(desk, key, form, "go-ma", lambda act: lose_telephone(desk.engine, key, act))


def _do(desk: Desk, person_id: int, form: FormData, place: str, action: Callable[[Act], object]) -> Response:
    """Do it; what is refused stays in the form ``place``, which also names what the page says afterwards."""
    act = keeping_people(desk)
    try:
        action(act)
    except Refusal as error:
        status = 404 if is_missing(error) else 409
        return _show(desk, person_id, typed_in_form(form, place, error), status)
    return see(f"/nguoi-dung/{person_id}?xong={place}")


def _check_hers(seat: int, hers: set[int]) -> None:
    if seat not in hers:
        raise NotFound(f"Không có vị trí số {seat} của người này.")


def _show(desk: Desk, person_id: int, typed: TypedHere, status: int = 200) -> HTMLResponse:
    look_at_person(desk, person_id)
    keeps, own = desk.viewer.is_admin, desk.viewer.person == person_id
    with reading(desk.engine) as session:
        return desk.show(
            "people/person.html.j2",
            status=status,
            person=person_page(session, person_id),
            kept=kept_of(session, person_id),
            account=account_shown(session, person_id) if keeps or own else None,
            beside=kept_beside(session, person_id),
            bodies=choices(session) if keeps else (),
            roles=SeatRole,
            typed=typed,
            may_keep=keeps,
            may_list=reads_people(desk.viewer),
            may_tell=keeps or own,
            own=own,
            now=desk.now,
        )
