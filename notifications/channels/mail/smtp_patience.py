"""How long one letter may take, all its steps together: a server that drips must not hold the others.

The time-out of a socket begins anew with every byte, and smtplib asks for lines without end.
"""

import smtplib
import socket
import ssl
from time import monotonic
from typing import Any

STEPS = 3  # a letter may take this many time-outs until its final dot; the answer to that, one more


class Patience:
    """What is left of a letter's time."""

    def __init__(self, step: float, steps: int = STEPS) -> None:
        self._step, self._until = step, monotonic() + step * steps

    def left(self) -> float:
        """Seconds that the next wait may take; TimeoutError when the time is up."""
        left = min(self._step, self._until - monotonic())
        if left <= 0:
            raise TimeoutError("the letter's time is up")
        return left

    def once_more(self) -> "Patience":
        """One whole time-out, however much was used up: for the answer that must not be missed."""
        return Patience(self._step, 1)


class _Replies:
    """What smtplib reads lines from, each wait within the patience of the moment."""

    def __init__(self, owner: "PatientSmtp", sock: socket.socket) -> None:
        self._owner, self._sock, self._kept = owner, sock, b""

    def readline(self, limit: int) -> bytes:
        """As a file's: a line, or ``limit`` bytes, or what came before the end."""
        while b"\n" not in self._kept and len(self._kept) < limit:
            self._sock.settimeout(self._owner.patience.left())
            more = self._sock.recv(4096)
            if not more:
                break
            self._kept += more
        end = min(self._kept.find(b"\n") + 1 or limit, limit)
        line, self._kept = self._kept[:end], self._kept[end:]
        return line

    def close(self) -> None:
        """Nothing to give back: the socket is smtplib's."""


class PatientSmtp(smtplib.SMTP):
    """smtplib's client, with ``patience`` to be replaced for each letter."""

    def __init__(self, host: str, port: int, name: str, patience: Patience, **more: Any) -> None:
        self.patience = patience
        super().__init__(host, port, name, **more)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        sock: socket.socket = super()._get_socket(host, port, self.patience.left())  # type: ignore[misc]
        return sock

    def send(self, s: Any) -> None:
        if self.sock is not None:
            self.sock.settimeout(self.patience.left())
        super().send(s)

    def getreply(self) -> tuple[int, bytes]:
        if self.file is None and self.sock is not None:
            self.file = _Replies(self, self.sock)
        return super().getreply()


class PatientSmtpTls(PatientSmtp, smtplib.SMTP_SSL):
    """The same, speaking TLS from the start."""

    def __init__(self, host: str, port: int, name: str, patience: Patience, context: ssl.SSLContext) -> None:
        super().__init__(host, port, name, patience, context=context)
