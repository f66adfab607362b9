"""Signing in by the province's own server: the browser is sent there, and comes back with an answer.

It is sent by a link: the content policy lets no form lead to another host.
"""

from urllib.parse import quote, unquote

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from config.settings import get_settings
from flows.actions.installation.instant import shown_now
from flows.actions.sign_in.oidc import OidcAnswer, begin_oidc, finish_oidc, is_offered
from rules.refusal import Refusal
from rules.sign_in.words import SignInWay
from rules.text.incoming import cleaned
from web.kit.desk import AtDesk, see
from web.kit.local_path import local_path
from web.pages.sign_in.entering import come_in, goal_of, seen_of
from web.pages.sign_in.sign_in import show_form
from web.visitors.cookies import Jar, drop, keep, sent

router = APIRouter()
#: As it is registered there, behind the address of the pages (``docs/settings.md``).
_BACK = "/dang-nhap/tinh"
_BETWEEN = "~"


@router.get(f"{_BACK}/bat-dau")
def go_there(request: Request, desk: AtDesk) -> Response:
    """Send the browser there; a cookie keeps by what it is known again, and where it wanted to go."""
    if not is_offered():
        raise HTTPException(404)
    goal = goal_of(request)
    try:
        start = begin_oidc(_redirect_uri(), shown_now())
    except Refusal as error:
        return show_form(desk, goal, problem=f"{error}", status=503)
    answer = see(start.url)
    keep(answer, request.scope, Jar.PROVINCE, f"{start.kept}{_BETWEEN}{quote(goal, safe='')}")
    return answer


@router.get(_BACK)
def come_back(request: Request, desk: AtDesk) -> Response:
    """The browser is back: whoever it is must be a person here."""
    if not is_offered():
        raise HTTPException(404)
    kept, _, wanted = sent(request.scope, Jar.PROVINCE).partition(_BETWEEN)
    asked, goal = request.query_params, local_path(unquote(wanted))
    told = OidcAnswer(cleaned(asked.get("state", "")), cleaned(asked.get("code", "")), _redirect_uri())
    try:
        # What the server signs bears the time of the wall clock, whatever time the database lives in.
        person = finish_oidc(desk.engine, kept, told, seen_of(request, desk), shown_now())
        answer = come_in(request, desk, person, SignInWay.OIDC, goal)
    except Refusal as error:
        answer = show_form(desk, goal, problem=f"{error}", status=422)
    drop(answer, request.scope, Jar.PROVINCE)
    return answer


def _redirect_uri() -> str:
    return get_settings().base_url.rstrip("/") + _BACK
