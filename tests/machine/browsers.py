"""The pages in the browsers of persons who have really signed in: each request passes the whole door."""

from contextlib import suppress
from typing import Any

from httpx2 import Response
from sqlalchemy.engine import Engine
from starlette.testclient import TestClient

from config.office import Office
from flows.actions.installation.instant import present
from flows.actions.sign_in.seen import CameFrom
from flows.actions.sign_in.sign_ins import open_sign_in
from rules.refusal import NotAllowed
from rules.sign_in.words import SignInWay
from web.app import create_app

_COOKIE = "dondoc"


class Browsers:
    """A browser a person, which keeps the cookie of its last sign-in; to be entered."""

    def __init__(self, engine: Engine, office: Office) -> None:
        self._engine = engine
        self._tokens: dict[int, str] = {}
        place: dict[str, Any] = {"base_url": "http://127.0.0.1", "client": ("127.0.0.1", 50000)}
        self._client = TestClient(create_app(engine, office), follow_redirects=False, **place)

    def __enter__(self) -> "Browsers":
        self._client.__enter__()
        return self

    def __exit__(self, *error: Any) -> None:
        self._client.__exit__(*error)

    def sits_down(self, person: int) -> None:
        """The person signs in anew, second factor and all; whoever may not keeps a cookie of before."""
        with suppress(NotAllowed):
            now = present(self._engine)
            found = open_sign_in(self._engine, person, SignInWay.LINK, CameFrom("10.0.0.7"), now, second=True)
            self._tokens[person] = found

    def get(self, person: int, address: str) -> Response:
        return self._sent(person, "GET", address)

    def post(self, person: int, address: str, **form: Any) -> Response:
        return self._sent(person, "POST", address, **form)

    def _sent(self, person: int, method: str, address: str, **form: Any) -> Response:
        self._client.cookies.clear()
        headers = {"cookie": f"{_COOKIE}={self._tokens.get(person, '')}"}
        answer = self._client.request(method, address, headers=headers, **form)
        if renewed := answer.cookies.get(_COOKIE):
            self._tokens[person] = renewed
        return answer
