"""Refusals of access to somebody who has signed in are told to the trail, after the answer is out.

A page that is not there for a seat (``web/kit/gates.py``), a row that is not seen, an act of another seat,
a form without the second factor or from another site, a foreign host name: each answers as ever, and nobody
can tell by the answer that it is written down. A request that is served costs a look at its status. An
address that is no page of ours is a typing error, and so is a row that the secretariat does not find, which
sees every one. Strangers are turned away at the sign-in, which has rows of its own.
"""

import asyncio
from collections.abc import Mapping, Sequence

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import State
from starlette.routing import Match, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from config.act import Doer
from flows.actions.installation.instant import read_clock
from flows.actions.sign_in.sign_ins import sign_in_of
from flows.actions.trail.refused import WINDOW, RefusalBook, RefusedAccess
from models.database.columns import MOST_ID
from models.db import reading
from models.trail.heard import listening
from rules.documents.quoted import code_quoted
from rules.trail.refused import RefusedWhy
from rules.trail.words import TrailNoun
from web.door.accounts import Accounts
from web.forms.fields import number_in
from web.kit.gates import GATES, is_open
from web.visitors.cookies import Jar, sent
from web.visitors.visitor import REFUSED, VISITOR, Visitor
from web.visitors.way_in import WAY_IN, WayIn

_SAFE = frozenset({"GET", "HEAD"})
#: Where people come in: what is refused there has words and rows of its own.
_ENTRANCE = ("/dang-nhap", "/dang-xuat", "/lien-ket")
#: What the number in an address is one of, by its name in the route.
_NOUNS = {
    "code": TrailNoun.TASK,
    "document_id": TrailNoun.DOCUMENT,
    "paper_id": TrailNoun.PAPER,
    "event_id": TrailNoun.EVENT,
    "case_id": TrailNoun.CASE,
    "person_id": TrailNoun.PERSON,
    "absence_id": TrailNoun.ABSENCE,
    "sign_in_id": TrailNoun.SIGN_IN,
    "message_id": TrailNoun.MESSAGE,
    "address_id": TrailNoun.ADDRESS,
    "file_id": TrailNoun.FILE,
}
#: The same of a "typed_id", by the first part of the address.
_TYPED = {"lich-nghi": TrailNoun.RECOUNT, "lich-hop": TrailNoun.MEETING}


class RefusalsTold:
    """ASGI middleware: outside of all that refuses."""

    def __init__(self, app: ASGIApp, routes: Sequence[Route]) -> None:
        self.app, self.routes = app, routes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; a refusal is told when it has been answered."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        status = 0

        async def seen(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        with listening() as heard:
            await self.app(scope, receive, seen)
        if status >= 400 and (why := _why(scope, status, heard.out_of_seat)):
            await run_in_threadpool(_tell, scope, why, self.routes)
            _settle_later(scope["app"].state)


def _why(scope: Scope, status: int, out_of_seat: bool) -> RefusedWhy | None:
    """Why it was refused; None for an error that is no refusal of access, and where nobody signs in."""
    if marked := scope.get(REFUSED):
        return RefusedWhy(marked)
    visitor: Visitor | None = scope.get(VISITOR)
    if visitor is None or not visitor.viewer.person or "route" not in scope:
        return None
    path = scope["route"].path
    if path.startswith(_ENTRANCE):
        return None
    if out_of_seat and scope["method"] not in _SAFE:
        return RefusedWhy.SEAT
    if status != 404:
        return None
    gate = GATES.get(f"{scope['method']} {path}")
    if gate is None or not is_open(visitor.viewer, gate):
        return RefusedWhy.PAGE
    return None if visitor.viewer.is_secretary else RefusedWhy.ROW


def _tell(scope: Scope, why: RefusedWhy, routes: Sequence[Route]) -> None:
    state = scope["app"].state
    now = read_clock(state.engine).now
    doer = _doer(scope)
    if doer is not None:
        book: RefusalBook = state.refusals
        book.tell(RefusedAccess(why, _route(scope, routes), *_on(scope)), doer, now)


def _doer(scope: Scope) -> Doer | None:
    """Who it is: as the door knows, or by the cookie alone where an outer door refused before asking."""
    visitor: Visitor | None = scope.get(VISITOR)
    if visitor is not None:
        return Doer(visitor.viewer.person, address=visitor.address) if visitor.viewer.person else None
    accounts: Accounts = scope["app"].state.accounts
    way_in: WayIn | None = scope.get(WAY_IN)
    if way_in is None or not accounts.exist():
        return None
    engine = scope["app"].state.engine
    with reading(engine) as session:
        standing = sign_in_of(session, sent(scope, Jar.SIGN_IN), read_clock(engine).now)
    return Doer(standing.person_id, address=way_in.address) if standing else None


def _route(scope: Scope, routes: Sequence[Route]) -> str:
    """The method and the route as it is declared, also where a door before the routes refused it."""
    path = scope["route"].path if "route" in scope else _path_of(scope, routes)
    return f"{scope['method']} {path}".strip()


def _path_of(scope: Scope, routes: Sequence[Route]) -> str:
    """The route that would have been met; "" where there is none: what was typed is not kept."""
    fitting = (one.path for one in routes if one.matches(scope)[0] is Match.FULL)
    return next(fitting, "")


def _on(scope: Scope) -> tuple[TrailNoun, int | None]:
    """On what row, if the address says so by a number; no other word of it is kept."""
    asked: Mapping[str, str] = scope.get("path_params", {})
    for name, typed in asked.items():
        noun = _TYPED.get(scope["path"].split("/")[1]) if name == "typed_id" else _NOUNS.get(name)
        number = code_quoted(typed) if name == "code" else number_in(typed)
        if noun is not None and number is not None and 0 < number <= MOST_ID:
            return noun, number
    return TrailNoun.PAGE, None


def _settle_later(state: State) -> None:
    """Once for all that waits: the sums are written when their quarter of an hour is over."""
    if state.settling is None and state.refusals.waits():
        loop = asyncio.get_running_loop()
        state.settling = loop.call_later(WINDOW.total_seconds() + 1, _settle, loop, state)


def _settle(loop: asyncio.AbstractEventLoop, state: State) -> None:
    state.settling = None
    loop.run_in_executor(None, lambda: state.refusals.settle(read_clock(state.engine).now))
