"""What every answer of every route carries: to a stranger, to an official, of a file, and of a fault.

Seen red: with ``no-store`` for pages that are found only; with headers that the error page is not given; with
a Referrer-Policy by the route instead of by the address; with a cookie without HttpOnly.
"""

from collections.abc import Iterator

import pytest
from sqlalchemy.engine import Engine
from starlette.testclient import TestClient

from config.office import Office
from tests.web.access_forms import address_of
from tests.web.conftest import _offices as _offices
from tests.web.conftest import _own_witness as _own_witness
from tests.web.conftest import office as office
from tests.web.conftest import registered as registered
from tests.web.sign_in.entered import a_link, browser, officer, sign_in
from web.door.headers import HEADERS
from web.kit.gates import GATES

#: Below the address of a link stands a secret, whatever there is at the address.
SECRETS = ("/lien-ket/x", "/lien-ket/x/y", "/lien-ket/", "/lien%2dket/x", "/lien-ket/%2e%2e", "/lien-ket/x?y")
ODD = (
    "/khong-co",
    "/static/khong-co.css",
    "/tep/1/../2",
    "/viec/",
    "/openapi.json",
    "/%00",
    "/" + "x" * 9_000,
)


@pytest.fixture
def client(registered: Engine, office: Office) -> Iterator[TestClient]:
    officer(registered)
    with browser(registered, office) as found:
        yield found


def check(client: TestClient, method: str, address: str) -> None:
    answer = client.request(method, address)
    told = answer.headers
    secret = address.startswith(("/lien-ket/", "/lien%2dket/"))
    expected = HEADERS | ({"Referrer-Policy": "no-referrer"} if secret else {})
    if not address.startswith("/static/"):
        expected["Cache-Control"] = "no-store"
    assert {name: told.get(name) for name in expected} == expected, (method, address, answer.status_code)
    assert "server" not in told
    assert not any(name.startswith("access-control") for name in told)
    for cookie in told.get_list("set-cookie"):
        assert "; HttpOnly" in cookie
        assert "; SameSite=lax" in cookie
        assert "; Path=/" in cookie
        assert "omain=" not in cookie


@pytest.mark.parametrize("signed_in", [False, True])
def test_every_route(client: TestClient, signed_in: bool) -> None:
    if signed_in:
        sign_in(client)
        kept = dict(client.cookies)
    for row in GATES:
        method, address, _ = address_of(row)
        if signed_in:
            client.cookies.update(kept)
            if address.startswith("/dang-xuat"):
                continue
        check(client, method, address)
    for address in (*SECRETS, *ODD):
        check(client, "GET", address)
        check(client, "HEAD", address)
        check(client, "BREW", address)


def test_a_fault_at_the_address_of_a_link(
    registered: Engine, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is answered outside all middleware."""

    def broken(*_: object) -> None:
        raise RuntimeError("a fault")

    hoa = officer(registered)
    with browser(registered, office) as client:
        token = a_link(registered, hoa.id)
        monkeypatch.setattr("web.pages.sign_in.links.keep", broken)
        client._transport.raise_server_exceptions = False  # type: ignore[attr-defined]
        answer = client.get(f"/lien-ket/{token}")
        assert answer.status_code == 500
        assert token not in answer.text
        check(client, "GET", f"/lien-ket/{token}")
