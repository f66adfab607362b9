"""Where a request says it comes from, where it wants to go on to, by which cookie: what is believed of it.

Seen red: with the first hop; with a peer that is no proxy of ours; with the first of several schemes; with
``_names_us`` that keeps capitals; with one name of the cookie for both schemes; with open addresses by their
beginning.
"""

from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sqlalchemy.engine import Engine

from config.office import Office
from tests.hostile.test_sign_in_attacks import OURS, PROXY, in_with
from tests.hostile.test_sign_in_attacks import beyond as beyond
from tests.web.conftest import _offices as _offices
from tests.web.conftest import _own_witness as _own_witness
from tests.web.conftest import office as office
from tests.web.conftest import registered as registered
from tests.web.sign_in.entered import browser, officer, sign_in
from web.door.access import _names_us
from web.kit.local_path import local_path
from web.visitors.way_in import WayIn, way_in_of

TRUSTED = (PROXY, "10.9.8.0/24", "2001:db8:9::/48")
FOR, PROTO = b"x-forwarded-for", b"x-forwarded-proto"


def came(peer: str, *headers: tuple[bytes, bytes]) -> WayIn | None:
    scope = {"type": "http", "client": (peer, 5), "scheme": "http", "headers": list(headers)}
    return way_in_of(scope, TRUSTED)


@pytest.mark.parametrize(
    ("hops", "address"),
    [
        ((b"198.51.100.4",), "198.51.100.4"),
        ((b"127.0.0.1, 198.51.100.4",), "198.51.100.4"),  # what a stranger wrote before it is not even read
        ((b"garbage, \xff, 198.51.100.4",), "198.51.100.4"),
        ((b"198.51.100.4, 10.9.8.7, 10.9.9.9",), "198.51.100.4"),  # through our own proxies
        ((b"203.0.113.1", b"198.51.100.4"), "198.51.100.4"),  # two lines are one list
        ((b"2001:db8::1",), "2001:db8::1"), ((b"[2001:db8::1]",), "2001:db8::1"),
        ((b"::ffff:198.51.100.4",), "198.51.100.4"), ((b"10.9.8.7, 10.9.9.9",), "10.9.8.7"),
        ((b", ".join([b"198.51.100.4"] + [b"10.9.9.9"] * 19),), "198.51.100.4"),
    ],
)  # fmt: skip
def test_the_last_stranger_is_the_visitor(hops: tuple[bytes, ...], address: str) -> None:
    found = came(PROXY, *((FOR, hop) for hop in hops), (PROTO, b"https"))
    assert found == WayIn(address, https=True, beyond=True)


@pytest.mark.parametrize(
    "hop",
    [b"", b" ", b",", b"unknown", b"_hidden", b"198.51.100.4:443", b"[2001:db8::1]:443",
     b"198.51.100.4\x00", b"198.51.100", b"0198.51.100.4", b"198.51.100.4, ", b"\xd9\xa1.1.1.1",
     b"for=198.51.100.4", b"a" * 9_000],
)  # fmt: skip
def test_what_is_no_address_is_not_believed(hop: bytes) -> None:
    assert came(PROXY, (FOR, hop), (PROTO, b"https")) is None


def test_only_a_proxy_of_ours_is_asked() -> None:
    for peer in ("203.0.113.7", "127.0.0.1", "::1", "10.9.9.8", "2001:db8:8::1"):
        assert came(peer, (FOR, b"198.51.100.4")) is None
    for header in (b"forwarded", b"x-real-ip"):
        assert came(PROXY, (header, b"127.0.0.1")) is None
    assert came("2001:db8:9::7", (FOR, b"198.51.100.4")) == WayIn("198.51.100.4", beyond=True)
    assert came("::ffff:10.9.9.9", (FOR, b"198.51.100.4")) == WayIn("198.51.100.4", beyond=True)


def test_nobody_says_of_himself_that_the_way_is_safe() -> None:
    for name in (PROTO, b"x-forwarded-ssl", b"front-end-https", b"x-forwarded-scheme", b"x-url-scheme"):
        for peer in ("127.0.0.1", "203.0.113.7", PROXY):
            found = came(peer, (name, b"https"))
            assert found is not None
            assert not found.https
    told = (FOR, b"198.51.100.4"), (PROTO, b"https, http")
    assert came(PROXY, *told) == WayIn("198.51.100.4", beyond=True)  # our proxy's own word is the last


@pytest.mark.parametrize(
    ("hosts", "ours"),
    [
        ([OURS], True), ([f"{OURS}:8443"], True), ([OURS.upper()], True), (["127.0.0.1:8000"], True),
        ([], False), ([OURS, OURS], False), ([f"{OURS}."], False), ([f"{OURS}:"], False),
        ([f"{OURS}:443:443"], False), ([f"{OURS}:65536"], False), ([f" {OURS}"], False),
        ([f"{OURS}\t"], False),
        ([f"{OURS},evil.example"], False), ([f"{OURS}/evil"], False), ([f"{OURS}%00.evil.example"], False),
        (["dondoc。tinh。example"], False), (["đônđốc.tinh.example"], False), (["[::1"], False),
        (["0177.0.0.1"], False), (["2130706433"], False), (["localhost.evil.example"], False),
        (["[::2]"], False),
    ],
)  # fmt: skip
def test_only_our_names_are_ours(beyond: pytest.MonkeyPatch, hosts: list[str], ours: bool) -> None:
    assert _names_us(hosts) is ours


def test_another_name_in_other_fields_changes_nothing(
    beyond: pytest.MonkeyPatch, registered: Engine, office: Office
) -> None:
    """No address of an answer is made of what a request says of its host."""
    officer(registered)
    told = {"x-forwarded-for": "198.51.100.4", "x-forwarded-proto": "https"}
    told |= {"x-forwarded-host": "evil.example", "x-host": "evil.example", "x-forwarded-port": "1"}
    with browser(registered, office, PROXY, f"https://{OURS}") as proxied:
        for path in ("/", "/viec", "/dang-nhap", "/lien-ket/x"):
            answer = proxied.get(path, headers=told)
            assert "evil" not in answer.text + answer.headers.get("location", "")
            assert answer.headers.get("location", "/").startswith("/")


def resolved(goal: str) -> str:
    """To which host a browser goes for a Location of ours (WHATWG URL, sections 4.4 and 4.5)."""
    text = goal.strip("".join(map(chr, range(33))))
    text = text.translate({ord(sign): None for sign in "\t\n\r"}).replace("\\", "/")
    found = urlsplit(urljoin(f"https://{OURS}/dang-nhap", text))
    return f"{found.scheme}://{found.netloc}"


_PARTS = st.sampled_from(
    ["/", "\\", "//", "evil.example", "@", ":", "https:", "javascript:", "%2f", "%5c", "%09", "\t", "\n",
     "\r", " ", ".", "..", "?", "#", "\x00", "\u2215", "\uff0f", "viec", "[", "]"],
)  # fmt: skip


@given(st.lists(_PARTS, max_size=8).map("".join) | st.text(max_size=40))
@example("/%2f%2fevil.example")
@example("/.//evil.example")
@example("//evil.example@ours")
@example("/\u2215evil.example")
def test_whatever_is_asked_for_it_goes_on_to_us(goal: str) -> None:
    assert resolved(local_path(goal)) == f"https://{OURS}"
    assert local_path(local_path(goal)) == local_path(goal)
    assert "\r" not in local_path(goal)


@pytest.fixture
def two_tokens(beyond: pytest.MonkeyPatch, registered: Engine, office: Office) -> Iterator[tuple[str, str]]:
    """The token of a sign-in over https, and of one on this machine."""
    officer(registered)
    with browser(registered, office, PROXY, f"https://{OURS}") as proxied:
        proxied.headers.update({"x-forwarded-for": "198.51.100.4", "x-forwarded-proto": "https"})
        safe = sign_in(proxied).cookies["__Host-dondoc"]
    with browser(registered, office) as here:
        yield safe, sign_in(here).cookies["dondoc"]


def test_a_name_that_begins_like_an_open_one_is_not_open(registered: Engine, office: Office) -> None:
    """Break: ask for the beginning of the address."""
    officer(registered)
    shut = (
        "/dang-nhapx",
        "/dang-nhap-x",
        "/lien-ketx",
        "/dang-xuat.csv",
        "/DANG-NHAP",
        "/staticx",
        "/static",
    )
    with browser(registered, office) as stranger:
        for path in shut:
            assert stranger.get(path).status_code == 303, path
            assert stranger.post(path).status_code == 401, path


def test_a_cookie_counts_under_its_own_name_only(
    two_tokens: tuple[str, str], registered: Engine, office: Office
) -> None:
    """A neighbour host or a plain page can plant ``dondoc``, never ``__Host-dondoc``."""
    safe, plain = two_tokens
    with browser(registered, office, PROXY, f"https://{OURS}") as proxied:
        proxied.headers.update({"x-forwarded-for": "198.51.100.4", "x-forwarded-proto": "https"})
        assert in_with(proxied, safe, "__Host-dondoc")
        assert not in_with(proxied, safe, "dondoc")
        for other in ("__host-dondoc", "__Host-dondoc-thiet-bi", "__Secure-dondoc", "__Host-dondoc2"):
            assert not in_with(proxied, safe, other)
    with browser(registered, office) as here:
        assert in_with(here, plain)
        assert not in_with(here, plain, "__Host-dondoc")
        for odd in ("x" * 3_000, f"{plain}{'x' * 3_000}", "\xff", '"', "a=b", "%00", plain.swapcase()):
            assert (
                here.get("/viec", headers=[(b"cookie", b"dondoc=" + odd.encode("latin-1"))]).status_code
                == 303
            )
        twice = here.get("/viec", headers={"cookie": f"dondoc={plain}; dondoc=planted"})
        assert twice.status_code in (200, 303)
