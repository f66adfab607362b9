"""The cookies of the door: which sign-in it is, which device is trusted, and a link that is being used.

Where the way is protected their names begin with ``__Host-``: a browser then takes them from this very host
over https alone (RFC 6265bis, section 4.1.3.2), so no neighbour can plant one.
"""

from enum import Enum

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

from web.visitors.way_in import HERE, WAY_IN, WayIn

_LONGEST = 2_000  # letters; most of ours have 43


class Jar(Enum):
    """What a cookie is for: the end of its name, and how long it stays in seconds (None: this window)."""

    SIGN_IN = "dondoc", None
    DEVICE = "dondoc-thiet-bi", 400 * 86_400  # the server knows until when it counts
    LINK = "dondoc-lien-ket", 900
    PROVINCE = "dondoc-tinh", 900

    def named(self, https: bool) -> str:
        """The whole name."""
        return f"__Host-{self.value[0]}" if https else self.value[0]


def sent(scope: Scope, jar: Jar) -> str:
    """What came back of it, or ""."""
    name = jar.named(_https(scope))
    value = Request(scope).cookies.get(name, "")
    return value if len(value) <= _LONGEST and value.isascii() else ""


def keep(answer: Response, scope: Scope, jar: Jar, token: str) -> None:
    """Hand it out."""
    https = _https(scope)
    answer.set_cookie(
        jar.named(https), token, max_age=jar.value[1], path="/", secure=https, httponly=True, samesite="lax"
    )


def drop(answer: Response, scope: Scope, jar: Jar) -> None:
    """Take it away."""
    https = _https(scope)
    answer.delete_cookie(jar.named(https), path="/", secure=https, httponly=True, samesite="lax")


def _https(scope: Scope) -> bool:
    way_in: WayIn = scope.get(WAY_IN, HERE)
    return way_in.https
