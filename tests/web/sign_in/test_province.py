"""Signing in by the province's server through the pages: a real provider on loopback."""

from collections.abc import Iterator
from urllib.parse import quote

import httpx2
import pytest
from oidc_provider_mock import run_server_in_thread
from sqlalchemy.engine import Engine

from config.office import Office
from config.settings import get_settings
from flows.actions.sign_in import provider
from tests.web.sign_in.entered import EMAIL, browser, officer

#: The provider itself is written for an older Authlib.
pytestmark = pytest.mark.filterwarnings("ignore:get_jwt_config")


@pytest.fixture
def issuer(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with run_server_in_thread(require_nonce=True) as server:
        found = f"http://localhost:{server.server_port}"
        monkeypatch.setenv("DONDOC_OIDC_ISSUER", found)
        monkeypatch.setenv("DONDOC_OIDC_CLIENT_ID", "don-doc")
        monkeypatch.setenv("DONDOC_OIDC_CLIENT_SECRET", "a-secret-of-ours")
        monkeypatch.setenv("DONDOC_BASE_URL", "http://127.0.0.1")
        get_settings.cache_clear()
        provider._asked.cache_clear()
        yield found
        provider._asked.cache_clear()


def test_there_and_back(registered: Engine, office: Office, issuer: str) -> None:
    officer(registered)
    with browser(registered, office) as client:
        form = client.get("/dang-nhap?ve=/van-ban").text
        assert 'href="/dang-nhap/tinh/bat-dau?ve=%2Fvan-ban"' in form
        for email, verified in ((EMAIL, False), ("khac@x.example", True), (EMAIL, True)):
            told = {"email": email, "email_verified": verified}
            httpx2.put(f"{issuer}/users/hoa", json=told).raise_for_status()
            sent = client.get("/dang-nhap/tinh/bat-dau?ve=%2Fvan-ban").headers["location"]
            back = httpx2.post(sent, data={"sub": "hoa"}).headers["location"]
            came = client.get(back)
            assert client.get(back).status_code == 422  # the cookie of that one is gone
            if email == EMAIL and verified:
                assert came.headers["location"] == "/van-ban"
                assert client.get("/van-ban").status_code == 200
            else:
                assert came.status_code == 422
                assert "chưa gắn với người sử dụng nào" in came.text
                assert client.get("/van-ban").status_code == 303


def test_without_such_a_server_it_is_not_there(registered: Engine, office: Office) -> None:
    officer(registered)
    with browser(registered, office) as client:
        assert "tài khoản của tỉnh" not in client.get("/dang-nhap").text
        assert client.get("/dang-nhap/tinh").status_code == 404
        assert client.get("/dang-nhap/tinh/bat-dau").status_code == 404


def test_where_to_go_on_to_is_no_word_of_the_cookie(registered: Engine, office: Office, issuer: str) -> None:
    """A neighbour on a plain network can plant one. Break: go on to what stands in it."""
    officer(registered)
    with browser(registered, office) as client:
        told = {"email": EMAIL, "email_verified": True}
        httpx2.put(f"{issuer}/users/hoa", json=told).raise_for_status()
        sent = client.get("/dang-nhap/tinh/bat-dau").headers["location"]
        kept = client.cookies["dondoc-tinh"].partition("~")[0]
        client.cookies.clear()
        client.cookies.set("dondoc-tinh", f"{kept}~{quote('//evil.example', safe='')}")
        came = client.get(httpx2.post(sent, data={"sub": "hoa"}).headers["location"])
        assert came.headers["location"] == "/viec"
