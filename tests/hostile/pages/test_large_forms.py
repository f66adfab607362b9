"""A large form is looked at beside the event loop, and nothing in it is free."""

from threading import current_thread
from urllib.parse import unquote_plus

import pytest

from tests.hostile.pages.real_server import Serving, posted
from tests.hostile.pages.real_server import pages as pages
from tests.hostile.pages.test_http_forms import FIELDS, FILE, NEW, PARTS, TEXT, parts
from web.forms import form_reading
from web.forms.form_reading import _SPOOLED, _unquoted


def test_empty_fields_count_too(pages: Serving) -> None:
    """Seen red: eight megabytes of them kept the event loop busy for as long as they came."""
    assert pages.status(posted(NEW, FIELDS, b"&" * 100 + b"noi-dung=")) == 422
    assert pages.status(posted(NEW, FIELDS, b"&" * 30_000)) == 400


def test_a_large_text_is_looked_at_beside_the_loop(pages: Serving, monkeypatch: pytest.MonkeyPatch) -> None:
    """Seen red: the pages stood still for as long as the marks of a part were looked for."""
    threads: list[str] = []
    look = form_reading.decoded
    monkeypatch.setattr(
        form_reading, "decoded", lambda data: threads.append(current_thread().name) or look(data)
    )
    text = b"a" * _SPOOLED + "a\u0301".encode()
    assert pages.status(posted(NEW, PARTS, parts((TEXT, text), (FILE, b"a")))) == 422
    assert any(name.startswith("AnyIO worker") for name in threads)
    heap = text + "\u0301".encode() * 40
    assert pages.status(posted(NEW, PARTS, parts((TEXT, heap)))) == 400
    assert pages.status(posted(NEW, PARTS, parts((TEXT, text + b"\xff")))) == 415


@pytest.mark.parametrize("text", ["a b", "+%41%", "%E1%BB%91%zz%", "&%26=%3D", "x%0", "%%%41%4"])
def test_large_values_are_decoded_like_small_ones(text: str) -> None:
    """Wherever a slice ends."""
    for before in range(3):
        whole = b"-" * before + text.encode() * (2 * _SPOOLED // len(text))
        assert _unquoted(whole) == unquote_plus(whole.decode())
