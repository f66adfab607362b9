"""What somebody tries who has no account, or not that one: one test for each attack on the sign-in.

How long an answer takes for an unknown and a known account is measured by ``make bench``.

Seen red: with ``come_in`` that keeps the id which the browser sent; with ``_same_site`` that is always true;
with ``local_path`` that gives back what it gets; with ``may_try`` that is always true; with a word of its own
for one address; with ``sign_in_of`` that does not ask for the person; with ``end_one`` that does nothing;
without ``headers_of``; with the first hop instead of the last stranger; with ``_names_us`` that is always
true; with a link that is not used up, not looked at, or of another person; without a limit of forms; without
``SECRET``. Headers are not ours to break: the server and its answers refuse what is no line.
"""

import unicodedata
from collections.abc import Iterator

import pytest
from sqlalchemy.engine import Engine
from starlette.testclient import TestClient

from config.office import Office
from config.settings import get_settings
from flows.actions.sign_in import tries
from models.tables.sign_in import SignedIn
from tests.flows.sign_in.people import deactivated, link, person, rows_of
from tests.web.conftest import _offices as _offices
from tests.web.conftest import _own_witness as _own_witness
from tests.web.conftest import office as office
from tests.web.conftest import registered as registered
from tests.web.sign_in.entered import EMAIL, PASSWORD, Hoa, a_link, browser, officer, sign_in

OURS, PROXY = "dondoc.tinh.example", "10.9.9.9"
EVIL = "https://evil.example"
OTHERS = "khac@stc.soctrang.example"


@pytest.fixture
def hoa(registered: Engine) -> Hoa:
    return officer(registered)


@pytest.fixture
def client(registered: Engine, office: Office, hoa: Hoa) -> Iterator[TestClient]:
    with browser(registered, office) as found:
        yield found


@pytest.fixture
def beyond(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """The pages stand behind a proxy with https, under a name of their own."""
    monkeypatch.setenv("DONDOC_TRUSTED_PROXIES", PROXY)
    monkeypatch.setenv("DONDOC_HOSTS", OURS)
    get_settings.cache_clear()
    return monkeypatch


def forwarded(*hops: str, scheme: str = "https") -> dict[str, str]:
    return {"x-forwarded-for": ", ".join(hops), "x-forwarded-proto": scheme}


def in_with(client: TestClient, token: str, name: str = "dondoc") -> bool:
    """Whether a token of a sign-in opens the pages."""
    client.cookies.clear()
    answer = client.get("/viec", headers={"cookie": f"{name}={token}"})
    return answer.status_code == 200


def test_session_fixation(client: TestClient, registered: Engine) -> None:
    """Neither an invented id nor a real one of the attacker becomes the victim's."""
    sign_in(client)
    planted = client.cookies["dondoc"]
    for cookie in ("known-to-the-attacker", planted):
        client.cookies.clear()
        answer = client.post(
            "/dang-nhap",
            data={"email": EMAIL, "mat-khau": PASSWORD},
            headers={"cookie": f"dondoc={cookie}"},
        )
        assert answer.status_code == 303
        assert answer.cookies["dondoc"] not in ("", cookie)
        assert not in_with(client, cookie)


@pytest.mark.parametrize(
    "headers",
    [{"origin": EVIL}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}],
)
def test_csrf(client: TestClient, headers: dict[str, str]) -> None:
    """A form of another page changes nothing, also where the browser would send the cookie with it."""
    given = sign_in(client).headers["set-cookie"]
    assert "SameSite=lax" in given
    new = {"mat-khau-moi": "một câu rất dài khác", "nhac-lai": "một câu rất dài khác"}
    for path, form in (("/tai-khoan/mat-khau", new), ("/dang-xuat", {}), ("/tai-khoan/ma-xac-thuc", {})):
        assert client.post(path, data=form, headers=headers).status_code == 403
    assert client.post("/dang-nhap", data={"email": EMAIL}, headers=headers).status_code == 403
    assert client.get("/viec").status_code == 200


@pytest.mark.parametrize(
    "goal",
    ["//evil.example", "/\\evil.example", "\\\\evil.example", "https://evil.example", "/\t/evil.example",
     " //evil.example", "javascript:alert(1)", "/x\r\nset-cookie: a=b",
     "evil.example", "/" + "x" * 5_000, "/dang-xuat", "/dang-nhap", "/lien-ket/x", "/@evil.example\\..", ""],
)  # fmt: skip
def test_open_redirect(client: TestClient, goal: str) -> None:
    came = sign_in(client, ve=goal)
    assert came.headers["location"] == "/viec"
    assert client.get("/dang-nhap", params={"ve": goal}).headers["location"] == "/viec"


def test_brute_force(client: TestClient, registered: Engine, office: Office) -> None:
    """Guessing closes the account to the network that guesses, by the same words, and to nobody else."""
    answers = [sign_in(client, password=f"câu thứ {n}") for n in range(10)]
    locked = sign_in(client)
    assert {one.status_code for one in (*answers, locked)} == {422}
    assert {one.text for one in (*answers, locked)} == {locked.text}
    with browser(registered, office, "127.0.0.9") as elsewhere:
        assert sign_in(elsewhere).status_code == 303
    for n in range(100):
        tries.was_wrong(f"ai-{n}@x.example", "127.0.0.1")
    told = sign_in(client)
    assert told.status_code == 429
    assert "đợi 15 phút" in told.text


def test_enumeration(client: TestClient, registered: Engine) -> None:
    """Unknown, without a password, ended, and known: one answer, but for what was typed."""
    person(registered, OTHERS, None)
    ended = person(registered, "nghi@stc.soctrang.example", PASSWORD)
    deactivated(registered, ended)
    told = set()
    for email in (
        EMAIL,
        OTHERS,
        "nghi@stc.soctrang.example",
        "khong-co@stc.soctrang.example",
        "x",
        "a" * 5_000,
    ):
        answer = sign_in(client, email, "sai bét cả rồi")
        told.add((answer.status_code, answer.text.replace(f'value="{email}"', "")))
        asked = client.post("/dang-nhap/lien-ket", data={"email": email})
        assert asked.headers["location"] == "/dang-nhap?xong=lien-ket"
    assert len(told) == 1


def test_stale_session_after_deactivation(client: TestClient, registered: Engine, hoa: Hoa) -> None:
    sign_in(client)
    assert client.get("/viec").status_code == 200
    deactivated(registered, hoa.id)
    assert client.get("/viec").headers["location"] == "/dang-nhap"
    assert client.post("/viec/GN-0001/tra-loi", data={"viec": "received"}).status_code == 401


def test_header_injection(client: TestClient) -> None:
    odd = "x%0d%0aset-cookie:%20a=b"
    for path in (f"/lien-ket/{odd}", f"/{odd}", f"/viec?ve={odd}"):
        answer = client.get(path)
        assert "a" not in answer.cookies
        assert "\n" not in answer.headers.get("location", "")
    answer = sign_in(client, "x\r\nset-cookie: a=b", "y\r\nset-cookie: a=b")
    assert "a" not in answer.cookies


def test_clickjacking(client: TestClient) -> None:
    for path in ("/dang-nhap", "/lien-ket/x", "/viec"):
        answer = client.get(path)
        assert answer.headers["x-frame-options"] == "DENY"
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]


def test_cached_pages_after_sign_out(client: TestClient) -> None:
    sign_in(client)
    pages = [client.get(path) for path in ("/viec", "/tai-khoan", "/khong-co")]
    assert {page.headers["cache-control"] for page in pages} == {"no-store"}
    out = client.post("/dang-xuat")
    assert '"cache"' in out.headers["clear-site-data"]
    assert out.headers["cache-control"] == "no-store"


def test_replayed_session_after_sign_out(client: TestClient) -> None:
    sign_in(client)
    token = client.cookies["dondoc"]
    assert in_with(client, token)
    client.post("/dang-xuat", headers={"cookie": f"dondoc={token}"})
    assert not in_with(client, token)


def test_a_session_of_another_person_cannot_be_ended(
    client: TestClient, registered: Engine, office: Office
) -> None:
    person(registered, OTHERS, PASSWORD)
    with browser(registered, office) as hers:
        sign_in(hers)
        [row] = rows_of(registered, SignedIn)
        sign_in(client, OTHERS)
        assert client.post(f"/tai-khoan/phien/{row.id}/cham-dut").status_code == 404
        assert hers.get("/viec").status_code == 200


def test_forged_forwarded_for(
    beyond: pytest.MonkeyPatch,
    registered: Engine,
    office: Office,
    hoa: Hoa,
) -> None:
    """Only a proxy of ours is believed, and of what it hands on only what it has seen itself."""
    with browser(registered, office) as here:
        for name in ("x-forwarded-for", "forwarded", "x-real-ip"):
            assert here.get("/dang-nhap", headers={name: "127.0.0.1"}).status_code == 403
    with browser(registered, office, "203.0.113.7", f"https://{OURS}") as stranger:
        assert stranger.get("/dang-nhap", headers=forwarded("127.0.0.1")).status_code == 403
    with browser(registered, office, PROXY, f"https://{OURS}") as proxied:
        told = forwarded("127.0.0.1", "198.51.100.4")
        form = {"email": EMAIL, "mat-khau": PASSWORD}
        came = proxied.post("/dang-nhap", data=form, headers=told)
        assert came.status_code == 303
        assert "__Host-dondoc=" in came.headers["set-cookie"]
        assert "Secure" in came.headers["set-cookie"]
        assert proxied.get("/viec", headers=told).status_code == 200
        assert proxied.get("/viec", headers=forwarded("unknown")).status_code == 403
        assert proxied.get("/viec", headers=forwarded("198.51.100.4", scheme="http")).status_code == 403
    [row] = rows_of(registered, SignedIn)
    assert row.address == "198.51.100.4"


@pytest.mark.parametrize(
    "host",
    ["evil.example", f"{OURS}.evil.example", f"evil.{OURS}", f"{OURS}@evil.example", f"{OURS}:99999", ""],
)
def test_a_host_name_that_is_not_ours(beyond: pytest.MonkeyPatch, client: TestClient, host: str) -> None:
    answer = client.get("/dang-nhap", headers={"host": host})
    assert answer.status_code == 403
    assert "Tên máy chủ" in answer.text
    assert client.get("/dang-nhap", headers={"host": OURS.upper()}).status_code == 200


def test_a_link_used_twice(client: TestClient, registered: Engine, office: Office, hoa: Hoa) -> None:
    token = a_link(registered, hoa.id)
    client.get(f"/lien-ket/{token}")
    with browser(registered, office) as second:
        second.get(f"/lien-ket/{token}")
        assert client.post("/lien-ket").status_code == 303
        assert second.post("/lien-ket").status_code in (404, 409)
        assert second.get("/lien-ket").status_code in (404, 409)
        assert second.get("/viec").status_code == 303


def test_a_link_that_expired_or_was_changed(client: TestClient, registered: Engine, hoa: Hoa) -> None:
    old, token = (
        link(registered, hoa.id),
        a_link(registered, hoa.id),
    )  # of August; the office lives in December
    for one in (old, token[:-1], token[::-1], "x", "ă", "%00", "x" * 4_000, "..%2f..%2fviec"):
        client.cookies.clear()
        client.get(f"/lien-ket/{one}")
        assert client.post("/lien-ket").status_code in (403, 404, 409), one
    assert client.get("/viec").status_code == 303


def test_a_link_of_another_person_opens_his_account_alone(
    client: TestClient,
    registered: Engine,
    hoa: Hoa,
) -> None:
    other = person(registered, OTHERS, None)
    sign_in(client)
    client.get(f"/lien-ket/{a_link(registered, other)}")
    form = {"mat-khau-moi": "một câu rất dài khác", "nhac-lai": "một câu rất dài khác"}
    client.post("/lien-ket", data=form)
    assert sign_in(client, EMAIL, "một câu rất dài khác").status_code == 422
    assert sign_in(client).status_code == 303


def test_a_password_of_ten_megabytes_or_in_pieces(client: TestClient) -> None:
    assert sign_in(client, password="x" * 10_000_000).status_code == 413
    assert sign_in(client, password="x" * 30_000).status_code == 422
    assert sign_in(client, password=unicodedata.normalize("NFD", PASSWORD)).status_code == 303


def test_a_secret_stands_on_no_page_and_in_no_address(client: TestClient, registered: Engine) -> None:
    typed = client.post("/dang-nhap", data={"email": EMAIL, "mat-khau": "một câu bí mật"}, headers={})
    assert "bí mật" not in typed.text
    token = a_link(registered, person(registered, OTHERS, None))
    led = client.get(f"/lien-ket/{token}")
    assert token not in led.headers["location"] + led.text
    assert led.headers["referrer-policy"] == "no-referrer"
    assert led.headers["cache-control"] == "no-store"
