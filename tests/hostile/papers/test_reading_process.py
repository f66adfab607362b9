"""A reader in a process of its own: whatever it does, one paper is refused and nothing is left of it."""

import json
import os
import select
import signal
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from config.agencies import load_register
from flows.actions.reading.apart.orders import Bounds
from flows.actions.reading.apart.reader import ReaderFault, Watch, read_apart
from flows.actions.reading.apart.warm import WarmZygote
from flows.actions.reading.read_conclusion import read_conclusion
from flows.formats.content import DocumentError
from rules.draft import Draft
from rules.people.registry import Registry
from rules.refusal import Refusal
from tests.hostile.papers.odd_reader import LIES

REGISTRY = Registry(load_register().bodies)
DOCUMENT = Path(__file__).parents[2] / "corpus" / "dev" / "001.txt"
TIGHT = Bounds(cpu_seconds=1, memory=200 << 20, file_bytes=8 << 20)
PATIENCE = 30_000  # ms; a test that works waits for none of them


class Unwanted(Exception):
    """Nobody waits any more."""


@pytest.fixture(scope="module")
def odd() -> Iterator[WarmZygote]:
    """One zygote for all of them: no deed of a reader harms the next."""
    zygote = WarmZygote([sys.executable, "-I", str(Path(__file__).with_name("odd_reader.py"))])
    yield zygote
    zygote.close()


def read(zygote: WarmZygote, deed: str, watch: Watch | None = None) -> Draft:
    """``deed`` done by a reader of ``zygote`` within tight bounds."""
    watch = replace(watch or Watch(bounds=TIGHT), zygote=zygote)
    return read_apart("a.txt", deed.encode(), REGISTRY, None, watch=watch)


def is_fresh(zygote: WarmZygote) -> bool:
    """Whether the next paper is read as if nothing had happened."""
    data = DOCUMENT.read_bytes()
    found = read_apart("a.txt", data, REGISTRY, None, watch=Watch(zygote=zygote))
    return found == read_conclusion("a.txt", data, REGISTRY, None)


@pytest.mark.parametrize(
    ("deed", "words"),
    [
        ("spin", "đọc quá lâu"),
        ("crash", "dừng đột ngột"),
        ("eat", "quá nhiều bộ nhớ"),
        ("shout", "quá lớn cho một dự thảo"),
        ("escape", "dừng đột ngột"),
    ],
)
def test_one_paper_is_refused_and_the_next_is_read(odd: WarmZygote, deed: str, words: str) -> None:
    with pytest.raises(DocumentError, match=f"Tệp “a.txt”.*{words}"):
        read(odd, deed)
    assert is_fresh(odd)


def test_a_file_that_grows_without_end_is_a_fault_of_one_paper(odd: WarmZygote) -> None:
    with pytest.raises((DocumentError, ReaderFault)):
        read(odd, "write")
    assert is_fresh(odd)


@pytest.mark.parametrize(("deed", "words"), [("fail", "nobody meant this"), ("leave", "without a word")])
def test_a_fault_of_the_program_is_none_of_the_paper(odd: WarmZygote, deed: str, words: str) -> None:
    with pytest.raises(ReaderFault, match=words):
        read(odd, deed)


@pytest.mark.parametrize("lie", LIES)
def test_a_reader_is_not_believed(odd: WarmZygote, lie: str) -> None:
    with pytest.raises(ReaderFault):
        read(odd, lie)


def test_what_a_reader_reports_is_clipped(odd: WarmZygote) -> None:
    heard: list[tuple[str, float]] = []
    with pytest.raises(Refusal):
        read(odd, "escape", Watch(lambda message, share: heard.append((message, share))))
    assert heard == [("[2J" + "ă" * 56 + "…", 1.0)]


class Hanging:
    """Hears of a reader that hangs: its id, that of the program it left, and its file."""

    def __init__(self) -> None:
        self.processes: list[int] = []
        self.file = ""

    def __call__(self, message: str, share: float) -> None:
        reader, program, self.file = message.split()
        self.handles = [os.pidfd_open(int(pid)) for pid in (reader, program)]
        self.processes = [int(reader), int(program)]

    def all_gone(self) -> bool:
        """Whether both are dead, and the file with its folder as well."""
        poller = select.poll()
        for handle in self.handles:
            poller.register(handle, select.POLLIN)
        while self.handles:
            dead = [fd for fd, _ in poller.poll(PATIENCE)]
            if not dead:
                return False
            for fd in dead:
                poller.unregister(fd)
                self.handles.remove(fd)
                os.close(fd)
        return True


@pytest.fixture
def hanging() -> Hanging:
    return Hanging()


def test_over_its_time_it_ends_with_all_that_it_started(odd: WarmZygote, hanging: Hanging) -> None:
    with pytest.raises(DocumentError, match="đọc quá lâu"):
        read(odd, "hang", Watch(hanging, bounds=replace(TIGHT, whole_seconds=0.5)))
    assert hanging.all_gone()
    assert not Path(hanging.file).parent.exists()


def test_in_silence_it_ends(odd: WarmZygote, hanging: Hanging) -> None:
    with pytest.raises(DocumentError, match="đọc quá lâu"):
        read(odd, "hang", Watch(hanging, bounds=replace(TIGHT, silent_seconds=0.5)))
    assert hanging.all_gone()


def test_unwanted_it_ends_and_another_goes_on(odd: WarmZygote, hanging: Hanging) -> None:
    def wanted() -> None:
        if hanging.processes:
            raise Unwanted

    with pytest.raises(Unwanted):
        read(odd, "hang", Watch(hanging, wanted, TIGHT))
    assert hanging.all_gone()
    assert is_fresh(odd)


def test_without_its_zygote_it_ends_and_there_is_another(odd: WarmZygote, hanging: Hanging) -> None:
    def kill(message: str, share: float) -> None:
        hanging(message, share)
        assert odd._process is not None
        os.kill(odd._process.pid, signal.SIGKILL)

    with pytest.raises(DocumentError, match="dừng đột ngột"):
        read(odd, "hang", Watch(kill))
    assert hanging.all_gone()
    assert is_fresh(odd)


def test_closing_ends_everything(hanging: Hanging, odd: WarmZygote) -> None:
    def close(message: str, share: float) -> None:
        hanging(message, share)
        odd.close()

    with pytest.raises(Refusal):
        read(odd, "hang", Watch(close))
    assert hanging.all_gone()
    assert not Path(hanging.file).parent.parent.exists()
    assert is_fresh(odd), "it may be asked again"


def test_no_password_reaches_a_reader(odd: WarmZygote, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DONDOC_SMTP_PASSWORD", "bí mật")
    odd.close()
    assert is_fresh(odd)
    assert odd._process is not None
    environment = Path(f"/proc/{odd._process.pid}/environ").read_bytes()
    assert b"SMTP_PASSWORD" not in environment
    assert b"PATH=" in environment


def test_a_name_that_is_no_text(odd: WarmZygote) -> None:
    """Linux gives files such names. Seen red: a traceback."""
    data = DOCUMENT.read_bytes()
    found = read_apart("\udcff.txt", data, REGISTRY, None, watch=Watch(zygote=odd))
    assert found == read_conclusion("a.txt", data, REGISTRY, None)


def test_one_form_there_and_back() -> None:
    """Every field of a draft survives the line, also those that no document of the corpus fills."""
    from flows.actions.reading.apart.orders import SAID, ReaderSaid

    draft = read_conclusion("a.txt", DOCUMENT.read_bytes(), REGISTRY, None)
    said = SAID.dump_json(ReaderSaid(draft=draft), exclude_defaults=True)
    assert SAID.validate_json(said).draft == draft
    assert json.loads(said).keys() == {"draft"}


def test_a_name_of_no_unicode_is_read_and_refused_like_any(odd: WarmZygote) -> None:
    """On a disk a name may hold any bytes; Python hands them on as halves of pairs."""
    read = read_apart("b\udcff\udcfe.txt", DOCUMENT.read_bytes(), REGISTRY, None, watch=Watch(zygote=odd))
    assert read.document.number
    with pytest.raises(DocumentError, match="không phải văn bản|bảng mã"):
        read_apart("b\udcff.txt", b"\xff\0\0", REGISTRY, None, watch=Watch(zygote=odd))
