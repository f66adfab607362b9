"""What every answer tells the browser: only our own styles and scripts, no frames, no guessing."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self' data:",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
#: Below it an address holds a secret, which no other page is told.
SECRET_ADDRESSES = "/lien-ket/"


def headers_of(path: str) -> dict[str, str]:
    """What the answer to a request for ``path`` carries; pages, unlike static files, are never kept."""
    found = dict(HEADERS)
    if not path.startswith("/static/"):
        found["Cache-Control"] = "no-store"
    if path.startswith(SECRET_ADDRESSES):
        found["Referrer-Policy"] = "no-referrer"
    return found


class SecurityHeaders:
    """ASGI middleware: adds ``headers_of`` the address that was asked for."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and dress its answer."""

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(headers_of(scope["path"]))
            await send(message)

        await self.app(scope, receive, dressed)
