"""A mail server on loopback that answers each verb as it is told: for what a well-made server never says."""

import select
import socketserver
import threading
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from types import TracebackType
from typing import Self


class Mishap(Enum):
    """What a server may do instead of answering."""

    SILENT = auto()  # keeps the line open, says nothing
    CUT = auto()  # hangs up


@dataclass(frozen=True, slots=True)
class Drip:
    """This piece again and again, a little apart: each comes long before any time-out."""

    piece: str
    pause: float = 0.05  # seconds
    times: int = 400


Answer = str | Mishap | Drip
_USUAL = {"CONNECT": "220 script.example ESMTP", "DATA": "354 go on", "AUTH": "235 2.7.0 welcome"}


class SmtpScript:
    """``with SmtpScript({"RCPT": "550 5.1.1 unknown"}) as server:`` then send to ``host``, ``port``.

    Verbs as the client says them, and CONNECT (the greeting) and END (after the content). Several lines
    of one answer are joined by a line break, each with its code. ``count`` tells how often each verb
    came, ``letters`` how many contents were taken with 250. ``answers`` may be changed at any time.
    """

    host = "127.0.0.1"

    def __init__(self, answers: Mapping[str, Answer] | None = None, features: tuple[str, ...] = ()) -> None:
        self.answers: dict[str, Answer] = dict(answers or {})
        self.features = features
        self.count: Counter[str] = Counter()
        self.letters = self.dripped = self.port = 0
        self._server: _Server | None = None

    def __enter__(self) -> Self:
        self._server = _Server(self)
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()

    def usual(self, verb: str) -> str:
        """What a server in good health says."""
        if verb == "EHLO" and self.features:
            return "\n".join(["250-script.example", *(f"250-{one}" for one in self.features), "250 HELP"])
        return _USUAL.get(verb, "250 2.0.0 fine")


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, script: SmtpScript) -> None:
        self.script = script
        super().__init__((SmtpScript.host, 0), _Talk)


class _Talk(socketserver.StreamRequestHandler):
    server: _Server
    disable_nagle_algorithm = True

    def handle(self) -> None:
        try:
            self._converse()
        except ConnectionError:
            return  # the client hung up first

    def _converse(self) -> None:
        goes_on = self._answer("CONNECT")
        while goes_on and (line := self.rfile.readline()):
            verb = line.decode("ascii", "replace").strip().partition(" ")[0].partition(":")[0].upper()
            goes_on = self._answer(verb) and verb != "QUIT"
            if verb == "DATA" and goes_on and self._said.startswith("354"):
                while (line := self.rfile.readline()) and line != b".\r\n":
                    pass
                goes_on = self._answer("END")

    def _answer(self, verb: str) -> bool:
        """Say it, or do something else; False when the talk is over."""
        script, self._said = self.server.script, ""
        script.count[verb] += 1
        answer = script.answers.get(verb, script.usual(verb))
        if isinstance(answer, Mishap):
            while answer is Mishap.SILENT and self.rfile.readline():
                pass
            return False
        if isinstance(answer, Drip):
            self._drip(answer)
            return False
        self._said = answer
        script.letters += verb == "END" and answer.startswith("250")
        self.wfile.write(answer.replace("\n", "\r\n").encode() + b"\r\n")
        return True

    def _drip(self, drip: Drip) -> None:
        for _ in range(drip.times):
            self.wfile.write(drip.piece.encode())
            self.server.script.dripped += 1
            if select.select([self.connection], [], [], drip.pause)[0]:
                return
