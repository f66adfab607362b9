"""Nobody comes in without an account where there are accounts; without any the pages work as ever.

Whoever asks for a page is led to the sign-in and back; whoever sends a form is told to sign in, and what was
typed stands on that page. Signing in itself, signing out, links of letters and what the pages are made of
(``/static``) are open to everybody.
"""

from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rules.refusal import Refusal
from rules.trail.refused import RefusedWhy
from web.door.accounts import Accounts
from web.door.looking_in import LookedIn, Sent, Wants, look, still
from web.forms.body_limit import FormLimits
from web.forms.form_reading import read_form
from web.forms.under_way import Share, UnderWay
from web.kit.local_path import leading_back
from web.kit.rendering import error_page
from web.kit.unsaved import typed_texts
from web.visitors.cookies import Jar, keep, sent
from web.visitors.visitor import CLOCK, NOBODY, REFUSED, STILL, VISITOR
from web.visitors.way_in import HERE, WAY_IN, WayIn

#: Open to everybody, and to whoever still wants the second factor or a seat; with all that lies below them.
_OPEN = ("/dang-nhap", "/dang-xuat", "/lien-ket")
_PLACES = {
    Wants.SIGN_IN: ("/dang-nhap", _OPEN),
    Wants.SECOND: ("/dang-nhap/ma", (*_OPEN, "/tai-khoan/ma-xac-thuc")),
    Wants.SEAT: ("/tai-khoan", (*_OPEN, "/tai-khoan")),
}
#: Why a form of somebody who is known is stopped; whoever only looks is led on, which refuses nothing.
_REFUSED_FOR = {Wants.SECOND: RefusedWhy.UNPROVEN, Wants.SEAT: RefusedWhy.NO_SEAT}
#: Answered at once, so at the instant by which the door has judged; a form may be long in coming.
_ASKING = ("GET", "HEAD")
#: So much of a form that comes too late is read to be shown again; more is in the browser's memory only.
_KEPT = 256 * 1024

_WORDS = {
    Wants.SIGN_IN: (
        "Bạn chưa đăng nhập, hoặc phiên đăng nhập đã kết thúc; chưa có gì được lưu. "
        "Hãy đăng nhập ở thẻ mới, rồi quay lại trang trước và gửi lại."
    ),
    Wants.SECOND: (
        "Bạn chưa nhập mã xác thực của lần đăng nhập này; chưa có gì được lưu. "
        "Hãy nhập mã ở thẻ mới, rồi quay lại trang trước và gửi lại."
    ),
    Wants.SEAT: "Hiện bạn không giữ vị trí nào nên chỉ xem được tài khoản của mình; chưa có gì được lưu.",
}


class SignedInOnly:
    """ASGI middleware: says in the scope who visits, and stops whoever has to sign in first."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with its visitor, lead it to the sign-in, or refuse it."""
        if scope["type"] != "http" or scope["path"].startswith("/static/"):
            await self.app(scope, receive, send)
            return
        try:
            found = await run_in_threadpool(_found, scope)
        except Refusal as error:  # there are accounts, and no register yet
            await error_page(503, f"{error}")(scope, receive, send)
            return
        if found is None:
            scope.setdefault(VISITOR, NOBODY)
            await self.app(scope, receive, send)
        elif found.wants is Wants.NOTHING or _is_below(scope["path"], _PLACES[found.wants][1]):
            scope[VISITOR] = found.visitor
            if found.visitor.sign_in is not None:
                scope[STILL] = partial(still, scope["app"].state.engine, _sent(scope), found)
            if scope["method"] in _ASKING:
                scope[CLOCK] = found.clock
            await self.app(scope, receive, _with_cookie(scope, send, found.token))
        else:
            if scope["method"] not in _ASKING and found.wants in _REFUSED_FOR:
                scope[VISITOR], scope[REFUSED] = found.visitor, _REFUSED_FOR[found.wants]
            answer = await _stopped(scope, receive, found.wants)
            await answer(scope, receive, _with_cookie(scope, send, found.token))


def _found(scope: Scope) -> LookedIn | None:
    """Who it is; None where nobody has an account."""
    accounts: Accounts = scope["app"].state.accounts
    if not accounts.exist():
        return None
    return look(scope["app"].state.engine, _sent(scope))


def _sent(scope: Scope) -> Sent:
    way_in: WayIn = scope.get(WAY_IN, HERE)
    return Sent(sent(scope, Jar.SIGN_IN), sent(scope, Jar.DEVICE), way_in.address)


def _is_below(path: str, places: tuple[str, ...]) -> bool:
    return any(path == place or path.startswith(f"{place}/") for place in places)


def _with_cookie(scope: Scope, send: Send, token: str) -> Send:
    """The answer brings a new id of the sign-in, unless the page itself has just given one."""
    if not token:
        return send
    jar = Response()
    keep(jar, scope, Jar.SIGN_IN, token)

    async def dressed(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers, name = MutableHeaders(scope=message), jar.headers["set-cookie"].partition("=")[0]
            if not any(one.startswith(f"{name}=") for one in headers.getlist("set-cookie")):
                headers.append("set-cookie", jar.headers["set-cookie"])
        await send(message)

    return dressed


async def _stopped(scope: Scope, receive: Receive, wants: Wants) -> Response:
    if scope["method"] in _ASKING:
        return RedirectResponse(leading_back(_PLACES[wants][0], scope), status_code=303)
    return error_page(401, _WORDS[wants], await _typed(Request(scope, receive)))


async def _typed(request: Request) -> list[str]:
    """What was typed in a form that comes too late; nothing of one that is large or cannot be read."""
    announced = request.headers.get("content-length", "")
    if not (announced.isascii() and announced.isdigit()) or int(announced[:9] or "0") > _KEPT:
        return []
    rooms: UnderWay = request.app.state.under_way
    text, whole = Share(rooms.text), Share(rooms.arriving)
    try:
        form = await read_form(request, FormLimits(_KEPT, _KEPT, files=20), text, whole)
        try:
            return await run_in_threadpool(typed_texts, form)
        finally:
            await form.close()
    except (HTTPException, ClientDisconnect):
        return []
    finally:
        text.end()
        whole.end()
