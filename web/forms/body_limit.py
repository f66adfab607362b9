"""How large a form may be: refused by its announced size, or as soon as it grows beyond.

A form has a megabyte, unless ``takes`` beside its route says otherwise.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy.engine import Engine
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from flows.formats.limits import MAX_PLAIN_TEXT_BYTES
from web.kit.rendering import error_page

MEGABYTE = 1024 * 1024
#: What the files of one form add up to.
LIMIT_MEGABYTES = 50
LIMIT = LIMIT_MEGABYTES * MEGABYTE

_FILE_TOO_LARGE = (
    f"Tệp lớn hơn {LIMIT_MEGABYTES} MB nên không được nhận; chưa có gì được lưu. "
    "Hãy bỏ bớt hình ảnh trong tệp, hoặc dán phần chữ của văn bản."
)
_FORM_TOO_LARGE = (
    "Nội dung gửi lên lớn hơn mức mà trang này nhận; chưa có gì được lưu. "
    "Hãy quay lại trang trước và rút ngắn nội dung."
)
_NO_LENGTH = "Yêu cầu ghi sai độ dài của nội dung nên không được đọc; chưa có gì được lưu."


@dataclass(frozen=True, slots=True)
class FormLimits:
    """Bytes of a whole form and of its text alone, and the numbers of its files and fields.

    ``room``: bytes of the form from the database and the parameters of the address, where that is more.
    """

    size: int = MEGABYTE
    text: int = MEGABYTE
    files: int = 0
    fields: int = 20_000  # a draft of three hundred directives has some ten fields each
    room: Callable[[Engine, dict[str, str]], int] | None = None

    @property
    def too_large(self) -> str:
        """The sentence for a form that is larger."""
        return _FILE_TOO_LARGE if self.files else _FORM_TOO_LARGE

    def of(self, size: int) -> "FormLimits":
        """The same for ``size`` bytes, all of which may be text."""
        return FormLimits(size, size, self.files, self.fields)


FORM = FormLimits()
#: Evidence: ten files at most, which the action says in its own words.
EVIDENCE = FormLimits(size=LIMIT, files=20)
#: A document: a file, or its text pasted.
DOCUMENT = FormLimits(size=LIMIT, text=MAX_PLAIN_TEXT_BYTES + MEGABYTE, files=20)

F = TypeVar("F", bound=Callable[..., Any])


def takes(limits: FormLimits) -> Callable[[F], F]:
    """Stands below a route: its form may be as large as ``limits`` say."""

    def noted(endpoint: F) -> F:
        endpoint.__dict__["form_limits"] = limits
        return endpoint

    return noted


def limits_of(route: BaseRoute | None) -> FormLimits:
    """What the endpoint of ``route`` takes; no route, no more than any form."""
    found: FormLimits = getattr(getattr(route, "endpoint", None), "form_limits", FORM)
    return found


class BodyLimit:
    """ASGI middleware: 413 before a large body is read. ``routes`` are those of the application."""

    def __init__(self, app: ASGIApp, routes: Iterable[BaseRoute] = ()) -> None:
        self.app, self.routes = app, tuple(routes)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with its body counted, or refuse it; ``form_limits`` go with its scope."""
        if scope["type"] != "http" or not _brings_a_body(scope):
            await self.app(scope, receive, send)
            return
        announced = Headers(scope=scope).get("content-length", "0")
        if not (announced.isascii() and announced.isdigit()):
            await error_page(400, _NO_LENGTH)(scope, receive, send)
            return
        limits = await self._limits(scope)
        if len(announced) > 15 or int(announced) > limits.size:
            await error_page(413, limits.too_large)(scope, receive, send)
            return
        scope["form_limits"] = limits
        await self.app(scope, _counted(receive, limits), send)

    async def _limits(self, scope: Scope) -> FormLimits:
        matches = ((route, *route.matches(scope)) for route in self.routes)
        route, child = next(((r, c) for r, match, c in matches if match is Match.FULL), (None, {}))
        limits = limits_of(route)
        if limits.room is None:
            return limits
        room = await run_in_threadpool(limits.room, scope["app"].state.engine, child.get("path_params", {}))
        return limits.of(max(limits.size, room))


def _brings_a_body(scope: Scope) -> bool:
    names = {name for name, _ in scope["headers"]}
    return scope["method"] not in ("GET", "HEAD") or bool(names & {b"content-length", b"transfer-encoding"})


def _counted(receive: Receive, limits: FormLimits) -> Receive:
    received = 0

    async def counted() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if received > limits.size:
            raise HTTPException(413, limits.too_large)
        return message

    return counted
