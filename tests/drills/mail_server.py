"""A mail server for drills, a process of its own: it can be slow, and it writes down what it has taken.

It takes a letter at the final dot, before it waits and answers: whoever is killed or cut off while it
waits has sent his letter all the same, which is the worse case.
"""

import json
import socket
from collections.abc import Callable
from email import message_from_bytes, policy
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Event, Thread
from typing import Any, NamedTuple

_END = b"\r\n.\r\n"
_ANSWERS = {b"EHLO": b"250 drill\r\n", b"DATA": b"354 go on\r\n", b"QUIT": b"221 bye\r\n"}
_PATIENCE = 60.0  # seconds


class Taken(NamedTuple):
    """One letter at its reader."""

    recipient: str
    message_id: str
    text: str


class Manner(NamedTuple):
    """How the server behaves: seconds for every letter, and for one letter to each of some readers."""

    latency: float = 0.0
    slow: dict[str, float] = {}


def until(look: Callable[[], Any], what: str, seconds: float = _PATIENCE) -> Any:
    """Look again and again until there is something; AssertionError with ``what`` after ``seconds``."""
    pause = Event()
    for _ in range(int(seconds / 0.02)):
        if found := look():
            return found
        pause.wait(0.02)
    raise AssertionError(f"{what}: not within {seconds} s")


class MailServer:
    """The running server; ``port`` on ``host``, ``taken()`` reads its book on the disk."""

    def __init__(self, folder: Path, host: str = "127.0.0.1") -> None:
        self.host, self.book = host, folder / "mail-server.jsonl"
        self.book.touch()
        self._pipe, there = get_context("spawn").Pipe()
        self._process = get_context("spawn").Process(target=_serve, args=(there, host, str(self.book)))
        self._process.start()
        self.port = int(self._pipe.recv())

    def behave(self, latency: float = 0.0, slow: dict[str, float] | None = None) -> None:
        """Take so many seconds for every letter; each reader of ``slow`` once so many instead."""
        self._pipe.send(Manner(latency, slow or {}))
        assert self._pipe.recv() == "so be it"

    def taken(self) -> list[Taken]:
        """Every letter that it has taken, oldest first."""
        lines = self.book.read_text(encoding="utf-8").split("\n")[:-1]
        return [Taken(*json.loads(line)) for line in lines]

    def await_letters(self, count: int, seconds: float = _PATIENCE) -> list[Taken]:
        """Until it has taken ``count`` letters in all."""
        until(lambda: self.book.read_bytes().count(b"\n") >= count, f"{count} letters", seconds)
        return self.taken()

    def await_reader(self, recipient: str, seconds: float = _PATIENCE) -> None:
        """Until it has a letter to ``recipient``; with ``slow`` it is waiting with it now."""
        sought = json.dumps(recipient).encode()
        until(lambda: sought in self.book.read_bytes(), f"a letter to {recipient}", seconds)

    def renew(self) -> None:
        """Forget all letters and manners: another office moves in."""
        self.behave()
        self.book.write_text("", encoding="utf-8")

    def stop(self) -> None:
        """End the process."""
        self._process.terminate()
        self._process.join()


def _serve(pipe: Connection, host: str, book: str) -> None:
    manner = [Manner()]
    with socket.create_server((host, 0)) as server:
        Thread(target=_accept, args=(server, Path(book), manner), daemon=True).start()
        pipe.send(server.getsockname()[1])
        while True:
            manner[0] = pipe.recv()
            pipe.send("so be it")


def _accept(server: socket.socket, book: Path, manner: list[Manner]) -> None:
    while True:
        Thread(target=_talk, args=(server.accept()[0], book, manner), daemon=True).start()


def _talk(line: socket.socket, book: Path, manner: list[Manner]) -> None:
    try:
        _converse(line, book, manner)
    except OSError:
        return  # whoever spoke to us is gone


def _converse(line: socket.socket, book: Path, manner: list[Manner]) -> None:
    line.sendall(b"220 drill\r\n")
    recipient, stream = "", line.makefile("rb")
    for command in stream:
        verb = command[:4].upper()
        line.sendall(_ANSWERS.get(verb, b"250 ok\r\n"))
        if verb == b"RCPT":
            recipient = command.partition(b"<")[2].partition(b">")[0].decode()
        elif verb == b"DATA":
            _take(stream, recipient, book)
            Event().wait(manner[0].slow.pop(recipient, manner[0].latency))
            line.sendall(b"250 taken\r\n")
        elif verb == b"QUIT":
            return


def _take(stream: Any, recipient: str, book: Path) -> None:
    found = bytearray()
    while not found.endswith(_END):
        piece = stream.read1(1 << 20)
        if not piece:  # cut off before the dot: nothing was taken
            raise ConnectionAbortedError
        found += piece
    letter = message_from_bytes(bytes(found), policy=policy.default)
    plain = letter.get_body(("plain",))
    words = [recipient, str(letter["Message-ID"]).strip(), plain.get_content() if plain else ""]
    with book.open("a", encoding="utf-8") as stream_out:
        stream_out.write(json.dumps(words) + "\n")
