"""How large an upload may be: refused by its announced size, or as soon as it grows beyond."""

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.rendering import error_page

LIMIT_MEGABYTES = 50
LIMIT = LIMIT_MEGABYTES * 1024 * 1024
TOO_LARGE = (
    f"Tệp lớn hơn {LIMIT_MEGABYTES} MB nên không được nhận; chưa có gì được lưu. "
    "Hãy bỏ bớt hình ảnh trong tệp, hoặc dán phần chữ của văn bản."
)


class BodyLimit:
    """ASGI middleware: 413 before a large body is read."""

    def __init__(self, app: ASGIApp, limit: int = LIMIT) -> None:
        self.app, self.limit = app, limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with its body counted, or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        announced = Headers(scope=scope).get("content-length", "0")
        if not announced.isdigit() or int(announced) > self.limit:
            await error_page(413, TOO_LARGE)(scope, receive, send)
            return
        await self.app(scope, self._counted(receive), send)

    def _counted(self, receive: Receive) -> Receive:
        received = 0

        async def counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > self.limit:
                raise HTTPException(413, TOO_LARGE)
            return message

        return counted
