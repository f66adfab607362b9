"""The second step of signing in: a code of the telephone, or one of the recovery codes."""

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from config.settings import get_settings
from flows.actions.installation.instant import shown_now
from flows.actions.sign_in.second_factor import check_code, has_totp, trust_device
from flows.actions.sign_in.sign_ins import renew
from models.db import reading
from web.forms.body_limit import takes
from web.forms.fields import Posted, text_of
from web.kit.desk import AtDesk, Desk, see
from web.kit.local_path import with_goal
from web.pages.sign_in.entering import SMALL, goal_of
from web.visitors.cookies import Jar, keep

router = APIRouter()

WRONG = (
    "Mã không đúng, đã hết hạn hoặc đã dùng rồi. Hãy chờ mã mới trên điện thoại rồi nhập lại; sau nhiều lần "
    "sai, hệ thống tạm ngừng nhận mã trong ít phút."
)


@router.get("/dang-nhap/ma")
def ask_code(request: Request, desk: AtDesk) -> Response:
    """The form; whoever has no telephone yet sets one up first."""
    goal = goal_of(request)
    if elsewhere := _elsewhere(desk, goal):
        return see(elsewhere)
    return _form(desk, goal)


@router.post("/dang-nhap/ma")
@takes(SMALL)
def take_code(request: Request, desk: AtDesk, form: Posted) -> Response:
    """The pages open, by a new id of the sign-in."""
    goal = goal_of(request, form)
    if elsewhere := _elsewhere(desk, goal):
        return see(elsewhere)
    person, sign_in = desk.visitor.person, desk.visitor.sign_in or 0
    # A telephone goes by the wall clock, whatever time the database lives in.
    if not check_code(desk.engine, person, text_of(form, "ma"), shown_now()):
        return _form(desk, goal, WRONG, 422)
    answer = see(goal)
    keep(answer, request.scope, Jar.SIGN_IN, renew(desk.engine, sign_in, desk.now, second=True))
    if text_of(form, "tin-cay"):
        keep(answer, request.scope, Jar.DEVICE, trust_device(desk.engine, person, desk.now))
    return answer


def _elsewhere(desk: Desk, goal: str) -> str:
    """Where somebody goes of whom no code is asked (now), or ""."""
    if desk.visitor.sign_in is None:
        return "/dang-nhap"
    if desk.visitor.proven:
        return goal
    with reading(desk.engine) as session:
        ready = has_totp(session, desk.visitor.person)
    return "" if ready else with_goal("/tai-khoan/ma-xac-thuc", goal)


def _form(desk: Desk, goal: str, problem: str = "", status: int = 200) -> HTMLResponse:
    days = get_settings().trusted_device_days
    return desk.show("sign_in/code.html.j2", status=status, goal=goal, days=days, problem=problem)
