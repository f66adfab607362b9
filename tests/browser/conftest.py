"""A real server on loopback and a real browser; both belong to the test."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from config.agencies import load_register
from flows.actions.installation.instant import advance
from flows.actions.people.import_register import import_register
from models.db import open_database
from tests.installations import another_installation
from tests.web.conftest import NOW

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
    # Whatever a page of somebody else asks for, nothing leaves this machine.
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1",
]  # fmt: skip


@pytest.fixture(scope="module")
def site(_migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the pages, served by uvicorn as an office would."""
    path = shutil.copyfile(_migrated_sqlite, tmp_path_factory.mktemp("site") / "office.db")
    engine = open_database(another_installation(f"sqlite:///{path}"))
    import_register(engine, load_register())
    advance(engine, NOW)
    engine.dispose()
    with served(path) as address:
        yield address


@contextmanager
def served(path: Path) -> Iterator[str]:
    """The address of the pages of the database in ``path``, as long as the test needs them."""
    # All copies of the migrated database have one secret: each keeps its witness beside itself.
    own = {"DONDOC_DATABASE_URL": f"sqlite:///{path}", "DONDOC_WITNESS_FOLDER": ""}
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-c", f"from web.serve import serve; serve({port})"]
    server = subprocess.Popen(command, env={**os.environ, **own})
    try:
        yield when_open(f"http://127.0.0.1:{port}", "/viec", server)
    finally:
        server.terminate()
        server.wait(10)


def when_open(address: str, page: str, server: subprocess.Popen[bytes]) -> str:
    """The address, once ``server`` answers there."""
    for _ in range(900):  # a busy machine starts slowly
        assert server.poll() is None, "the server has ended"
        try:
            urllib.request.urlopen(address + page, timeout=5).close()
        except OSError:
            time.sleep(0.1)
        else:
            return address
    raise AssertionError("the server did not open")


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    """Chromium, from the path or as Playwright installed it."""
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    with playwright.sync_playwright() as driver:
        program = (
            shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
        )
        try:
            opened = driver.chromium.launch(executable_path=program, args=FLAGS)
        except playwright.Error as error:
            pytest.skip(f"NO BROWSER, the pages were not tried in one: {error.message.splitlines()[0]}")
        yield opened
        opened.close()
