"""Heads of requests that no browser sends: refused before anything of theirs is believed.

A server behind a proxy that reads such a head otherwise than the proxy serves a second, hidden request
(RFC 9112, section 11.2), so what may be read in two ways is refused although the standard allows to mend it.
"""

from collections.abc import Iterable

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Receive, Scope, Send

from web.kit.rendering import error_page

#: Browsers send some 25 fields and 2 kB; uvicorn stops at 64 kB of a head that is not complete yet.
MOST_FIELDS = 100
MOST_BYTES = 32 * 1024
#: What must not be said twice: each reader would believe another one.
_ONCE = (b"host", b"origin", b"content-length", b"content-type", b"transfer-encoding", b"sec-fetch-site")

_TOO_MUCH = "Phần đầu của yêu cầu quá dài nên không được đọc. Hãy xóa cookie của trang này rồi thử lại."
_TWO_WAYS = "Phần đầu của yêu cầu có chỗ mâu thuẫn nên không được thực hiện. Chưa có gì thay đổi."
_OTHER_PROTOCOL = "Máy chủ chỉ phục vụ trang qua HTTP/1.1, không nhận kết nối loại khác."


class PlainHeads:
    """ASGI middleware: 400 or 431 for a head that is too large, ambiguous, or asks for another protocol."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it and end the line."""
        wrong = refusal(scope) if scope["type"] == "http" else None
        if wrong is None:
            await self.app(scope, receive, send)
            return
        answer = error_page(*wrong)
        MutableHeaders(raw=answer.raw_headers)["connection"] = "close"
        await answer(scope, receive, send)


def refusal(scope: Scope) -> tuple[int, str] | None:
    """Status and sentence for a head that is refused, or None."""
    fields: list[tuple[bytes, bytes]] = scope["headers"]
    size = len(scope.get("raw_path") or b"") + len(scope["query_string"])
    if len(fields) > MOST_FIELDS or size + sum(len(n) + len(v) for n, v in fields) > MOST_BYTES:
        return 431, _TOO_MUCH
    if _asks_for_another(scope["http_version"], fields):
        return 400, _OTHER_PROTOCOL
    names = [name for name, _ in fields if name in _ONCE]
    doubled = len(names) != len(set(names))
    if doubled or (b"content-length" in names and b"transfer-encoding" in names):
        return 400, _TWO_WAYS
    return None


def _asks_for_another(version: str, fields: Iterable[tuple[bytes, bytes]]) -> bool:
    """HTTP/2 not agreed upon, or a WebSocket; any other upgrade may be ignored (RFC 9110, section 7.8)."""
    wanted = (value.lower() for name, value in fields if name == b"upgrade")
    return version not in ("1.0", "1.1") or any(b"websocket" in value for value in wanted)
