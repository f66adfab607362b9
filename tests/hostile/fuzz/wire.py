"""Bytes that are nearly HTTP, to the real server as an office starts it.

What must hold: no 5xx, the server lives and answers the next honest request at once, its log holds no
traceback and no line at level ERROR.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

from tests.hostile.fuzz.fuzzed_office import build, settle_in
from tests.hostile.fuzz.kinds import Try
from tests.hostile.fuzz.mutate import some_bytes
from tests.hostile.fuzz.watch import ROOT, end

_HONEST = (
    b"GET /viec HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAccept: text/html\r\nConnection: close\r\n\r\n",
    b"GET /static/dondoc.css HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nRange: bytes=0-9\r\nConnection: close\r\n\r\n",
    b"POST /lich-hop HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    b"Content-Length: 11\r\nConnection: close\r\n\r\nngay=1&b=%%41",
    b"POST /van-ban/moi HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\n\r\n7\r\nngay=1&\r\n0\r\n\r\n",
    b"GET /viec HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nExpect: 100-continue\r\nCookie: a=b\r\n\r\n",
)
_SPLICES = (
    b"\r\n", b"\n", b"\r", b"\0", b"Content-Length: 5\r\n", b"Content-Length: -1\r\n",
    b"Content-Length: 1e3\r\n", b"Transfer-Encoding: chunked\r\n", b"Transfer-Encoding: \x0bchunked\r\n",
    b"Host: evil.example\r\n", b" " * 300, b"X: " + b"y" * 70_000 + b"\r\n", b"X: y\r\n" * 3000,
    b"HTTP/9.9", b"HTTP/0.9", b"\xff\xfe", b"fffffffffffffffff\r\n", b"-1\r\n", b"0x10\r\n",
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", b"%00%ff",
    b"Expect: 200-ok\r\n", b"Connection: close, \0\r\n", b"GET /viec HTTP/1.1\r\nHost: a\r\n\r\n" * 50,
    b"://[", b"@",
)  # fmt: skip

_SILENCE = 0.3  # seconds


@contextmanager
def opened(folder: Path) -> Iterator[Try]:
    """The server in a process of its own."""
    settle_in(folder)
    build(folder).rename(folder / "office.db")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = folder / "server.log"
    command = [sys.executable, "-c", "from flows.cli import app; app()", "serve", "--port", str(port)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with log.open("wb") as kept:
        server = subprocess.Popen(command, cwd=folder, stdout=kept, stderr=kept, env=environment)
    try:
        _wait(port)
        yield lambda seed: _try(Random(seed), port, log)
    finally:
        end(server)


def _wait(port: int) -> None:
    for _ in range(600):
        if _lives(port, 2.0) is None:
            return
        time.sleep(0.1)
    raise RuntimeError("the server does not start")


def _lives(port: int, seconds: float) -> str | None:
    answer = _said(port, _HONEST[0] % port, seconds)
    return None if answer.startswith(b"HTTP/1.1 200") else f"an honest request got {answer[:60]!r}"


def _said(port: int, data: bytes, seconds: float) -> bytes:
    """What the server answers until it ends the line, or is silent for so long that it waits for more."""
    parts = []
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=seconds) as line:
            line.sendall(data)
            while part := line.recv(65536):
                parts.append(part)
    except OSError:
        pass
    return b"".join(parts)


def _try(random: Random, port: int, log: Path) -> str | None:
    before = log.stat().st_size
    data = random.choice(_HONEST) % port
    for _ in range(random.randint(1, 4)):
        at = random.randrange(len(data) + 1)
        if random.random() < 0.6:
            data = data[:at] + random.choice(_SPLICES) + data[at:]
        else:
            data = some_bytes(random, data, 2)
    answer = _said(port, data, _SILENCE)
    statuses = [part[:3] for part in answer.split(b"HTTP/1.1 ")[1:]]
    said = log.read_bytes()[before:]
    if any(status[:1] == b"5" for status in statuses):
        return f"answered {statuses} to {data[:300]!r}"
    if b"Traceback" in said or b"ERROR" in said or len(said) > 2000:
        return f"logged {said[-600:]!r} at {data[:300]!r}"
    wrong = _lives(port, 10.0)
    return f"{wrong} after {data[:300]!r}" if wrong else None
