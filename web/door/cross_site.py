"""Refuse a POST that another site sends through the reader's browser.

``Sec-Fetch-Site`` is set by every present browser and cannot be forged by a page; without it the
Origin must be ours. A request with neither comes from a program, not from a page.
"""

import re

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from rules.trail.refused import RefusedWhy
from web.kit.rendering import error_page
from web.visitors.visitor import REFUSED

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_ORIGIN = re.compile(r"https?://([^\s/?#@\\]+)", re.IGNORECASE)


class SameSiteOnly:
    """ASGI middleware: 403 for a change that was asked for from elsewhere."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] != "http" or scope["method"] in _SAFE or _same_site(Headers(scope=scope)):
            await self.app(scope, receive, send)
        else:
            scope[REFUSED] = RefusedWhy.OTHER_SITE
            message = "Yêu cầu đến từ một trang khác nên không được thực hiện. Chưa có gì thay đổi."
            await error_page(403, message)(scope, receive, send)


def _same_site(headers: Headers) -> bool:
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = headers.get("origin")
    return origin is None or _host_of(origin) == headers.get("host", "").lower()


def _host_of(origin: str) -> str | None:
    """Host and port of an Origin (RFC 6454, section 7); None for everything that is none."""
    match = _ORIGIN.fullmatch(origin)
    return match[1].lower() if match else None
