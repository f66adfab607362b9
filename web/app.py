"""The pages: ``uvicorn --factory web.app:create_app``. Starts without Prefect and Apprise."""

from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, nullcontext
from http import HTTPStatus
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request
from sqlalchemy.engine import Engine
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect
from starlette.responses import RedirectResponse, Response
from starlette.staticfiles import StaticFiles

from config.office import Office
from flows.actions.office import office_database, this_office
from flows.actions.reading.apart.warm import this_zygote
from flows.actions.trail.refused import RefusalBook
from flows.terminal.page_server import alone
from rules.people.viewer import Viewer
from rules.refusal import NotFound, Refusal
from web.door.access import FrontDoor
from web.door.accounts import Accounts
from web.door.cross_site import SameSiteOnly
from web.door.headers import SecurityHeaders, headers_of
from web.door.heads import PlainHeads
from web.door.quiet_log import keep_quiet
from web.door.refused import RefusalsTold
from web.door.signed_in import SignedInOnly
from web.forms.body_limit import BodyLimit
from web.forms.under_way import UnderWay
from web.kit.rendering import error_page
from web.kit.unsaved import typed_in
from web.pages.committee import meetings
from web.pages.deadlines import awaited_events, recounts
from web.pages.documents import discarded, drafts, issued, last_look
from web.pages.documents import document_list as documents
from web.pages.escalation import cases, slips
from web.pages.follow_up import digest as report
from web.pages.follow_up import papers
from web.pages.installation import clock
from web.pages.outbox import outbox
from web.pages.people import absences, person_list, person_page
from web.pages.reading import intake
from web.pages.reading.readings import Readings
from web.pages.sign_in import account, account_codes, links, province, second_factor, sign_in
from web.pages.tasks import hand_over, task_life, task_mending, tasks
from web.pages.trail import trail
from web.visitors.visitor import NOBODY, VISITOR, Visitor

STATIC = Path(__file__).parent / "static"
#: The first whose route fits an address has it.
PAGES = (
    tasks, task_life, task_mending, hand_over, documents, awaited_events, intake, drafts, last_look,
    issued, discarded, cases, slips, outbox, papers, report, meetings, recounts, clock, trail, person_list,
    person_page, absences, sign_in, second_factor, links, account, account_codes, province,
)  # fmt: skip
_ROUTES: list[Any] = [route for page in PAGES for route in page.router.routes]
#: With words of our own for people; what a framework says in English is not shown.
_TELLING = frozenset({400, 401, 404, 413, 415, 422, 429})


def _opens(app: FastAPI, office: Office | None) -> None:
    """What the requests of one process share."""
    app.state.accounts = Accounts(app.state.engine)
    app.state.refusals, app.state.settling = RefusalBook(app.state.engine), None
    app.state.office = (lambda: office) if office else this_office
    app.state.office()  # what is wrong with policy or calendar is said now
    app.state.readings = Readings()
    app.state.under_way = UnderWay()


def _shuts(app: FastAPI) -> None:
    app.state.readings.close()
    app.state.refusals.close()


def create_app(engine: Engine | None = None, office: Office | None = None) -> FastAPI:
    """The application; without arguments it opens this installation's database when it starts."""

    @asynccontextmanager
    async def opened(app: FastAPI) -> AsyncIterator[None]:
        app.state.engine = engine or office_database()
        with alone(app.state.engine) if engine is None else nullcontext():
            _opens(app, office)
            if engine is None:
                keep_quiet()
                this_zygote().start()  # the first document need not wait for it
            yield
            _shuts(app)
        if engine is None:
            this_zygote().close()
            app.state.engine.dispose()

    app = FastAPI(
        title="Đôn Đốc",
        lifespan=opened,
        openapi_url=None,
        redirect_slashes=False,
        middleware=[
            *(Middleware(one) for one in (SecurityHeaders, PlainHeads)),
            Middleware(RefusalsTold, routes=_ROUTES),
            *(Middleware(one) for one in (FrontDoor, SameSiteOnly)),
            Middleware(BodyLimit, routes=_ROUTES),
            Middleware(SignedInOnly),
        ],
        exception_handlers=_ON_ERROR,
    )
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.add_api_route("/", _home, methods=["GET"])
    for page in PAGES:
        app.include_router(page.router)
    return app


def _home() -> RedirectResponse:
    return RedirectResponse("/viec", status_code=307)


def _viewer(request: Request) -> Viewer:
    """Whose pages the head of an error leads to."""
    visitor: Visitor = request.scope.get(VISITOR, NOBODY)
    return visitor.viewer


async def _told(request: Request, error: Exception) -> Response:
    """An error that a page raised on purpose: its words are ours, or there are none."""
    assert isinstance(error, HTTPException)
    ours = error.status_code in _TELLING and error.detail != HTTPStatus(error.status_code).phrase
    words = error.detail if ours else ""
    return error_page(error.status_code, words, typed_in(request), _viewer(request))


async def _gone(_request: Request, _error: Exception) -> Response:
    """The client left before all of its form had come: nobody reads this, and it is no fault."""
    return Response(status_code=400)


async def _refused(request: Request, error: Exception) -> Response:
    """A refusal that no page shows in place: its words are meant for people."""
    status = 404 if isinstance(error, NotFound) else 409
    return error_page(status, str(error), typed_in(request), _viewer(request))


async def _broken(request: Request, _error: Exception) -> Response:
    """An error that nobody meant. Starlette answers it outside all middleware, so it is dressed here."""
    words = "Lỗi đã được ghi vào nhật ký của máy chủ. Chưa có gì bị mất; hãy thử lại."
    response = error_page(500, words, typed_in(request), _viewer(request))
    response.headers.update(headers_of(request.url.path))
    return response


_ON_ERROR: dict[int | type[Exception], Callable[[Request, Any], Coroutine[Any, Any, Response]]] = {
    HTTPException: _told,
    Refusal: _refused,
    ClientDisconnect: _gone,
    Exception: _broken,
}
