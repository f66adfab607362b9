"""A stop ends everything within five seconds, also with LibreOffice at work: no process is left."""

import os
import select
import shutil
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.agencies import load_register
from flows.actions.people.import_register import import_register
from models.db import open_database
from tests.hostile.pages.served_pages import dondoc, served
from tests.installations import another_installation

STOP_SECONDS = 5
PATIENCE = 60.0
OLD_WORD = b"{\\rtf1 Giao S\\'f4 Y t\\'ea ra so\\'e1t.}"
HALF_A_FORM = (
    b"POST /van-ban/moi HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 99\r\n\r\nnoi-dung="
)
#: Hears no signal that can be ignored, and neither does what it leaves behind in a session of its own.
DEAF = """#!/bin/sh
trap '' TERM INT HUP
setsid sleep 600 &
echo $$ $! > {book}
sleep 600
"""

pytestmark = pytest.mark.crash


class Deaf:
    """A stand-in for LibreOffice; ``folder`` belongs into the path."""

    def __init__(self, folder: Path) -> None:
        self.folder, book = folder / "programs", folder / "book"
        self.folder.mkdir()
        program = self.folder / "soffice"
        program.write_text(DEAF.format(book=book))
        program.chmod(0o755)
        os.mkfifo(book)
        self._book = os.open(book, os.O_RDONLY | os.O_NONBLOCK)
        self._handles: list[int] = []

    def at_work(self) -> bool:
        """Wait until it is."""
        if not select.select([self._book], [], [], PATIENCE)[0]:
            return False
        self._handles = [os.pidfd_open(int(pid)) for pid in os.read(self._book, 100).split()]
        return len(self._handles) == 2

    def is_gone(self) -> bool:
        """Whether it and what it has left end within the time of a stop."""
        return all(select.select([handle], [], [], STOP_SECONDS)[0] for handle in self._handles)

    def close(self) -> None:
        for handle in (self._book, *self._handles):
            os.close(handle)


@pytest.fixture
def deaf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Deaf]:
    monkeypatch.setenv("TMPDIR", str(tmp_path))  # turns of this test alone, and its readers' files
    found = Deaf(tmp_path)
    monkeypatch.setenv("PATH", f"{found.folder}{os.pathsep}{os.environ['PATH']}")
    yield found
    found.close()


@pytest.fixture(scope="module")
def office(_migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with a register."""
    path = shutil.copyfile(_migrated_sqlite, tmp_path_factory.mktemp("stopping") / "office.db")
    engine = open_database(another_installation(f"sqlite:///{path}"))
    import_register(engine, load_register())
    engine.dispose()
    return path


def left_over(folder: Path) -> list[Path]:
    """What readers have left on the disk."""
    return list(folder.glob("dondoc-readers-*"))


def test_a_stop_of_the_pages(deaf: Deaf, office: Path, tmp_path: Path) -> None:
    with served(office) as pages:
        assert (pages.hand_in("cũ.rtf", OLD_WORD) or "").startswith("/van-ban/dang-doc/")
        assert deaf.at_work()
        assert pages.ask("GET", "/viec") == "200"
        with socket.create_connection(("127.0.0.1", pages.port)) as slow:
            slow.sendall(HALF_A_FORM)
            pages.process.terminate()
            pages.process.wait(STOP_SECONDS)
        assert deaf.is_gone()
    assert left_over(tmp_path) == []


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGKILL])
def test_a_stop_of_the_command(deaf: Deaf, office: Path, tmp_path: Path, sign: signal.Signals) -> None:
    file = tmp_path / "cũ.rtf"
    file.write_bytes(OLD_WORD)
    with dondoc("read", str(file), database=office) as process:
        assert deaf.at_work()
        process.send_signal(sign)
        process.wait(STOP_SECONDS)
        assert deaf.is_gone()
        assert process.stderr is not None
        assert b"Traceback" not in process.stderr.read()
