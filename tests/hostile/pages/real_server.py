"""The pages behind real sockets on loopback, with uvicorn's settings of ``dondoc serve``, and their log."""

import logging
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from flows.actions.office import this_office
from flows.terminal.page_server import serving
from models.db import open_database
from tests.installations import another_installation
from web.app import create_app
from web.door.line import Line
from web.door.line_clock import LineLimits

PATIENCE = 30.0  # seconds; a test that works waits for none of them


class Log(logging.Handler):
    """What the server writes into its log."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []
        self.setFormatter(logging.Formatter("%(levelname)s %(message)s"))

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(self.format(record))


@dataclass
class Serving:
    """A server that runs in a thread of its own."""

    port: int
    server: uvicorn.Server
    app: Any
    log: Log = field(default_factory=Log)

    def line(self, source: str = "127.0.0.1") -> socket.socket:
        """An open line from ``source``, an address of loopback."""
        return socket.create_connection(("127.0.0.1", self.port), PATIENCE, source_address=(source, 0))

    def said(self, *pieces: bytes) -> bytes:
        """All that the server answers to ``pieces`` until it ends the line."""
        with self.line() as line:
            with suppress(ConnectionError):  # it has heard enough
                for piece in pieces:
                    line.sendall(piece)
            return all_of(line)

    def status(self, *pieces: bytes) -> int:
        """The status of the first answer to ``pieces``; 0 for a line that is ended without a word."""
        return status_of(self.said(*pieces))


def all_of(line: socket.socket) -> bytes:
    """What comes until the other end closes, however it does that."""
    found = b""
    try:
        while piece := line.recv(65_536):
            found += piece
    except ConnectionError:
        pass
    return found


def status_of(answer: bytes) -> int:
    """The status of an answer; 0 if it is none."""
    return int(answer[9:12]) if answer.startswith(b"HTTP/1.1 ") else 0


@contextmanager
def running(app: Any, limits: LineLimits | None = None, **more: Any) -> Iterator[Serving]:
    """``app`` served as ``dondoc serve`` serves it, at a port that is free."""
    protocol: Any = partial(Line, limits=limits) if limits else Line
    options = serving(0) | {"app": app, "factory": False, "http": protocol, "log_config": None} | more
    with socket.create_server(("127.0.0.1", 0), backlog=128) as listener:
        server = uvicorn.Server(uvicorn.Config(**options))
        found = Serving(listener.getsockname()[1], server, app)
        loggers = [logging.getLogger(name) for name in ("uvicorn.error", "asyncio", "python_multipart")]
        for one in loggers:
            one.addHandler(found.log)
        thread = threading.Thread(target=server.run, args=([listener],))
        thread.start()
        try:
            yield found
        finally:
            server.should_exit = True
            thread.join(PATIENCE)
            for one in loggers:
                one.removeHandler(found.log)


@pytest.fixture(scope="module")
def pages(_migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """The pages of an empty office, one server for the tests of a module; its log stays empty."""
    path = shutil.copyfile(_migrated_sqlite, tmp_path_factory.mktemp("served") / "office.db")
    engine = open_database(another_installation(f"sqlite:///{path}"))
    with running(create_app(engine, this_office())) as found:
        yield found
    engine.dispose()
    said = found.log.said
    assert not said, "\n".join(said)


HOST = b"Host: 127.0.0.1"
CLOSE = b"Connection: close"


def request(first: bytes, *fields: bytes, body: bytes = b"") -> bytes:
    """A request of ``first`` (without its version) with exactly these fields."""
    return b"\r\n".join((first + b" HTTP/1.1", *fields, b"", body))


def posted(path: str, kind: str, body: bytes, *fields: bytes) -> bytes:
    """A POST of ``body`` as a browser sends it, after which the line is closed."""
    head = (HOST, CLOSE, f"Content-Type: {kind}".encode(), b"Content-Length: %d" % len(body))
    return request(f"POST {path}".encode(), *head, *fields, body=body)
