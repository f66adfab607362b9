"""Prefect's server as this office starts it: behind a password, for its own names and pages only.

``python -m flows server`` is ``prefect server start`` that refuses to be open and looks at the Host header,
for which Prefect has no setting: a page of a stranger's name that is led to this machine meets 400
(docs/decisions/0013).
"""

import re
from collections.abc import Sequence

import uvicorn
from prefect.server.api.server import create_app
from prefect.settings import get_current_settings
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from config.setting_checks import host
from rules.refusal import Refusal

LEAST_LETTERS = 16  # of a password: 64 bits, if it was drawn in hexadecimal digits
_HERE = ("127.0.0.1", "localhost", "[::1]")  # as a Host header writes them
_EVERYWHERE = ("0.0.0.0", "::", "")
_AUTH = re.compile(rf"\A[\x21-\x39\x3b-\x7e]+:[\x21-\x7e]{{{LEAST_LETTERS},}}")

NO_PASSWORD = (
    "Chưa đặt PREFECT_SERVER_API_AUTH_STRING: máy chủ Prefect không chạy khi chưa có mật khẩu. Hãy đặt một "
    "giá trị dạng «tên:mật khẩu», và cùng giá trị đó ở PREFECT_API_AUTH_STRING cho các lượt quét "
    "(xem docs/runbook.md)."
)
WEAK_PASSWORD = (
    "PREFECT_SERVER_API_AUTH_STRING: phải có dạng «tên:mật khẩu», mật khẩu từ {least} ký tự trở lên, "
    "chỉ gồm chữ không dấu, chữ số và dấu câu, không có khoảng trắng."
)
ANY_ORIGIN = (
    "PREFECT_SERVER_CORS_ALLOWED_ORIGINS: không được có «*», vì như vậy trang web nào cũng được gọi máy chủ "
    "này. Hãy bỏ biến này, hoặc ghi địa chỉ của chính máy chủ, ví dụ http://127.0.0.1:4200."
)
NO_CSRF = "PREFECT_SERVER_CSRF_PROTECTION_ENABLED: phải là true."
NO_NAME = (
    "PREFECT_SERVER_API_HOST: địa chỉ này nhận kết nối từ mọi mạng. Hãy ghi một địa chỉ cụ thể của máy, hoặc "
    "thêm --name cho mỗi tên mà các máy khác dùng để gọi máy chủ này."
)


def run_server(names: Sequence[str], port: int | None = None) -> int:
    """Serve until a signal comes. ``names``: what it may be called beside its own address and this machine's.

    ``port`` None is Prefect's setting (4200), as the address to listen at and all else are. Raises
    Refusal for settings that would leave it open.
    """
    look_at_server_settings()
    settings = get_current_settings().server
    hosts = allowed_hosts(settings.api.host, names)
    uvicorn.run(
        OwnNames(create_app(final=True), hosts),
        host=settings.api.host,
        port=port or settings.api.port,
        timeout_keep_alive=settings.api.keepalive_timeout,
        ws_ping_interval=settings.api.websocket_ping_interval,
        ws_ping_timeout=settings.api.websocket_ping_timeout,
        log_level=settings.logging_level.lower(),
    )
    return 0


class OwnNames:
    """Answers what comes under one of these Host headers; 400 to the rest, and a socket of theirs is closed.

    It stands around Prefect's application and not in it: that one calls itself, under a name of its own.
    """

    def __init__(self, app: ASGIApp, hosts: Sequence[str]) -> None:
        self._app = TrustedHostMiddleware(app, allowed_hosts=hosts, www_redirect=False)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def without_a_body(message: Message) -> None:
            # A refused handshake that is answered with a page is an ERROR line of uvicorn's.
            if message["type"] == "websocket.http.response.start":
                await send({"type": "websocket.close", "code": 1008})
            elif message["type"] != "websocket.http.response.body":
                await send(message)

        await self._app(scope, receive, without_a_body if scope["type"] == "websocket" else send)


def look_at_server_settings() -> None:
    """Raises Refusal: the server would let in whoever asks, or whoever guesses."""
    api = get_current_settings().server.api
    auth = api.auth_string.get_secret_value() if api.auth_string else ""
    if not auth.strip():
        raise Refusal(NO_PASSWORD)
    if not _AUTH.fullmatch(auth):
        raise Refusal(WEAK_PASSWORD.format(least=LEAST_LETTERS))
    if "*" in api.cors_allowed_origins:
        raise Refusal(ANY_ORIGIN)
    if not api.csrf_protection_enabled:
        raise Refusal(NO_CSRF)


def allowed_hosts(bound: str, names: Sequence[str]) -> list[str]:
    """The Host headers that are answered, without their ports. Raises Refusal."""
    try:
        known = [_in_a_header(host(name)) for name in names]
    except ValueError as error:
        raise Refusal(f"--name: {error}.") from None
    if bound in _EVERYWHERE:
        if not known:
            raise Refusal(NO_NAME)
        return [*_HERE, *known]
    return [*_HERE, _in_a_header(bound), *known]


def _in_a_header(name: str) -> str:
    return f"[{name}]" if ":" in name else name
