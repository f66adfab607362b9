"""Signing in with a password, asking for a link by mail, and signing out.

Nothing here tells a stranger whether an address belongs to anybody: one sentence for whatever was wrong.
"""

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from flows.actions.sign_in.come_in import come_in_by_password
from flows.actions.sign_in.links import ask_for_link
from flows.actions.sign_in.oidc import is_offered
from rules.refusal import Refusal
from web.forms.body_limit import takes
from web.forms.fields import Posted, text_of
from web.kit.desk import AtDesk, Desk, see
from web.kit.local_path import START, with_goal
from web.pages.sign_in.entering import SMALL, go_on, goal_of, leave, secret_of, seen_of
from web.visitors.cookies import Jar, drop

router = APIRouter()

WRONG = (
    "Chưa đăng nhập được: địa chỉ thư hoặc mật khẩu không đúng. Sau nhiều lần sai, hệ thống tạm ngừng nhận "
    "mật khẩu trong ít phút; khi đó hãy dùng liên kết đăng nhập gửi qua thư."
)
_NO_EMAIL = "Hãy nhập địa chỉ thư điện tử."


@router.get("/dang-nhap")
def ask_who(request: Request, desk: AtDesk) -> Response:
    """The form; whoever is signed in already goes on."""
    goal = goal_of(request)
    if desk.visitor.viewer.anybody or (desk.visitor.sign_in is not None and desk.visitor.proven):
        return see(goal)
    if desk.visitor.sign_in is not None:
        return see(with_goal("/dang-nhap/ma", goal))
    return show_form(desk, goal)


@router.post("/dang-nhap")
@takes(SMALL)
def sign_in(request: Request, desk: AtDesk, form: Posted) -> Response:
    """Come in with a password."""
    goal, email = goal_of(request, form), text_of(form, "email")
    try:
        token = come_in_by_password(
            desk.engine, email, secret_of(form, "mat-khau"), seen_of(request, desk), desk.now
        )
        if token is not None:
            return go_on(request, desk, token, goal)
    except Refusal as error:
        return show_form(desk, goal, email, f"{error}", 429)
    return show_form(desk, goal, email, WRONG, 422)


@router.post("/dang-nhap/lien-ket")
@takes(SMALL)
def mail_a_link(request: Request, desk: AtDesk, form: Posted) -> Response:
    """The same answer whoever asks and for whomever."""
    goal, email = goal_of(request, form), text_of(form, "email")
    if not email:
        return show_form(desk, goal, "", _NO_EMAIL, 422)
    try:
        ask_for_link(desk.engine, email, seen_of(request, desk), desk.now)
    except Refusal as error:
        return show_form(desk, goal, email, f"{error}", 429)
    return see("/dang-nhap?xong=lien-ket")


@router.post("/dang-xuat")
@takes(SMALL)
def sign_out(request: Request, desk: AtDesk) -> Response:
    """End this sign-in; what the browser keeps of our pages goes too."""
    leave(desk)
    answer = see("/dang-nhap?xong=dang-xuat")
    drop(answer, request.scope, Jar.SIGN_IN)
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


def show_form(desk: Desk, goal: str, email: str = "", problem: str = "", status: int = 200) -> HTMLResponse:
    """The page of signing in, with what was wrong."""
    back = "" if goal == START else goal
    context = {"goal": back, "email": email, "problem": problem}
    if is_offered():
        context["province"] = with_goal("/dang-nhap/tinh/bat-dau", goal)
    return desk.show("sign_in/sign_in.html.j2", status=status, **context)
