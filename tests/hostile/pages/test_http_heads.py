"""Heads of requests: what no browser sends is refused or ignored, without a line in the log.

``pages`` asserts at its end that the log is empty. Seen red: without ``PlainHeads`` (HTTP/2), and without
each of its checks (both lengths, doubled fields, many fields, WebSocket); with ``urlsplit`` in
``cross_site.py``; without ``_names_us`` and without its port; with ``ws="auto"``; without the noise that
``Quiet`` drops; with uvicorn's own ``send_400_response``; without ``_weigh``.
"""

import logging

import pytest

from tests.hostile.pages.real_server import CLOSE, HOST, Serving, request
from tests.hostile.pages.real_server import pages as pages
from tests.hostile.text.signs import HOSTILE, hidden_in
from web.door.quiet_log import Quiet

GET, CSS, POST = b"GET /viec", b"GET /static/dondoc.css", b"POST /lich-hop"
FORM = b"Content-Type: application/x-www-form-urlencoded"
CHUNKED = b"Transfer-Encoding: chunked"
WEBSOCKET = (
    b"Upgrade: websocket",
    b"Sec-WebSocket-Version: 13",
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
)


def plain(first: bytes, *fields: bytes, body: bytes = b"") -> bytes:
    return request(first, HOST, CLOSE, *fields, body=body)


NO_HTTP = {
    "tls": bytes.fromhex("16030102000100fc0303") + bytes(range(256)),
    "http2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\0" * 9,
    "http3": b"GET /viec HTTP/3.0\r\n" + HOST + b"\r\n\r\n",
    "http0.9": b"GET /viec\r\n\r\n",
    "garbage": b"\xff\x00\n" * 99 + b"\r\n\r\n",
    "blanks": b"\r\n\r\n\r\n",
}
HOSTS = {
    "none": (),
    "empty": (b"Host:",),
    "two": (HOST, HOST),
    "userinfo": (b"Host: a@127.0.0.1",),
    "nul": (b"Host: 127.0.0.1\0",),
    "half": (b"Host: [::1",),
    "zone": (b"Host: [::1%25lo]",),
    "far port": (b"Host: 127.0.0.1:65536",),
    "no port": (b"Host: 127.0.0.1:",),
    "other digits": ("Host: 127.0.0.1:٨٠".encode(),),
    "blank": (b"Host: 127.0.0.1 x",),
    "dot": (b"Host: 127.0.0.1.",),
    "proxied": (HOST, b"X-Forwarded-For: 127.0.0.1"),
}
LENGTHS = {
    "negative": b"-1",
    "plus": b"+5",
    "float": b"1e3",
    "hex": b"0x5",
    "empty": b"",
    "underscore": b"1_0",
    "huge": b"9" * 19,
    "endless": b"9" * 4_400,
    "other digits": "٥".encode(),
    "two": b"5\r\nContent-Length: 6",
    "list": b"5, 6",
    "both": b"5\r\nTransfer-Encoding: chunked",
    "gzip": b"5\r\nTransfer-Encoding: gzip",
}
CHUNKS = {
    "no number": b"zz\r\na",
    "negative": b"-5\r\nabcde",
    "too long": b"5\r\nabcdefgh\r\n0\r\n\r\n",
    "large number": b"f" * 30 + b"\r\n",
    "extension": b"5;" + b"a" * 70_000,
    "of a byte": b"1\r\na\r\n" * 20_000,
}
ORIGINS = {
    "half": b"http://[",
    "far port": b"http://127.0.0.1:99999999",
    "no port": b"http://127.0.0.1:x",
    "folds": "http://127.0.0.1℀".encode(),
    "empty": b"",
    "null": b"null",
    "userinfo": b"http://x@127.0.0.1",
    "two": b"http://127.0.0.1\r\nOrigin: http://evil.example",
    "backslash": b"http://127.0.0.1\\@evil.example",
}
ODD = {
    "many": (GET, tuple(b"X-%d: a" % n for n in range(200))),
    "long cookie": (GET, (b"Cookie: a=" + b"a" * 40_000,)),
    "too long": (GET, (b"X: " + b"a" * 300_000,)),
    "long address": (GET + b"?tim=" + b"a" * 70_000, ()),
    "two kinds": (POST, (FORM, b"Content-Type: multipart/form-data; boundary=X", b"Content-Length: 0")),
    "two sites": (
        POST,
        (b"Sec-Fetch-Site: same-origin", b"Sec-Fetch-Site: cross-site", b"Content-Length: 0"),
    ),
    "blank in a name": (GET, (b"X : a",)),
    "websocket": (GET, (b"Connection: Upgrade", *WEBSOCKET)),
    "websocket by any name": (b"GET /khong-co", (b"Connection: keep-alive, Upgrade", *WEBSOCKET)),
}
IGNORED = {
    "h2c": (
        GET,
        (b"Connection: Upgrade, HTTP2-Settings", b"Upgrade: h2c", b"HTTP2-Settings: AAMAAABkAAQAAP__"),
    ),
    "cookies": (
        GET,
        (b'Cookie: ;;=;=\xff; a="\\073\\', b"Cookie: a; a=1; a=2", b"Cookie: " + b"\\073" * 3_000),
    ),
    "accept": (GET, (b"Accept: \xff/\xff;q=nan", b"Accept-Encoding: \x80;q=x", b"Accept-Charset: undefined")),
    "ranges": (CSS, (b"Range: bytes=" + b",".join(b"%d-%d" % (n, n) for n in range(0, 4_000, 2)),)),
    "if-range": (CSS, (b"Range: bytes=0-0", b"If-Range: \xff")),
    "none match": (CSS, (b"If-None-Match: " + b'"a",' * 4_000,)),
    "since": (CSS, (b"If-Modified-Since: " + b"9" * 400,)),
    "since nonsense": (CSS, (b"If-Modified-Since: Mon, 99 Foo -1 99:99:99 +9999",)),
}
RANGES = (
    b"bytes=5-2",
    b"bytes=-",
    b"bytes=9999999999999999999999-",
    b"lines=1-2",
    b"bytes=\xb2-\xb3",
    b"bytes=-0",
    b"bytes=" + b"9" * 5_000 + b"-",
    b"bytes=a-b",
    b"=",
    b"bytes",
)
PLACES = (
    b"%00",
    b"%ff",
    b"%c0%ae%c0%ae/",
    b"..%2f..%2fapp.py",
    b"%2e%2e/app.py",
    b"../app.py",
    b"%",
    b"%zz",
    b"%ed%a0%80",
    b"//",
    b"%5c..%5capp.py",
    b"dondoc.css%00.png",
    b"dondoc.css/",
    b"a" * 5_000,
    b"a/" * 2_500,
)
METHODS = (b"BREW", b"get", b"TRACE", b"PROPFIND", b"CONNECT", b"OPTIONS", b"PUT", b"DELETE", b"PATCH")


def refused(pages: Serving, *pieces: bytes) -> bool:
    """Before a page saw it: an empty form that was let through has 422 from its page, which is no refusal."""
    return pages.status(*pieces) in (400, 403, 404, 405, 413, 431)


@pytest.mark.parametrize("data", NO_HTTP.values(), ids=NO_HTTP.keys())
def test_what_is_no_http_is_refused(pages: Serving, data: bytes) -> None:
    assert pages.status(data) == 400


@pytest.mark.parametrize("fields", HOSTS.values(), ids=HOSTS.keys())
def test_a_broken_host(pages: Serving, fields: tuple[bytes, ...]) -> None:
    assert refused(pages, request(GET, CLOSE, *fields))


@pytest.mark.parametrize("length", LENGTHS.values(), ids=LENGTHS.keys())
def test_a_broken_length(pages: Serving, length: bytes) -> None:
    assert refused(pages, plain(POST, FORM, b"Content-Length: " + length, body=b"abcde"))


@pytest.mark.parametrize("chunks", CHUNKS.values(), ids=CHUNKS.keys())
@pytest.mark.parametrize("origin", [(), (b"Origin: http://evil.example",)], ids=["read", "unread"])
def test_broken_chunks(pages: Serving, chunks: bytes, origin: tuple[bytes, ...]) -> None:
    """Whether a page waits for the body, or has answered without it: then the line may end with that."""
    assert refused(pages, plain(POST, FORM, CHUNKED, *origin, body=chunks))


@pytest.mark.parametrize("origin", ORIGINS.values(), ids=ORIGINS.keys())
def test_a_broken_origin(pages: Serving, origin: bytes) -> None:
    assert refused(pages, plain(POST, b"Content-Length: 0", b"Origin: " + origin))


@pytest.mark.parametrize(("first", "fields"), ODD.values(), ids=ODD.keys())
def test_odd_heads_are_refused(pages: Serving, first: bytes, fields: tuple[bytes, ...]) -> None:
    """``Connection: close`` would hide the upgrade."""
    assert refused(pages, request(first, HOST, *fields))


@pytest.mark.parametrize(("first", "fields"), IGNORED.values(), ids=IGNORED.keys())
def test_odd_fields_are_ignored(pages: Serving, first: bytes, fields: tuple[bytes, ...]) -> None:
    assert pages.status(plain(first, *fields)) in (200, 206)


def test_odd_ranges(pages: Serving) -> None:
    for value in RANGES:
        assert pages.status(plain(CSS, b"Range: " + value)) in (400, 416), value


def test_odd_places(pages: Serving) -> None:
    bases = (
        b"/static/",
        b"/viec/",
        b"/van-ban/",
        b"/tep/",
        b"/van-ban/dang-doc/",
        b"/viec?tim=",
        b"/thu?trang=",
    )
    for base in bases:
        for place in PLACES:
            assert pages.status(plain(b"GET " + base + place)) in (200, 400, 404, 405, 422), base + place


def test_odd_methods(pages: Serving) -> None:
    for method in METHODS:
        for place in (b" /viec", b" *", b" /static/dondoc.css", b" http://127.0.0.1/viec", b" a:1"):
            assert refused(pages, plain(method + place)), method + place


def test_a_second_request_that_is_none(pages: Serving) -> None:
    """Its answer comes after the first one's, which is not harmed."""
    said = pages.said(request(GET, HOST) + b"GARBAGE\r\n\r\n")
    assert said.startswith(b"HTTP/1.1 200 ")
    assert b"</html>HTTP/1.1 400 " in said.replace(b"\n", b"")


def test_a_refused_head_is_answered_in_vietnamese(pages: Serving) -> None:
    for data, words in (
        (plain(GET, *(b"X-%d: a" % n for n in range(200))), "quá dài"),
        (request(GET, HOST, b"Connection: Upgrade", *WEBSOCKET), "chỉ phục vụ trang qua HTTP/1.1"),
        (plain(POST, b"Content-Length: 5", CHUNKED), "mâu thuẫn"),
        (b"\0\r\n\r\n", "không đọc được"),
    ):
        assert words in pages.said(data).decode()


def test_the_log_shows_no_sign_that_acts(caplog: pytest.LogCaptureFixture) -> None:
    logger = logging.getLogger("tests.hostile.quiet")
    logger.addFilter(Quiet())
    try:
        raise ValueError("\x1b[2J\x9b1m\u202e")
    except ValueError:
        logger.exception("seen %s", f"a\x1b]0;b\x07\r\nc{HOSTILE}")
    logger.warning("Invalid HTTP request received.")
    assert not hidden_in(caplog.text)
    assert "\r" not in caplog.text
    assert "\\x1b[2J\\x9b1m\\u202e" in caplog.text
    assert len(caplog.records) == 1
