"""Programs that want the whole machine run one at a time, and whoever waits is asked whether to go on."""

import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

from flows.actions.reading.read_document import DocumentError, read_document
from flows.formats import ocr, pdf, turns
from tests.flows.formats.image_files import png
from tests.flows.formats.pdf_files import scanned_pdf, text_pdf

LONG = 30.0
PICTURE = png(1, 1, b"\x00")


@pytest.fixture(autouse=True)
def _own_turns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not those of the machine, on which other tests are recognising."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    for module in (ocr, pdf):
        monkeypatch.setattr(module, "has_tesseract", lambda: True)


class Recogniser:
    """Stands in for tesseract: counts how many are at work, waits for ``go`` in the first page it gets."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.go, self.begun, self.now, self.most = Event(), Event(), 0, 0
        for module in (ocr, pdf):
            monkeypatch.setattr(module, "recognised", self)

    def __call__(self, *_: object) -> str:
        self.now += 1
        self.most = max(self.most, self.now)
        self.begun.set()
        assert self.go.wait(LONG)
        self.now -= 1
        return "Giao Sở Y tế rà soát."


@pytest.mark.parametrize("kind", ["a.png", "a.pdf"])
def test_one_document_is_recognised_at_a_time(monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    data = PICTURE if kind == "a.png" else scanned_pdf(text_pdf([["x"]]))
    recogniser, waits = Recogniser(monkeypatch), Event()

    def report(message: str, share: float) -> None:
        assert recogniser.go.is_set() or message == "Đang chờ nhận dạng xong tệp khác"
        waits.set()

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(read_document, "a.png", PICTURE)
        assert recogniser.begun.wait(LONG)
        second = pool.submit(read_document, kind, data, report)
        assert waits.wait(LONG)
        recogniser.go.set()
        assert first.result(LONG) == second.result(LONG) == "Giao Sở Y tế rà soát."
    assert recogniser.most == 1


def test_who_waits_may_give_up(monkeypatch: pytest.MonkeyPatch) -> None:
    recogniser = Recogniser(monkeypatch)

    def stop(message: str, share: float) -> None:
        raise InterruptedError(message)

    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(read_document, "a.png", PICTURE)
        assert recogniser.begun.wait(LONG)
        with pytest.raises(InterruptedError, match="Đang chờ"):
            read_document("b.png", PICTURE, stop)
        recogniser.go.set()
        assert first.result(LONG)


def test_waiting_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    recogniser = Recogniser(monkeypatch)
    monkeypatch.setattr(turns, "_LOOK_SECONDS", 0.02)
    monkeypatch.setattr(ocr, "_WAIT_SECONDS", 0.1)
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(read_document, "a.png", PICTURE)
        assert recogniser.begun.wait(LONG)
        with pytest.raises(DocumentError, match="“b.png”: máy chủ đang nhận dạng tệp khác, hãy thử lại sau"):
            read_document("b.png", PICTURE)
        recogniser.go.set()
        assert first.result(LONG)
