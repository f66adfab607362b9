"""A one-time link of a letter: looked at by GET, used by POST, so that no scanner of mail uses it up.

The address with the secret only hands it to a cookie and leads on: it stands neither in what the browser
remembers of the page nor in what a page would tell another one.
"""

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from flows.actions.sign_in.come_in import come_in_by_link
from flows.actions.sign_in.hashing import Busy
from flows.actions.sign_in.links import LinkSeen, look_at_link
from models.db import reading
from models.sign_in.accounts import known_of
from rules.refusal import NotFound, Refusal
from rules.sign_in.passwords import LEAST, WrongPassword, check_new
from rules.sign_in.words import LinkPurpose
from web.forms.body_limit import takes
from web.forms.fields import Posted, text_of
from web.kit.desk import AtDesk, Desk, see
from web.kit.local_path import START
from web.pages.sign_in.entering import SMALL, go_on, secret_of, seen_of
from web.visitors.cookies import Jar, drop, keep, sent

router = APIRouter()

_NO_LINK = (
    "Liên kết này không mở được nữa. Hãy bấm lại vào liên kết trong thư, hoặc xin một liên kết mới ở trang "
    "đăng nhập; trình duyệt phải nhận cookie của trang này."
)
NOT_ALIKE = "Hai lần nhập mật khẩu không giống nhau."
_NO_PASSWORD = "Hãy nhập mật khẩu mới, hoặc bấm «Vào mà không đặt mật khẩu»."


@router.get("/lien-ket/{token}")
def hand_over_link(token: str, request: Request) -> Response:
    """Take the secret out of the address."""
    answer = see("/lien-ket")
    keep(answer, request.scope, Jar.LINK, token if token.isascii() and token.isprintable() else "")
    return answer


@router.get("/lien-ket")
def show_link(request: Request, desk: AtDesk) -> Response:
    """Whose link it is, and what can be done with it. Nothing is used; what opens nothing is not there."""
    try:
        return _form(desk, _look(request, desk))
    except Refusal as error:
        return desk.show("sign_in/dead_link.html.j2", status=404, why=f"{error}")


@router.post("/lien-ket")
@takes(SMALL)
def open_link(request: Request, desk: AtDesk, form: Posted) -> Response:
    """Come in, with a new password if one was typed."""
    link, new = _look(request, desk), secret_of(form, "mat-khau-moi")
    wants = link.purpose is LinkPurpose.INVITATION and not text_of(form, "cach")
    if wants and (problem := _wrong(desk, link, new, secret_of(form, "nhac-lai"))):
        return _form(desk, link, problem, 422)
    came, token = seen_of(request, desk), sent(request.scope, Jar.LINK)
    try:
        opened = come_in_by_link(desk.engine, token, new if wants else None, came, desk.now)
    except Busy as error:  # the link still opens
        return _form(desk, link, f"{error}", 429)
    answer = go_on(request, desk, opened, START)
    drop(answer, request.scope, Jar.LINK)
    return answer


def _look(request: Request, desk: Desk) -> LinkSeen:
    """Raises Refusal."""
    token = sent(request.scope, Jar.LINK)
    if not token:
        raise NotFound(_NO_LINK)
    with reading(desk.engine) as session:
        return look_at_link(session, token, desk.now)


def _wrong(desk: Desk, link: LinkSeen, new: str, again: str) -> str:
    """Why the password cannot be set, or "": asked before the link is used up."""
    if not new:
        return _NO_PASSWORD
    if new != again:
        return NOT_ALIKE
    with reading(desk.engine) as session:
        own = known_of(session, link.person_id)
    try:
        check_new(new, own)
    except WrongPassword as error:
        return f"{error}"
    return ""


def _form(desk: Desk, link: LinkSeen, problem: str = "", status: int = 200) -> HTMLResponse:
    other = desk.visitor.name if desk.visitor.sign_in and desk.visitor.person != link.person_id else ""
    invited = link.purpose is LinkPurpose.INVITATION
    context = {"link": link, "invited": invited, "other": other, "least": LEAST, "problem": problem}
    return desk.show("sign_in/link.html.j2", status=status, **context)
