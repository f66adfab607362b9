"""Requests made from the pages themselves: their routes, their forms and links, then bent by a seed."""

import re
from collections.abc import Callable, Mapping, Sequence
from random import Random
from urllib.parse import quote, quote_from_bytes, urlencode

import lxml.html

from tests.hostile.fuzz.asking import Asked
from tests.hostile.fuzz.mutate import some_bytes, some_text, word

HOST = (b"host", b"127.0.0.1:8000")
_METHODS = ("GET", "POST", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "get", "X" * 300)
_CHARSETS = (
    "utf-8",
    "latin-1",
    "utf-7",
    "utf-16",
    "undefined",
    "punycode",
    "unicode_escape",
    "zip",
    "x" * 200,
    "",
)
_HEADERS: Mapping[str, Sequence[str]] = {
    "origin": ("null", "http://127.0.0.1:8000", "http://evil.example", "http://[", "http://a:b:c", "\xff"),
    "host": ("", "evil.example", "127.0.0.1:99999999", "[::1", "127.0.0.1:8000\x00", "a@127.0.0.1"),
    "cookie": ("a=b", "=", ";" * 3000, "x=" + "y" * 9000, "\xff\xfe=\x00", "vai=van-phong"),
    "range": ("bytes=0-0", "bytes=-1", "bytes=9-1", "bytes=0-" + ",0-" * 900, "bytes=99999999999999999-"),
    "content-length": ("-1", "0", "99999999999999999999", "1e3", "+5", "5, 5", "x"),
    "transfer-encoding": ("chunked", "gzip, chunked", "x"),
    "if-none-match": ("*", '"' * 99, "W/"),
    "if-modified-since": ("0", "Thu, 99 Foo 99999 99:99:99 GMT", "\xff"),
    "accept-language": ("vi", "x" * 5000, "*;q=nan"),
    "sec-fetch-site": ("cross-site", "same-origin", "none", ""),
    "x-forwarded-for": ("1.2.3.4",),
    "content-type": ("application/json", "multipart/form-data", "x", "multipart/form-data; boundary=", ""),
    "referer": ("http://evil.example/\x00", "//", "http://["),
}  # fmt: skip


class Form:
    """A form as a page shows it: where it goes, and its fields with what stands in them."""

    def __init__(self, element: lxml.html.FormElement, page: str) -> None:
        self.method = (element.get("method") or "get").upper()
        self.action = element.get("action") or page
        self.fields: list[tuple[str, str]] = []
        self.files: list[str] = []
        for one in element.inputs:
            name = one.get("name")
            if name and one.get("type") == "file":
                self.files.append(name)
            elif name:
                self.fields.append((name, _standing(one)))


def _standing(one: lxml.html.HtmlElement) -> str:
    value = one.get("value") if one.tag == "input" else getattr(one, "value", None)
    if isinstance(value, str):
        return value
    options = [option.get("value", "") for option in one.iter("option")] if one.tag == "select" else []
    return options[-1] if options else ""


class Requests:
    """Makes a request from a seed's random source. ``routes``: (method, path with {names})."""

    def __init__(self, routes: Sequence[tuple[str, str]], pages: Mapping[str, str]) -> None:
        self.routes, self.forms, self.links = routes, [], []
        names: set[str] = set()
        for page, html in pages.items():
            tree = lxml.html.fromstring(html)
            self.forms += [Form(one, page) for one in tree.forms]
            self.links += [link for link in tree.xpath("//a/@href") if link.startswith(("/", "?"))]
        for form in self.forms:
            names.update(name for name, _ in form.fields)
        self.names = sorted(names)

    def make(self, random: Random) -> Asked:
        """One request: a form that is sent, a link that is followed, or a route out of the blue."""
        makers: Sequence[Callable[[Random], Asked]] = (self._form, self._form, self._link, self._route)
        asked = random.choice(makers)(random)
        for _ in range(random.choice((0, 0, 0, 1, 1, 3))):
            _bend(random, asked)
        return asked

    def _form(self, random: Random) -> Asked:
        form = random.choice(self.forms)
        fields = [(name, _changed(random, value)) for name, value in form.fields if random.random() > 0.05]
        for _ in range(random.choice((0, 0, 0, 1, 30))):
            fields.append((random.choice(self.names), word(random)))
        if form.method == "GET":
            target = form.action.partition("?")[0] + "?" + _query(fields)
            return Asked("GET", target, [HOST])
        if form.files and random.random() < 0.7:
            return _multipart(random, form, fields)
        body = _query(fields).encode()
        return Asked(
            "POST", form.action, [HOST, (b"content-type", b"application/x-www-form-urlencoded")], body
        )

    def _link(self, random: Random) -> Asked:
        path, mark, query = random.choice(self.links).partition("?")
        pairs = [part.partition("=")[::2] for part in query.partition("#")[0].split("&") if part]
        more = [(name, _changed(random, value)) for name, value in pairs]
        if random.random() < 0.2:
            more.append((random.choice(self.names), word(random)))
        return Asked("GET", (path or "/viec") + (mark or "?") + _query(more), [HOST])

    def _route(self, random: Random) -> Asked:
        method, path = random.choice(self.routes)
        target = re.sub(r"{\w+}", lambda _: _segment(random), path)
        fields = [(random.choice(self.names), word(random)) for _ in range(random.choice((0, 1, 4, 200)))]
        if method == "GET":
            return Asked(method, target + "?" + _query(fields), [HOST])
        kind = (b"content-type", b"application/x-www-form-urlencoded")
        return Asked(method, target, [HOST, kind], _query(fields).encode())


def _changed(random: Random, value: str) -> str:
    match random.randrange(8):
        case 0:
            return word(random)
        case 1:
            return some_text(random, value or "x", 3)
        case 2:
            return value.replace("\n", "\r\n")
    return value


def _segment(random: Random) -> str:
    if random.random() < 0.4:
        return random.choice(("1", "2", "3", "GN-0001", "GN-0002", "0", "-1", "khong-co", "999999"))
    if random.random() < 0.2:
        return random.choice(
            ("%00", "%ff", "%c0%af", "..", "%2e%2e%2f", "%", "%zz", "%0d%0aX:1", "%F0%9F%98%80", "")
        )
    return quote_from_bytes(word(random).encode("utf-8", "surrogatepass"), safe="")


def _query(fields: Sequence[tuple[str, str]]) -> str:
    return urlencode(
        [(name.encode(), value.encode("utf-8", "surrogatepass")) for name, value in fields], quote_via=quote
    )


def _multipart(random: Random, form: Form, fields: Sequence[tuple[str, str]]) -> Asked:
    boundary, charset = b"Xx", random.choice(_CHARSETS) if random.random() < 0.3 else ""
    parts = [_part(name.encode(), b"", value.encode("utf-8", "surrogatepass")) for name, value in fields]
    for name in form.files * random.choice((1, 1, 2, 25)):
        file = random.choice(
            (b"a.txt", b"a.docx", b"a.pdf", b"../x", b"", b"x" * 300 + b".txt", "ạ.png".encode())
        )
        data = random.choice((b"", b"%PDF-1.7\n%%EOF", b"PK\x03\x04", b"abc\n" * 30, random.randbytes(60)))
        parts.append(_part(name.encode(), b'; filename="' + file + b'"', data))
    body = b"".join(b"--" + boundary + b"\r\n" + part for part in parts) + b"--" + boundary + b"--\r\n"
    if random.random() < 0.2:
        body = some_bytes(random, body, 3)
    kind = (
        b"multipart/form-data; boundary=" + boundary + (f"; charset={charset}".encode() if charset else b"")
    )
    return Asked("POST", form.action, [HOST, (b"content-type", kind)], body)


def _part(name: bytes, more: bytes, value: bytes) -> bytes:
    return b'Content-Disposition: form-data; name="' + name + b'"' + more + b"\r\n\r\n" + value + b"\r\n"


def _bend(random: Random, asked: Asked) -> None:
    """One thing of the request made strange."""
    match random.randrange(5):
        case 0:
            asked.method = random.choice(_METHODS)
        case 1 if asked.body:
            asked.body = some_bytes(random, asked.body, 4)
        case 2:
            asked.body = random.choice(
                (b"", b"{}", b"a=%zz&b=%ff%fe", b"\xff" * 200, b"a=b&" * 2000, b"=" * 500)
            )
        case _:
            name = random.choice(sorted(_HEADERS))
            value = random.choice(_HEADERS[name]).encode("latin-1")
            kept = [one for one in asked.headers if one[0] != name.encode() or random.random() < 0.3]
            asked.headers = [*kept, (name.encode(), value)]
