"""The own second factor: a telephone is set up by a QR code; recovery codes are shown once."""

from dataclasses import dataclass

import segno
from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from flows.actions.installation.instant import shown_now
from flows.actions.sign_in.second_factor import (
    begin_totp,
    check_code,
    confirm_totp,
    has_totp,
    remove_totp,
    standing_offer,
)
from flows.actions.sign_in.sign_ins import renew
from models.db import reading
from rules.refusal import Refusal
from web.forms.body_limit import takes
from web.forms.fields import Posted, text_of
from web.kit.desk import AtDesk, Desk, see
from web.kit.local_path import START, with_goal
from web.pages.sign_in.entering import SMALL, goal_of
from web.pages.sign_in.second_factor import WRONG
from web.visitors.cookies import Jar, drop, keep

router = APIRouter()
PLACE = "/tai-khoan/ma-xac-thuc"
_GROUP = 4


@dataclass(frozen=True, slots=True)
class Offered:
    """A secret as the page shows it: as a picture, in groups to be typed off, as a link to an app."""

    picture: str
    groups: str
    uri: str


@router.get(PLACE)
def show_codes(request: Request, desk: AtDesk) -> HTMLResponse:
    """Whether there is a telephone; one that is being set up is shown again."""
    return _show(desk, goal_of(request))


@router.post(PLACE)
@takes(SMALL)
def begin(request: Request, desk: AtDesk, form: Posted) -> Response:
    """A new secret; it counts from its first code on."""
    begin_totp(desk.engine, desk.visitor.person, desk.now)
    return see(with_goal(PLACE, goal_of(request, form)))


@router.post(f"{PLACE}/xac-nhan")
@takes(SMALL)
def confirm(request: Request, desk: AtDesk, form: Posted) -> Response:
    """The first code: from now on it is asked for. The recovery codes are on this page and on no other."""
    person, goal = desk.visitor.person, goal_of(request, form)
    try:
        codes = confirm_totp(desk.engine, person, text_of(form, "ma"), shown_now())
    except Refusal as error:
        return _show(desk, goal, f"{error}", 422)
    token = renew(desk.engine, desk.visitor.sign_in or 0, desk.now, second=True)
    answer = desk.show("sign_in/recovery.html.j2", codes=codes, goal=goal)
    keep(answer, request.scope, Jar.SIGN_IN, token)
    return answer


@router.post(f"{PLACE}/bo")
@takes(SMALL)
def remove(request: Request, desk: AtDesk, form: Posted) -> Response:
    """Telephone and codes go, against one of them: to set up another telephone, or new recovery codes."""
    person = desk.visitor.person
    if not check_code(desk.engine, person, text_of(form, "ma"), shown_now()):
        return _show(desk, START, WRONG, 422)
    remove_totp(desk.engine, person, desk.now)
    answer = see("/tai-khoan?xong=bo-ma-xac-thuc")
    drop(answer, request.scope, Jar.DEVICE)
    return answer


def _show(desk: Desk, goal: str, problem: str = "", status: int = 200) -> HTMLResponse:
    with reading(desk.engine) as session:
        ready = has_totp(session, desk.visitor.person)
        offer = None if ready else standing_offer(session, desk.visitor.person)
    shown = Offered(_picture(offer.uri), _grouped(offer.secret), offer.uri) if offer else None
    return desk.show(
        "sign_in/codes.html.j2", status=status, ready=ready, offer=shown, goal=goal, problem=problem
    )


def _picture(uri: str) -> str:
    """A QR code as an address that holds its own picture: nothing of it is fetched or kept."""
    return segno.make(uri, error="m").svg_data_uri(scale=5, border=2)


def _grouped(secret: str) -> str:
    return " ".join(secret[at : at + _GROUP] for at in range(0, len(secret), _GROUP))
