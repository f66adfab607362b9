"""Until people sign in, the pages answer this machine only.

Two doors are shut: clients that are not on loopback, and Host names that are not ours (a page of
another site whose name was re-pointed at 127.0.0.1 would otherwise read everything). A request that
came through a proxy is refused as well: behind one, the whole world looks like this machine.
"""

import ipaddress
import re

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from web.kit.rendering import error_page

_OUR_HOST = re.compile(r"(127\.0\.0\.1|localhost|\[::1\])(:[0-9]{1,5})?", re.IGNORECASE)
_LAST_PORT = 65_535
_PROXY_HEADERS = ("forwarded", "x-forwarded-for", "x-real-ip")


class LoopbackOnly:
    """ASGI middleware: 403 for everybody who is not on this machine."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] == "lifespan" or _is_ours(scope):
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close"})  # before it is accepted: the server answers 403
        else:
            await error_page(403, _REFUSED)(scope, receive, send)


_REFUSED = (
    "Trang chỉ mở được trên chính máy đang chạy hệ thống (địa chỉ 127.0.0.1), vì chưa có chức năng đăng nhập."
)


def _is_ours(scope: Scope) -> bool:
    headers = Headers(scope=scope)
    client = scope.get("client")
    return (
        scope["type"] == "http"
        and client is not None
        and is_loopback(client[0])
        and _names_us(headers.getlist("host"))
        and not any(name in headers for name in _PROXY_HEADERS)
    )


def _names_us(hosts: list[str]) -> bool:
    match = _OUR_HOST.fullmatch(hosts[0]) if len(hosts) == 1 else None
    return match is not None and int((match[2] or ":0")[1:]) <= _LAST_PORT


def is_loopback(address: str) -> bool:
    """Whether an IP address is this machine's own."""
    try:
        found = ipaddress.ip_address(address.strip("[]"))
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None)
    return (mapped or found).is_loopback
