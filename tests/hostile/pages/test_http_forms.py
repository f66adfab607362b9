"""Forms: one charset, a size for each route, and room for all of them together.

Seen red: with ``request.form()`` in ``web/forms/fields.py``; without each check of ``form_reading.py``
(charset of the form, ``_charset_``, encoding of a part, bad UTF-8, last boundary, heaps of marks, limit of
text); with one limit for all routes; without each ``takes``; with a ``Share`` that takes nothing or gives
nothing back.
"""

import asyncio
import inspect
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from fastapi.routing import APIRoute
from sqlalchemy.engine import Engine

from flows.actions.reading.draft_size import draft_size
from models.db import open_database, unit_of_work
from models.tables.documents import Document
from rules.vocabulary import DocumentState
from tests.hostile.pages.real_server import HOST, Serving, posted, request, status_of
from tests.hostile.pages.real_server import pages as pages
from web.app import PAGES
from web.forms.body_limit import LIMIT, MEGABYTE, BodyLimit, FormLimits, limits_of
from web.forms.under_way import UnderWay

ENTERED = datetime(2022, 12, 19, 9, 0, tzinfo=UTC)
PARTS, FIELDS = "multipart/form-data; boundary=X", "application/x-www-form-urlencoded"
TEXT = b'Content-Disposition: form-data; name="noi-dung"'
FILE = b'Content-Disposition: form-data; name="tep"; filename="a.txt"'
NEW, MEETINGS = "/van-ban/moi", "/lich-hop"
#: Where files arrive, and the draft: everything else has a megabyte.
LARGER = {
    "/van-ban/moi", "/viec/{code}/tra-loi", "/trinh/{case_id}/theo-phieu-trinh", "/viec/{code}/phoi-hop",
    "/van-ban/{document_id}",
}  # fmt: skip
#: Of whoever is not known yet, and of the own account: a few short fields.
SMALLER = ("/dang-nhap", "/dang-xuat", "/lien-ket", "/tai-khoan")
POSTS = [
    route
    for page in PAGES
    for route in page.router.routes
    if isinstance(route, APIRoute) and "POST" in (route.methods or ())
]


def parts(*pairs: tuple[bytes, bytes]) -> bytes:
    return b"".join(b"--X\r\n" + head + b"\r\n\r\n" + value + b"\r\n" for head, value in pairs) + b"--X--\r\n"


OTHER_CHARSETS = {
    "utf-7": (f"{PARTS}; charset=utf-7", parts((TEXT, b"+2AA-"))),
    "undefined": (f"{PARTS}; charset=undefined", parts((TEXT, b"a"))),
    "escapes": (f"{PARTS}; charset=unicode_escape", parts((TEXT, b"\\ud800"))),
    "utf-16": (f"{PARTS}; charset=utf-16", parts((TEXT, b"a"))),
    "idna": (f"{PARTS}; CHARSET=idna", parts((TEXT, b"a"))),
    "quoted": (f'{PARTS}; charset="punycode"', parts((TEXT, b"a"))),
    "unknown": (f"{PARTS}; charset=tcvn5712", parts((TEXT, b"a"))),
    "fields": (f"{FIELDS}; charset=undefined", b"noi-dung=a"),
    "bad value": (PARTS, parts((TEXT, b"\xff\xfe"))),
    "surrogate": (PARTS, parts((TEXT, b"\xed\xa0\x80"))),
    "overlong": (PARTS, parts((TEXT, b"\xc0\xae"))),
    "bad name": (PARTS, parts((b'Content-Disposition: form-data; name="\xff"', b"a"))),
    "bad file name": (PARTS, parts((FILE.replace(b"a.txt", b"\xff"), b"a"))),
    "bad field": (FIELDS, b"noi-dung=%ff%fe"),
    "raw field": (FIELDS, b"noi-dung=\xff"),
    "bad field name": (FIELDS, b"%ff=a"),
    "surrogate field": (FIELDS, b"a=%ed%a0%80"),
    "_charset_": (PARTS, parts((b'Content-Disposition: form-data; name="_charset_"', b"utf-7"))),
    "_charset_ field": (FIELDS, b"_charset_=iso-8859-1&a=b"),
    "part": (PARTS, parts((TEXT + b"\r\nContent-Type: text/plain; charset=utf-16", b"a"))),
    "base64": (PARTS, parts((TEXT + b"\r\nContent-Transfer-Encoding: base64", b"YQ=="))),
    "file in base64": (PARTS, parts((FILE + b"\r\nContent-Transfer-Encoding: BASE64", b"YQ=="))),
    "quoted-printable": (PARTS, parts((TEXT + b"\r\nContent-Transfer-Encoding: quoted-printable", b"a"))),
}
FINE = {
    "utf-8": (f'{PARTS}; charset="UTF-8"', parts((TEXT, "ố".encode()))),
    "us-ascii": (f"{FIELDS}; charset=us-ascii", b"noi-dung=a"),
    "_charset_": (FIELDS, b"_charset_=UTF-8&noi-dung=%E1%BB%91"),
    "8bit": (PARTS, parts((TEXT + b"\r\nContent-Transfer-Encoding: 8bit", "ố".encode()))),
    "odd fields": (FIELDS, b"a=%&b=%z&=&&;%41=%"),
    "another kind": ("application/json", b"{}"),
    "no kind": (";;;=\xff", b"abc"),
}
BROKEN = {
    "no boundary": ("multipart/form-data", b"abc"),
    "empty boundary": ("multipart/form-data; boundary=", b"abc"),
    "long boundary": ("multipart/form-data; boundary=" + "x" * 500, b"abc"),
    "another boundary": (PARTS.replace("X", "Y"), parts((TEXT, b"a"))),
    "no name": (PARTS, parts((b"Content-Disposition: form-data", b"a"))),
    "no disposition": (PARTS, parts((b"X: a", b"a"))),
    "cut off": (PARTS, parts((TEXT, b"a"), (TEXT, b"b"))[:-4]),
    "cut off in a head": (PARTS, b"--X\r\nContent-Dis"),
    "fields of a part": (PARTS, parts((TEXT + b"".join(b"\r\nX-%d: a" % n for n in range(99)), b"a"))),
    "long field of a part": (PARTS, parts((TEXT + b"\r\nX: " + b"a" * 9_000, b"a"))),
    "a file where none belongs": (PARTS, parts((FILE, b"a"))),
    "many parts": (PARTS, parts(*((TEXT, b""),) * 1_001)),
    "heaps of marks": (FIELDS, b"noi-dung=a" + "\u0323\u0302".encode() * 150_000),  # took 70 seconds
    "a heap in a part": (PARTS, parts((TEXT, b"a" + "\u0323\u0302".encode() * 16))),
    "many fields": (FIELDS, b"a&" * 20_001),
}


@pytest.mark.parametrize(("kind", "body"), OTHER_CHARSETS.values(), ids=OTHER_CHARSETS.keys())
def test_another_charset(pages: Serving, kind: str, body: bytes) -> None:
    for path in (NEW, MEETINGS):
        answer = pages.said(posted(path, kind, body))
        if status_of(answer) == 400:  # a file where none belongs is refused before its charset
            assert (path, b"filename" in body) == (MEETINGS, True)
            continue
        assert status_of(answer) == 415
        assert "không dùng bảng mã UTF-8" in answer.decode()


@pytest.mark.parametrize(("kind", "body"), FINE.values(), ids=FINE.keys())
def test_forms_that_are_read(pages: Serving, kind: str, body: bytes) -> None:
    """As far as the page itself, which finds the day of no meeting in them."""
    assert pages.status(posted(MEETINGS, kind, body)) == 422


@pytest.mark.parametrize(("kind", "body"), BROKEN.values(), ids=BROKEN.keys())
def test_what_is_no_form(pages: Serving, kind: str, body: bytes) -> None:
    answer = pages.said(posted(MEETINGS, kind, body))
    assert status_of(answer) in (400, 413)
    assert "chưa có gì được lưu" in answer.decode()


def test_more_files_than_a_form_has(pages: Serving) -> None:
    assert pages.status(posted(NEW, PARTS, parts(*((FILE, b"a"),) * 21))) == 400


def addressed(route: APIRoute) -> str:
    return re.sub(r"{\w+}", "1", route.path)


@pytest.mark.parametrize("route", POSTS, ids=lambda route: route.path)
def test_every_post_has_its_limit(pages: Serving, route: APIRoute) -> None:
    """Found from the application: a new route has the small limit, or says another one beside it."""
    limits = limits_of(route)
    assert (limits != FormLimits()) == (route.path in LARGER or route.path.startswith(SMALLER))
    for size in {limits.size, LIMIT}:
        answer = pages.said(
            request(b"POST " + addressed(route).encode(), HOST, b"Content-Length: %d" % (size + 1))
        )
        assert status_of(answer) == 413
        assert "chưa có gì được lưu" in answer.decode()


def test_forms_are_read_in_one_place() -> None:
    """``Posted`` knows the limits; nobody else asks for a body."""
    readers = [
        f"{module.__name__}: {word}"
        for module in PAGES
        for word in (
            "request.form",
            "request.body",
            "request.stream",
            "request.json",
            "Form(",
            "File(",
            "Body(",
        )
        if word in inspect.getsource(module)
    ]
    assert readers == []


@pytest.mark.parametrize("announced", [True, False])
def test_text_has_a_limit_of_its_own_where_files_arrive(pages: Serving, announced: bool) -> None:
    body = parts((TEXT, b"a" * (5 * MEGABYTE)), (TEXT, b"a" * (5 * MEGABYTE)))
    whole = posted(NEW, PARTS, body)
    if not announced:
        head = f"POST {NEW}".encode(), HOST, f"Content-Type: {PARTS}".encode(), b"Transfer-Encoding: chunked"
        whole = request(*head, body=b"%x\r\n" % len(body) + body + b"\r\n0\r\n\r\n")
    assert pages.status(whole) == 413


def test_a_form_that_grows_beyond_its_limit(pages: Serving) -> None:
    head = b"POST /lich-hop", HOST, f"Content-Type: {FIELDS}".encode(), b"Transfer-Encoding: chunked"
    chunk = b"10000\r\n" + b"a" * 65_536 + b"\r\n"
    assert pages.status(request(*head, body=b"10002\r\na=" + b"a" * 65_536 + b"\r\n" + chunk * 20)) == 413


def test_nothing_is_left_of_forms(pages: Serving) -> None:
    """Whatever became of them, their room is free."""
    for kind, body in (*BROKEN.values(), *OTHER_CHARSETS.values()):
        pages.said(posted(MEETINGS, kind, body))
    both = parts((TEXT, b"a"), (FILE, b"b" * 99_999))  # which the page refuses after it has read the file
    assert pages.status(posted(NEW, PARTS, both)) == 422
    rooms: UnderWay = pages.app.state.under_way
    assert [room.taken for room in (rooms.text, rooms.arriving, rooms.in_hand)] == [0, 0, 0]


@pytest.fixture
def large_draft(migrated_sqlite_url: str) -> Iterator[tuple[Engine, int]]:
    engine = open_database(migrated_sqlite_url)
    with unit_of_work(engine) as session:
        document = Document(
            state=DocumentState.DRAFT, kind="thong-bao", draft={"text": "ố" * 500_000}, entered_at=ENTERED
        )
        session.add(document)
        session.flush()
        key = document.id or 0
    yield engine, key
    engine.dispose()


def test_a_draft_may_be_sent_four_times_over(large_draft: tuple[Engine, int]) -> None:
    engine, key = large_draft
    size = draft_size(engine, key)
    assert size == 1_500_012
    assert draft_size(engine, 99) == draft_size(engine, -1) == draft_size(engine, 2**80) == 0
    for path, most in ((f"/van-ban/{key}", 4 * size), ("/van-ban/99", MEGABYTE), ("/van-ban/x", MEGABYTE)):
        assert status_by(engine, path, most) == 200
        assert status_by(engine, path, most + 1) == 413


def status_by(engine: Engine, path: str, size: int) -> int:
    """What ``BodyLimit`` says to a form of ``size`` bytes that is announced at ``path``."""
    said: list[dict[str, Any]] = []

    async def fine(_scope: Any, _receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def send(message: Any) -> None:
        said.append(message)

    app = SimpleNamespace(state=SimpleNamespace(engine=engine))
    scope = {
        "type": "http", "method": "POST", "path": path, "app": app, "root_path": "",
        "headers": [(b"content-length", b"%d" % size)],
    }  # fmt: skip
    asyncio.run(BodyLimit(fine, POSTS)(scope, None, send))  # type: ignore[arg-type]
    return int(said[0]["status"])
