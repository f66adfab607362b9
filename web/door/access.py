"""Who may knock at all: this machine always, others once there are accounts and the way is protected.

Without accounts the pages answer this machine only. Afterwards a request from elsewhere comes by https
through a proxy that the settings name, or over a plain network that the office vouches for
(``DONDOC_PLAIN_LAN``). A Host name that is not ours is refused always: a page of another site whose name was
re-pointed at this machine would otherwise read everything.
"""

import re

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from config.settings import get_settings
from rules.trail.refused import RefusedWhy
from web.door.accounts import Accounts
from web.kit.rendering import error_page
from web.visitors.visitor import REFUSED
from web.visitors.way_in import WAY_IN, WayIn, plain_ip, way_in_of

_LOOPBACK_NAMES = frozenset({"127.0.0.1", "localhost", "[::1]"})
_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::([0-9]{1,5}))?", re.IGNORECASE)
_LAST_PORT = 65_535

_ONLY_HERE = (
    "Trang chỉ mở được trên chính máy đang chạy hệ thống (địa chỉ 127.0.0.1), vì chưa có tài khoản nào. "
    'Tài khoản đầu tiên được lập trên máy đó bằng lệnh «dondoc person add "Họ và tên" --admin».'
)
_NOT_OUR_NAME = (
    "Tên máy chủ trong địa chỉ không phải của hệ thống này. Ngoài chính máy đang chạy hệ thống, trang chỉ mở "
    "được bằng tên mà quản trị hệ thống đã khai (DONDOC_HOSTS)."
)
_NOT_BELIEVED = (
    "Yêu cầu đi qua một máy trung gian (proxy) chưa được khai nên không được nhận. Quản trị hệ thống khai "
    "địa chỉ của máy đó trong DONDOC_TRUSTED_PROXIES."
)
_NOT_PROTECTED = (
    "Kết nối không được bảo vệ nên trang không mở: hãy dùng địa chỉ bắt đầu bằng https://. Trong mạng nội bộ "
    "không có https, quản trị hệ thống phải cho phép riêng (DONDOC_PLAIN_LAN)."
)


class FrontDoor:
    """ASGI middleware: 403 for whoever may not knock; the others go on with their ``WayIn``."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
        elif scope["type"] != "http":
            await send({"type": "websocket.close"})  # before it is accepted: the server answers 403
        elif refused := await _refused(scope):
            scope[REFUSED] = RefusedWhy.LINE
            await error_page(403, refused)(scope, receive, send)
        else:
            await self.app(scope, receive, send)


async def _refused(scope: Scope) -> str:
    """Why not, or "": then the scope says where the request comes from."""
    way_in = way_in_of(scope, get_settings().trusted_proxies)
    wrong = _why_not(way_in, Headers(scope=scope).getlist("host"))
    if wrong or (way_in and way_in.beyond):
        accounts: Accounts = scope["app"].state.accounts
        if not await run_in_threadpool(accounts.exist):
            return _ONLY_HERE
    scope[WAY_IN] = way_in
    return wrong


def _why_not(way_in: WayIn | None, hosts: list[str]) -> str:
    if way_in is None:
        return _NOT_BELIEVED
    if not _names_us(hosts):
        return _NOT_OUR_NAME
    if way_in.bare and not get_settings().plain_lan:
        return _NOT_PROTECTED
    return ""


def _names_us(hosts: list[str]) -> bool:
    match = _HOST.fullmatch(hosts[0]) if len(hosts) == 1 else None
    if match is None or int(match[2] or "0") > _LAST_PORT:
        return False
    name = match[1].lower()
    return name in _LOOPBACK_NAMES or name in get_settings().hosts


def is_loopback(address: str) -> bool:
    """Whether an IP address is this machine's own."""
    found = plain_ip(address.strip())
    return found is not None and found.is_loopback
