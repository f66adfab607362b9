"""The own account: the seats, the password, and where one is signed in."""

from datetime import timedelta

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from flows.actions.sign_in.passwords import set_password, try_password
from flows.actions.sign_in.second_factor import has_totp
from flows.actions.sign_in.sign_ins import SignInLine, end_all, end_one, list_of
from models.db import reading
from models.people.held.own_account import own_account
from rules.refusal import Refusal
from rules.sign_in.passwords import LEAST
from web.forms.body_limit import takes
from web.forms.fields import Posted, number_in
from web.kit.desk import AtDesk, Desk, see
from web.pages.sign_in.entering import SMALL, secret_of, seen_of
from web.pages.sign_in.links import NOT_ALIKE

router = APIRouter()

#: A sign-in as young as this says who sits there as well as the old password does.
_FRESH = timedelta(minutes=10)
_NOT_THE_OLD_ONE = (
    "Mật khẩu hiện tại không đúng. Nếu không nhớ, hãy đăng xuất, đăng nhập lại bằng liên kết gửi qua thư, "
    "rồi đặt mật khẩu mới ngay sau đó."
)


@router.get("/tai-khoan")
def show_account(desk: AtDesk) -> HTMLResponse:
    """All that the person can change of the own account."""
    return _show(desk)


@router.post("/tai-khoan/mat-khau")
@takes(SMALL)
def change_password(request: Request, desk: AtDesk, form: Posted) -> Response:
    """A new password; all other sign-ins of the person end."""
    person, new = desk.visitor.person, secret_of(form, "mat-khau-moi")
    try:
        if not _is_fresh(desk) and not _knows(request, desk, secret_of(form, "mat-khau-cu")):
            return _show(desk, _NOT_THE_OLD_ONE, 422)
        if new != secret_of(form, "nhac-lai"):
            return _show(desk, NOT_ALIKE, 422)
        set_password(desk.engine, person, new, desk.now, but=desk.visitor.sign_in)
    except Refusal as error:
        return _show(desk, f"{error}", 422)
    return see("/tai-khoan?xong=mat-khau")


@router.post("/tai-khoan/phien/khac/cham-dut")
@takes(SMALL)
def end_others(desk: AtDesk) -> Response:
    """Only this browser stays."""
    end_all(desk.engine, desk.visitor.person, desk.now, but=desk.visitor.sign_in)
    return see("/tai-khoan?xong=phien-khac")


@router.post("/tai-khoan/phien/{sign_in_id}/cham-dut")
@takes(SMALL)
def end_that_one(sign_in_id: str, desk: AtDesk) -> Response:
    """One of the own sign-ins; that of somebody else is not there."""
    end_one(desk.engine, desk.visitor.person, number_in(sign_in_id), desk.now)
    return see("/tai-khoan?xong=phien")


def _lines(desk: Desk) -> list[SignInLine]:
    with reading(desk.engine) as session:
        return list(list_of(session, desk.visitor.person, desk.now))


def _is_fresh(desk: Desk) -> bool:
    return any(one.id == desk.visitor.sign_in and desk.now - one.began_at <= _FRESH for one in _lines(desk))


def _knows(request: Request, desk: Desk, old: str) -> bool:
    """Whether it is the person's password; counted as any other try."""
    with reading(desk.engine) as session:
        email = own_account(session, desk.visitor.person).email
    return try_password(desk.engine, email, old, seen_of(request, desk), desk.now) == desk.visitor.person


def _show(desk: Desk, problem: str = "", status: int = 200) -> HTMLResponse:
    person = desk.visitor.person
    with reading(desk.engine) as session:
        account, second = own_account(session, person), has_totp(session, person)
    return desk.show(
        "sign_in/account.html.j2",
        status=status,
        account=account,
        second=second,
        lines=_lines(desk),
        fresh=_is_fresh(desk),
        least=LEAST,
        problem=problem,
    )
