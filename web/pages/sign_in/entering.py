"""What the pages of signing in share: where somebody came from, the cookie of a new sign-in, where to go."""

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from flows.actions.sign_in.seen import CameFrom
from flows.actions.sign_in.sign_ins import end_one, open_sign_in
from rules.refusal import NotFound
from rules.sign_in.words import SignInWay
from rules.text.incoming import cleaned
from web.forms.body_limit import FormLimits
from web.forms.fields import text_of
from web.kit.desk import Desk, see
from web.kit.local_path import START, local_path
from web.visitors.cookies import Jar, keep

#: Forms of signing in: strangers send them, and none needs more.
SMALL = FormLimits(size=32 * 1024, text=32 * 1024, fields=50)
_LONGEST_AGENT = 200


def goal_of(request: Request, form: FormData | None = None) -> str:
    """The page of ours that the person wanted, as the address or the form says."""
    asked = text_of(form, "ve") if form is not None else request.query_params.get("ve", "")
    return local_path(asked, START)


def secret_of(form: FormData, name: str) -> str:
    """A password as it was typed: trimming is not ours to do."""
    value = form.get(name)
    return value if isinstance(value, str) else ""


def seen_of(request: Request, desk: Desk) -> CameFrom:
    """Where the person came from, and with which browser."""
    agent = cleaned(request.headers.get("user-agent", ""))[:_LONGEST_AGENT]
    return CameFrom(desk.way_in.address, agent)


def come_in(request: Request, desk: Desk, person_id: int, way: SignInWay, goal: str) -> Response:
    """Open a sign-in with an id of its own, whatever the browser sent, and go on. Raises Refusal."""
    token = open_sign_in(desk.engine, person_id, way, seen_of(request, desk), desk.now)
    return go_on(request, desk, token, goal)


def go_on(request: Request, desk: Desk, token: str, goal: str) -> Response:
    """This browser has the sign-in of ``token`` now, and no other."""
    leave(desk)
    answer = see(goal)
    keep(answer, request.scope, Jar.SIGN_IN, token)
    return answer


def leave(desk: Desk) -> None:
    """End the sign-in of this browser, if there is one."""
    if desk.visitor.sign_in is None:
        return
    try:
        end_one(desk.engine, desk.visitor.person, desk.visitor.sign_in, desk.now)
    except NotFound:  # it has ended meanwhile
        return
