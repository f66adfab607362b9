"""Who may open the pages, and what every answer carries."""

import pytest
from sqlalchemy.engine import Engine
from starlette.testclient import TestClient

from config.office import Office
from rules.refusal import Refusal
from web.app import create_app
from web.door.access import is_loopback
from web.forms.body_limit import FormLimits
from web.pages.reading.intake import take_in
from web.serve import serve


def test_this_machine_may_come_in(client: TestClient) -> None:
    for host in ("127.0.0.1", "localhost:8000", "[::1]:8000", "LOCALHOST"):
        assert client.get("/viec", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["testserver", "dondoc.example", "127.0.0.1.dondoc.example", "127.0.0.1@x", ""]
)
def test_another_host_name_is_refused(client: TestClient, host: str) -> None:
    answer = client.get("/viec", headers={"host": host})
    assert answer.status_code == 403
    assert "chính máy đang chạy hệ thống" in answer.text


@pytest.mark.parametrize("address", ["10.0.0.7", "192.168.1.2", "testclient", "::2"])
def test_another_machine_is_refused(registered: Engine, office: Office, address: str) -> None:
    app = create_app(registered, office)
    with TestClient(app, base_url="http://127.0.0.1", client=(address, 5)) as stranger:
        assert stranger.get("/viec").status_code == 403
        assert stranger.get("/static/dondoc.css").status_code == 403


def test_a_proxied_request_is_refused(client: TestClient) -> None:
    assert client.get("/viec", headers={"x-forwarded-for": "127.0.0.1"}).status_code == 403


@pytest.mark.parametrize(
    ("address", "ours"),
    [("127.0.0.1", True), ("127.8.8.8", True), ("::1", True), ("::ffff:127.0.0.1", True),
     ("0.0.0.0", False), ("::ffff:10.0.0.1", False), ("máy", False)],
)  # fmt: skip
def test_loopback_addresses(address: str, ours: bool) -> None:
    assert is_loopback(address) is ours


def test_serving_another_host_is_refused() -> None:
    with pytest.raises(Refusal, match="127.0.0.1"):
        serve(8000, host="0.0.0.0")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"origin": "https://dondoc.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://127.0.0.1:9999"}, 403),
        ({"sec-fetch-site": "same-origin"}, 422),
        ({"sec-fetch-site": "none"}, 422),
        ({"origin": "http://127.0.0.1"}, 422),
        ({}, 422),
    ],
)
def test_a_post_from_elsewhere_is_refused(client: TestClient, headers: dict[str, str], status: int) -> None:
    answer = client.post("/van-ban/moi", data={"noi-dung": ""}, headers=headers)
    assert answer.status_code == status
    assert ("trang khác" in answer.text) is (status == 403)


def test_reading_from_elsewhere_is_allowed(client: TestClient) -> None:
    assert client.get("/viec", headers={"sec-fetch-site": "cross-site"}).status_code == 200


def test_headers(client: TestClient) -> None:
    for path, status in (("/viec", 200), ("/khong-co", 404), ("/static/dondoc.css", 200)):
        answer = client.get(path)
        assert answer.status_code == status
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["x-frame-options"] == "DENY"
    assert client.get("/viec").headers["cache-control"] == "no-store"


def test_pages_have_no_inline_style_or_script(client: TestClient) -> None:
    for path in ("/viec", "/van-ban", "/van-ban/moi", "/trinh", "/thu", "/bao-cao"):
        page = client.get(path).text
        assert "style=" not in page
        assert "<style" not in page
        assert "onclick" not in page
        assert page.count("<script") == page.count('<script src="/static/')


def test_a_large_upload_is_refused_before_it_is_read(client: TestClient) -> None:
    answer = client.post("/van-ban/moi", content=b"x", headers={"content-length": str(51 * 1024 * 1024)})
    assert answer.status_code == 413
    assert "lớn hơn 50 MB" in answer.text


def test_an_upload_without_announced_size_is_counted(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(take_in.__dict__, "form_limits", FormLimits(size=1000, files=1))
    chunks = (b"noi-dung=" + b"x" * 700 for _ in range(3))
    kind = {"content-type": "application/x-www-form-urlencoded"}
    answer = client.post("/van-ban/moi", content=chunks, headers=kind)
    assert answer.status_code == 413
    assert "lớn hơn 50 MB" in answer.text


@pytest.mark.parametrize(
    "path",
    ["/khong-co", "/viec/GN-9999", "/viec/abc", "/viec/gn-0001", "/viec/GN-99999999999999999999",
     "/viec/GN-" + "9" * 5_000,
     "/van-ban/abc", "/van-ban/99", "/van-ban/-1", "/van-ban/0", "/van-ban/99999999999999999999",
     "/trinh/0", "/trinh/x", "/trinh/7", "/viec/", "/docs", "/openapi.json", "/static/../app.py",
     "/static/khong-co.css"],
)  # fmt: skip
def test_what_is_not_there_is_said_in_vietnamese(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "Không tìm thấy trang" in answer.text


def test_a_fault_is_told_plainly(registered: Engine, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr("web.pages.tasks.tasks.task_page", broken)
    app = create_app(registered, office)
    with TestClient(
        app, base_url="http://127.0.0.1", client=("127.0.0.1", 5), raise_server_exceptions=False
    ) as visitor:
        answer = visitor.get("/viec")
    assert answer.status_code == 500
    assert "Hệ thống gặp lỗi" in answer.text
    assert "secret detail" not in answer.text
    assert "content-security-policy" in answer.headers
