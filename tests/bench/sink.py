"""An SMTP server that costs next to nothing: what is measured beside it is not it.

The sandbox's server parses every letter and aiosmtpd reads one line at a time, both on a core that the
database wants too. This one answers each command and takes the content in large pieces.
"""

import socket
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from multiprocessing import get_context
from multiprocessing.connection import Connection
from threading import Thread
from time import perf_counter, sleep
from typing import Any

Mails = Counter[str]
_END = b"\r\n.\r\n"
_ANSWERS = {b"EHLO": b"250 sink\r\n", b"DATA": b"354 go on\r\n", b"QUIT": b"221 bye\r\n"}


@contextmanager
def mail_server() -> Iterator[tuple[str, int, Any]]:
    """Host, port, and a function that tells who got how many mails; the server is a process of its own."""
    here, there = get_context("spawn").Pipe()
    process = get_context("spawn").Process(target=_serve, args=(there,))
    process.start()

    def mails() -> Mails:
        here.send("tell")
        told: Mails = here.recv()
        return told

    try:
        host, port = here.recv()
        yield host, port, mails
    finally:
        process.terminate()
        process.join()


@contextmanager
def slow_mail_server(latency: float) -> Iterator[tuple[str, int, Callable[[], list[float]]]]:
    """The same, but each letter is answered after ``latency`` seconds; tells when each was taken (s)."""
    here, there = get_context("spawn").Pipe()
    process = get_context("spawn").Process(target=_serve, args=(there, latency))
    process.start()

    def moments() -> list[float]:
        here.send("when")
        told: list[float] = here.recv()
        return told

    try:
        host, port = here.recv()
        yield host, port, moments
    finally:
        process.terminate()
        process.join()


def _serve(pipe: Connection, latency: float = 0.0) -> None:
    kept: list[tuple[bytes, bytes]] = []
    taken: list[float] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        Thread(target=_accept, args=(server, kept, taken, latency), daemon=True).start()
        pipe.send(server.getsockname()[:2])
        while True:  # until we are ended
            pipe.send(_counted(kept) if pipe.recv() == "tell" else list(taken))


def _accept(
    server: socket.socket, kept: list[tuple[bytes, bytes]], taken: list[float], latency: float
) -> None:
    while True:
        given = (server.accept()[0], kept, taken, latency)
        Thread(target=_talk, args=given, daemon=True).start()


def _talk(line: socket.socket, kept: list[tuple[bytes, bytes]], taken: list[float], latency: float) -> None:
    line.sendall(b"220 sink\r\n")
    recipient, stream = b"", line.makefile("rb")
    for command in stream:
        verb = command[:4].upper()
        line.sendall(_ANSWERS.get(verb, b"250 ok\r\n"))
        if verb == b"RCPT":
            recipient = command
        elif verb == b"DATA":
            kept.append((recipient, _content(stream)))
            if latency:
                sleep(latency)
            taken.append(perf_counter())
            line.sendall(b"250 taken\r\n")
        elif verb == b"QUIT":
            return


def _content(stream: Any) -> bytes:
    """Up to the dot that stands alone; the client waits for our answer then, so nothing comes after it."""
    found = bytearray()
    while not found.endswith(_END):
        found += stream.read1(1 << 20)
    return bytes(found)


def _counted(kept: list[tuple[bytes, bytes]]) -> Mails:
    found: Mails = Counter()
    for recipient, content in kept:
        found[recipient.partition(b"<")[2].partition(b">")[0].decode()] += 1
        kinds = {part.get_content_type() for part in message_from_bytes(content).walk()}
        found["without text and HTML"] += not {"text/plain", "text/html"} <= kinds
    return found
