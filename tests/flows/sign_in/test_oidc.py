"""Signing in by a province's server: a real provider on loopback, with which the code speaks HTTP."""

import json
from collections.abc import Iterator, Mapping
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from oidc_provider_mock import run_server_in_thread
from sqlalchemy.engine import Engine

from config.clock import wall_now
from config.files.errors import ConfigError
from config.settings import get_settings
from flows.actions.sign_in import provider
from flows.actions.sign_in.oidc import NotKnown, OidcAnswer, begin_oidc, finish_oidc, is_offered
from models.tables.people import Person
from models.tables.sign_in import Credential
from rules.trail.words import TrailWhat
from tests.flows.sign_in.people import HOA, SEEN, names_noted, noted, person, rows_of

#: The provider itself is written for an older Authlib.
pytestmark = pytest.mark.filterwarnings("ignore:get_jwt_config")
BACK = "https://dondoc.example/dang-nhap/tinh"


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with run_server_in_thread(require_nonce=True) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture(autouse=True)
def _our_settings(issuer: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("DONDOC_OIDC_ISSUER", issuer)
    monkeypatch.setenv("DONDOC_OIDC_CLIENT_ID", "don-doc")
    monkeypatch.setenv("DONDOC_OIDC_CLIENT_SECRET", "a-secret-of-ours")
    get_settings.cache_clear()
    provider._asked.cache_clear()
    yield
    get_settings.cache_clear()
    provider._asked.cache_clear()


def known_there(issuer: str, sub: str, claims: Mapping[str, object]) -> None:
    httpx2.put(f"{issuer}/users/{sub}", json=dict(claims)).raise_for_status()


def went_there(url: str, sub: str, action: str = "") -> OidcAnswer:
    """What the browser brings back when somebody signed in there as ``sub``."""
    answer = httpx2.post(url, data={"sub": sub, **({"action": action} if action else {})})
    back = answer.headers["location"]
    assert back.startswith(BACK)
    brought = parse_qs(urlsplit(back).query)
    return OidcAnswer(brought.get("state", [""])[0], brought.get("code", [""])[0], BACK)


def come_back(engine: Engine, issuer: str, claims: Mapping[str, object]) -> int:
    """Sign in as somebody of whom the server says this."""
    known_there(issuer, "hoa", claims)
    start = begin_oidc(BACK, wall_now())
    return finish_oidc(engine, start.kept, went_there(start.url, "hoa"), SEEN, wall_now())


VERIFIED = {"email": HOA.upper(), "email_verified": True}


def test_a_verified_mailbox_is_its_person(engine: Engine, issuer: str) -> None:
    person(engine, email="other@x.example")
    hoa = person(engine, password=None)
    assert is_offered()
    assert come_back(engine, issuer, VERIFIED) == hoa
    assert {row.person_id for row in rows_of(engine, Credential)} == {1, hoa}


def test_the_browser_is_sent_with_state_nonce_and_challenge() -> None:
    start = begin_oidc(BACK, wall_now())
    sent = {name: values[0] for name, values in parse_qs(urlsplit(start.url).query).items()}
    assert (sent["response_type"], sent["scope"], sent["redirect_uri"]) == ("code", "openid email", BACK)
    assert sent["code_challenge_method"] == "S256"
    state, nonce, verifier = start.kept.split(".")
    assert (sent["state"], sent["nonce"]) == (state, nonce)
    assert verifier not in start.url
    assert "a-secret-of-ours" not in start.url
    assert start.kept not in repr(start)


@pytest.mark.parametrize(
    "claims",
    [
        {"email": HOA, "email_verified": False}, {"email": HOA}, {"email": HOA, "email_verified": "true"},
        {"email_verified": True}, {"email": "nobody@x.example", "email_verified": True},
        {"email": "gone@x.example", "email_verified": True},
        {"email": f"{HOA},x@y.z", "email_verified": True},
        {"email": f"x@evil.example <{HOA}>", "email_verified": True},
        {"email": f"mailtos://evil.example/{HOA}", "email_verified": True},
        {"email": HOA.replace("@", ":x@"), "email_verified": True},
        {"email": HOA.replace("H", "\u210b"), "email_verified": True},
        {"email": f"{HOA}\x00", "email_verified": True},
        {"email": "x" * 5_000 + "@y.z", "email_verified": True},
    ],
)  # fmt: skip
def test_nobody_else_comes_in_and_nobody_is_created(
    sqlite_engine: Engine, issuer: str, claims: Mapping[str, object]
) -> None:
    person(sqlite_engine)
    person(sqlite_engine, email="gone@x.example", active=False)
    with pytest.raises(NotKnown, match="chưa gắn với người sử dụng nào") as refused:
        come_back(sqlite_engine, issuer, claims)
    assert HOA not in str(refused.value)
    assert len(rows_of(sqlite_engine, Person)) == 2
    assert [row.data["why"] for row in noted(sqlite_engine, TrailWhat.SIGN_IN_FAILED)] == ["oidc"]
    assert len(names_noted(sqlite_engine)) <= 1


def test_a_mailbox_of_signs_that_nobody_sees_is_told_without_them(engine: Engine, issuer: str) -> None:
    """PostgreSQL takes no NUL. Break: write down what the server says as it is."""
    person(engine)
    with pytest.raises(NotKnown, match="chưa gắn với người sử dụng nào"):
        come_back(engine, issuer, {"email": "a\x00b\u202e@x.example", "email_verified": True})
    assert names_noted(engine) == ["ab@x.example"]


def test_the_first_account_is_not_made_by_it(sqlite_engine: Engine, issuer: str) -> None:
    person(sqlite_engine, password=None)
    with pytest.raises(NotKnown):
        come_back(sqlite_engine, issuer, VERIFIED)
    assert rows_of(sqlite_engine, Credential) == []


def test_what_another_browser_began_is_not_finished_here(sqlite_engine: Engine, issuer: str) -> None:
    """Break: leave the comparison of states out."""
    person(sqlite_engine)
    known_there(issuer, "hoa", VERIFIED)
    theirs, ours = begin_oidc(BACK, wall_now()), begin_oidc(BACK, wall_now())
    answer = went_there(theirs.url, "hoa")
    for kept in (ours.kept, "", "x", "..", "a.b.c", "x" * 10_000_000, "\ud800"):
        with pytest.raises(NotKnown, match="không bắt đầu từ trình duyệt này"):
            finish_oidc(sqlite_engine, kept, answer, SEEN, wall_now())


def test_a_code_is_good_for_one_sign_in(sqlite_engine: Engine, issuer: str) -> None:
    """A code that was stolen fits neither another nonce nor a second time."""
    hoa = person(sqlite_engine)
    known_there(issuer, "hoa", VERIFIED)
    theirs, ours = begin_oidc(BACK, wall_now()), begin_oidc(BACK, wall_now())
    code = went_there(theirs.url, "hoa").code
    injected = OidcAnswer(ours.kept.split(".")[0], code, BACK)
    with pytest.raises(provider.ProviderTrouble):
        finish_oidc(sqlite_engine, ours.kept, injected, SEEN, wall_now())
    start = begin_oidc(BACK, wall_now())
    answer = went_there(start.url, "hoa")
    assert finish_oidc(sqlite_engine, start.kept, answer, SEEN, wall_now()) == hoa
    with pytest.raises(provider.ProviderTrouble):
        finish_oidc(sqlite_engine, start.kept, answer, SEEN, wall_now())


def test_whoever_says_no_there_is_told_so(sqlite_engine: Engine, issuer: str) -> None:
    start = begin_oidc(BACK, wall_now())
    answer = OidcAnswer(start.kept.split(".")[0], went_there(start.url, "hoa", "deny").code, BACK)
    with pytest.raises(NotKnown, match="không cho phép"):
        finish_oidc(sqlite_engine, start.kept, answer, SEEN, wall_now())


@pytest.mark.parametrize("claim", ["iss", "aud", "nonce", "exp", "alg"])
def test_a_token_of_another_is_not_believed(
    sqlite_engine: Engine, issuer: str, monkeypatch: pytest.MonkeyPatch, claim: str
) -> None:
    """Signed by the server itself, and yet not for us, now. Break: leave the claim out of the check."""
    person(sqlite_engine)
    from joserfc import jwt

    real = jwt.decode

    def other(*args: object, **more: object) -> object:
        found = real(*args, **more)  # type: ignore[arg-type]
        found.claims[claim] = 1 if claim == "exp" else "another"
        return found

    if claim == "alg":
        monkeypatch.setattr(provider, "_ALGORITHMS", ["ES256"])  # the server signs by RS256
    else:
        monkeypatch.setattr(provider.jwt, "decode", other)
    with pytest.raises(provider.ProviderTrouble) as refused:
        come_back(sqlite_engine, issuer, VERIFIED)
    assert "a-secret-of-ours" not in str(refused.value)


def test_what_is_told_besides_is_of_the_same_person(
    sqlite_engine: Engine, issuer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """OpenID Connect Core 1.0, section 5.3.2. Break: believe whatever the further answer says."""
    hoa = person(sqlite_engine)
    for sub, inside in (("hoa", True), ("another", False)):
        told = {"sub": sub, "email": HOA, "email_verified": True}
        monkeypatch.setattr(provider, "_json", lambda *_, told=told: told)
        if inside:
            assert come_back(sqlite_engine, issuer, {}) == hoa
        else:
            with pytest.raises(provider.ProviderTrouble):
                come_back(sqlite_engine, issuer, {})


def test_a_server_that_is_away_or_another_is_a_sentence(issuer: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for wrong in ("http://localhost:1", f"{issuer}/", f"{issuer}/elsewhere"):
        monkeypatch.setenv("DONDOC_OIDC_ISSUER", wrong)
        get_settings.cache_clear()
        with pytest.raises(provider.ProviderTrouble, match="không trả lời"):
            begin_oidc(BACK, wall_now())


def test_an_answer_that_is_no_answer(monkeypatch: pytest.MonkeyPatch, issuer: str) -> None:
    about = httpx2.get(f"{issuer}/.well-known/openid-configuration").json()
    for body in (b"", b"[]", b"{}", b"\xff", json.dumps({**about, "issuer": "https://x.example"}).encode()):
        provider._asked.cache_clear()
        answer = httpx2.Response(200, content=body, request=httpx2.Request("GET", issuer))
        monkeypatch.setattr(provider.httpx2, "get", lambda _url, answer=answer, **_: answer)
        with pytest.raises(provider.ProviderTrouble):
            begin_oidc(BACK, wall_now())


def test_endpoints_of_a_safe_server_are_safe(monkeypatch: pytest.MonkeyPatch) -> None:
    about = {
        name: f"https://sso.example/{name}"
        for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")
    }
    answer = {"issuer": "https://sso.example", **about}
    monkeypatch.setattr(
        provider.httpx2, "get",
        lambda url, **_: httpx2.Response(200, json=answer, request=httpx2.Request("GET", url)),
    )  # fmt: skip
    assert provider._asked("https://sso.example", 1).issuer == "https://sso.example"
    answer["token_endpoint"] = "http://sso.example/token"
    with pytest.raises(ValueError, match="not the server"):
        provider._asked("https://sso.example", 2)


@pytest.mark.parametrize(
    ("name", "value"),
    [("OIDC_ISSUER", "http://sso.example"), ("OIDC_ISSUER", "sso.example"), ("OIDC_CLIENT_ID", "")],
)
def test_settings_that_cannot_work_are_refused(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"DONDOC_{name}", value)
    get_settings.cache_clear()
    with pytest.raises(ConfigError, match=f"DONDOC_{name}: "):
        get_settings()
