"""From beyond this machine: only where people sign in, and by a way that the settings vouch for."""

import pytest
from sqlalchemy.engine import Engine

from config.office import Office
from config.settings import get_settings
from rules.refusal import Refusal
from tests.web.sign_in.entered import browser, officer
from web.serve import serve

OURS, PROXY = "dondoc.tinh.example", "10.9.9.9"
TOLD = {"x-forwarded-for": "198.51.100.4", "x-forwarded-proto": "https"}


@pytest.fixture
def beyond(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """The pages stand behind a proxy with https, under a name of their own."""
    monkeypatch.setenv("DONDOC_TRUSTED_PROXIES", PROXY)
    monkeypatch.setenv("DONDOC_HOSTS", OURS)
    get_settings.cache_clear()
    return monkeypatch


def test_from_elsewhere_only_with_accounts_and_protected(
    beyond: pytest.MonkeyPatch,
    registered: Engine,
    office: Office,
) -> None:
    with browser(registered, office, PROXY, f"https://{OURS}") as proxied:
        assert proxied.get("/dang-nhap", headers=TOLD).status_code == 403
        officer(registered)
        assert proxied.get("/dang-nhap", headers=TOLD).status_code == 200
    with browser(registered, office, "10.0.0.7", f"http://{OURS}") as plain:
        refused = plain.get("/dang-nhap")
        assert refused.status_code == 403
        assert "https://" in refused.text
        beyond.setenv("DONDOC_PLAIN_LAN", "true")
        get_settings.cache_clear()
        page = plain.get("/dang-nhap")
        assert page.status_code == 200
        assert "không được bảo vệ" in page.text


def test_listening_for_others(
    beyond: pytest.MonkeyPatch,
    registered: Engine,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("web.serve.office_database", lambda: registered)
    monkeypatch.setattr("uvicorn.run", lambda **_: None)
    with pytest.raises(Refusal, match="Chưa có tài khoản"):
        serve(8000, "0.0.0.0")
    officer(registered)
    serve(8000, "0.0.0.0")
    monkeypatch.delenv("DONDOC_TRUSTED_PROXIES")
    get_settings.cache_clear()
    with pytest.raises(Refusal, match="DONDOC_PLAIN_LAN"):
        serve(8000, "0.0.0.0")
