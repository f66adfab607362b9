"""The real ``dondoc serve`` in a process of its own, for tests that signal it, and a client of it."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode

from tests.checkout import ROOT
from tests.drills.mail_server import until

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def dondoc(*words: str, database: Path, **more: str) -> subprocess.Popen[bytes]:
    """A command of the office in ``database``; ``more`` is its environment."""
    own = {"DONDOC_DATABASE_URL": f"sqlite:///{database}", "DONDOC_WITNESS_FOLDER": "", **more}
    return subprocess.Popen(
        [sys.executable, "-m", "flows.cli", *words],
        cwd=ROOT,
        env={**os.environ, **own},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


@dataclass(frozen=True, slots=True)
class Served:
    """The pages, listening."""

    process: subprocess.Popen[bytes]
    port: int

    def ask(self, method: str, path: str, body: bytes = b"", kind: Mapping[str, str] = FORM) -> str | None:
        """Where the answer leads (or its status); None when the server is gone."""
        line = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            line.request(method, path, body or None, dict(kind) if body else {})
            answer = line.getresponse()
            answer.read()
            return answer.headers.get("Location") or str(answer.status)
        except (OSError, HTTPException):
            return None
        finally:
            line.close()

    def post(self, path: str, **fields: str) -> str | None:
        """A form without files; ``_`` in a name is a hyphen."""
        typed = {name.replace("_", "-"): value for name, value in fields.items()}
        return self.ask("POST", path, urlencode(typed).encode())

    def hand_in(self, name: str, data: bytes) -> str | None:
        """A file for a new document."""
        head = f'--x\r\nContent-Disposition: form-data; name="tep"; filename="{name}"\r\n\r\n'
        body = head.encode() + data + b"\r\n--x--\r\n"
        return self.ask("POST", "/van-ban/moi", body, {"Content-Type": "multipart/form-data; boundary=x"})


@contextmanager
def served(database: Path, **environment: str) -> Iterator[Served]:
    """The pages of ``database`` as long as the test needs them; what is left is killed."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with dondoc("serve", "--port", str(port), database=database, **environment) as process:
        try:
            found = Served(process, port)
            until(
                lambda: process.poll() is not None or found.ask("GET", "/static/dondoc.css"), "open pages", 60
            )
            assert process.poll() is None, process.stderr and process.stderr.read().decode()
            yield found
        finally:
            process.kill()
