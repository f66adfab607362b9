"""What travels between the office and its readers: frames of bytes, each with its length before it.

Nothing is unpickled on either side. Whoever receives says how much it takes: a reader that a
stranger's file has turned may send what it likes, and is cut off.
"""

import struct
from collections.abc import Callable
from socket import socket

_LENGTH = struct.Struct(">I")
_PIECE = 1 << 16


class LineCut(Exception):
    """The other side is gone in the middle of things."""


class TooMuch(Exception):
    """The other side says more than is listened to."""


def send_frame(line: socket, *pieces: bytes) -> None:
    """One frame of all ``pieces``. Raises OSError."""
    line.sendall(_LENGTH.pack(sum(map(len, pieces))))
    for piece in pieces:
        line.sendall(piece)


class Listener:
    """Takes frames from a line, at most ``most`` bytes in all.

    ``idle`` is called whenever the line's own timeout passes in silence; what it raises ends the listening.
    """

    def __init__(self, line: socket, most: int, idle: Callable[[], None] | None = None) -> None:
        self._line, self._left, self._idle = line, most, idle

    def frame(self) -> bytes | None:
        """The next frame; None where the other side has ended between two. Raises LineCut, TooMuch."""
        head = self._exactly(_LENGTH.size, may_end=True)
        if head is None:
            return None
        return self._exactly(_LENGTH.unpack(head)[0])

    def needed(self) -> bytes:
        """The next frame. Raises LineCut where there is none, TooMuch."""
        found = self.frame()
        if found is None:
            raise LineCut
        return found

    def _exactly(self, count: int, may_end: bool = False) -> bytes | None:
        self._left -= count
        if self._left < 0:
            raise TooMuch
        taken = bytearray()
        while len(taken) < count:
            piece = self._piece(min(count - len(taken), _PIECE))
            if not piece:
                if may_end and not taken:
                    return None
                raise LineCut
            taken += piece
        return bytes(taken)

    def _piece(self, most: int) -> bytes:
        while True:
            try:
                return self._line.recv(most)
            except TimeoutError:
                if self._idle is None:
                    raise LineCut from None
                self._idle()
            except OSError as error:
                raise LineCut from error
