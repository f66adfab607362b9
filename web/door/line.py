"""One connection to the pages: uvicorn's protocol with a clock, a door and no word too much in the log.

uvicorn has no time limit for a head or a body, counts no connections per address, and writes a warning or a
traceback for what any stranger can send. Decision 0014 says why this stands here and not before the server.
"""

import asyncio
import struct
from collections.abc import Hashable
from socket import SO_LINGER, SOL_SOCKET
from typing import Any, cast
from weakref import WeakKeyDictionary

import h11
from uvicorn._types import (
    ASGI3Application,
    ASGIReceiveCallable,
    ASGIReceiveEvent,
    ASGISendCallable,
    ASGISendEvent,
    Scope,
)
from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from web.door.line_clock import LineClock, LineLimits, Waits
from web.door.quiet_log import keep_quiet
from web.door.room import LineDoor, crowd_of

_LIMITS = LineLimits()
_DROP = struct.pack("ii", 1, 0)
_SLICE = 16 * 1024
_DOORS: WeakKeyDictionary[ServerState, LineDoor] = WeakKeyDictionary()
_TOO_SLOW = "Yêu cầu gửi quá chậm nên máy chủ đã ngừng chờ; chưa có gì được lưu. Hãy thử lại."
_UNREADABLE = "Yêu cầu không đọc được; chưa có gì được lưu."
_FULL = "Máy chủ đang phục vụ quá nhiều kết nối; hãy thử lại sau ít phút."


class _Polite:
    """A transport that leaves it to its line how it is closed."""

    def __init__(self, transport: asyncio.Transport, line: "Line") -> None:
        self._transport, self._line = transport, line

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def close(self) -> None:
        self._line.hang_up(self._transport)

    def is_closing(self) -> bool:
        return self._line.lingers or self._transport.is_closing()


class Line(H11Protocol):
    """A line that ends by itself when its client keeps us waiting. ``limits`` is an argument for tests."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
        limits: LineLimits = _LIMITS,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self.app = self._counted(self.app)
        self.clock = LineClock(limits, self.loop.time())
        self.crowd: Hashable = None
        self._limits = limits
        if server_state not in _DOORS:
            _DOORS[server_state] = LineDoor(limits, self.loop)
            keep_quiet()
        self._door = _DOORS[server_state]
        self._turn = self._received = self._written = self._discarded = 0
        self.lingers = self._over = False  # it waits for the end of what nobody reads; it waits for nothing
        self._weighed: object = None  # the request whose bytes are weighed: received, and taken by the page
        self._frames = self._taken = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Come in, or be told that there is no room."""
        super().connection_made(cast(asyncio.Transport, _Polite(transport, self)))
        self.crowd = crowd_of(self.client[0] if self.client else None)
        if not self._door.enter(self):
            self._answer(429, _FULL)

    def connection_lost(self, exc: Exception | None) -> None:
        """Gone: whoever still works for the line is told so."""
        self._door.leave(self)
        self._over = True
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take in what came, a slice at a time, so that a head has an end and none is long work."""
        for start in range(0, len(data), _SLICE):
            piece = data[start : start + _SLICE]
            self._received += len(piece)
            if self.lingers:
                self._discard(len(piece))
            elif not self.transport.is_closing():
                super().data_received(piece)
                self._weigh(len(piece))

    def on_response_complete(self) -> None:
        """The answer is out; if its body still comes, nobody reads that, and the line ends."""
        unread = self.conn.their_state is h11.SEND_BODY
        super().on_response_complete()
        if unread:
            self.transport.close()

    def hang_up(self, transport: asyncio.Transport) -> None:
        """Close, but not while a client sends: what it has not read yet of its answer would be lost to it."""
        sends = self.conn.their_state in (h11.SEND_BODY, h11.ERROR)
        if self._over or transport.is_closing() or not sends:
            transport.close()
        elif not self.lingers:
            self.lingers = True
            self.flow.resume_reading()
            transport.write_eof()

    def _discard(self, size: int) -> None:
        self._discarded += size
        if self._discarded > self._limits.discarded:
            self.put_out()

    def _weigh(self, size: int) -> None:
        """Chunks of a byte cost a hundred times what they bring: half of what comes must be body."""
        if self.cycle is not self._weighed:
            self._weighed, self._frames = self.cycle, -_SLICE
        if self.conn.their_state is not h11.SEND_BODY or self.cycle.response_complete:
            return
        self._frames += size
        if self._frames > 2 * (self._taken + len(self.cycle.body)):
            self._answer(400, _UNREADABLE)

    def waits(self) -> Waits:
        """What the line waits for now."""
        if self.lingers:
            return Waits.BODY
        if self.transport.get_write_buffer_size():
            return Waits.READER
        working = self.cycle is not None and not self.cycle.response_complete
        ours = self.flow.read_paused or self.conn.they_are_waiting_for_100_continue
        if self.conn.their_state is h11.SEND_BODY and not ours:
            return Waits.BODY
        if working:
            return Waits.WORK
        return Waits.HEAD if self.conn.trailing_data[0] else Waits.IDLE

    def look(self, now: float) -> None:
        """End the line if its client keeps it waiting for too long. ``now`` is the loop's time."""
        waits = self.waits()
        unread = self.transport.get_write_buffer_size()
        moved = self._written - unread if waits is Waits.READER else self._received
        if not self.clock.overdue(now, waits, self._turn, moved):
            return
        if waits in (Waits.HEAD, Waits.BODY) and not self.lingers:
            self._over = True
            self._answer(408, _TOO_SLOW)
        else:
            self.put_out()

    def put_out(self) -> None:
        """End at once, whatever is still to be said."""
        if self.waits() is Waits.READER:  # else the system would keep the answer for him, megabytes a line
            self.transport.get_extra_info("socket").setsockopt(SOL_SOCKET, SO_LINGER, _DROP)
        self._give_up()
        self.transport.abort()

    def send_400_response(self, msg: str) -> None:
        """uvicorn's answer to what is no HTTP, in our words and in any state of the line."""
        self._answer(400, _UNREADABLE)

    def shutdown(self) -> None:
        """The server ends: only what we are working on may finish."""
        if self.waits() is Waits.WORK:
            self.cycle.keep_alive = False
        else:
            self.put_out()

    def timeout_keep_alive_handler(self) -> None:
        """Nobody asked for more; an answer that is not fetched yet has the time that answers have."""
        if self.waits() is Waits.IDLE:
            super().timeout_keep_alive_handler()

    def _answer(self, status: int, words: str) -> None:
        """Say why the line ends, if an answer can still be given, and end it."""
        if self.conn.our_state in (h11.IDLE, h11.SEND_RESPONSE) and not self.transport.is_closing():
            body = words.encode()
            head = [
                ("content-type", "text/plain; charset=utf-8"),
                ("content-length", str(len(body))),
                ("connection", "close"),
            ]
            for event in (h11.Response(status_code=status, headers=head), h11.Data(data=body)):
                self.transport.write(self.conn.send(event) or b"")
        self._give_up()
        self.transport.close()

    def _give_up(self) -> None:
        """A page that still works for this line talks to nobody, and is told so at its next question."""
        if self.cycle is not None and not self.cycle.response_complete:
            self.cycle.disconnected = True
            self.cycle.message_event.set()

    def _counted(self, app: ASGI3Application) -> ASGI3Application:
        async def counted(scope: Scope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
            self._turn += 1
            self._taken = 0

            async def taken() -> ASGIReceiveEvent:
                message = await receive()
                if message["type"] == "http.request":
                    self._taken += len(message["body"])
                return message

            async def sent(message: ASGISendEvent) -> None:
                await send(message)
                if message["type"] == "http.response.body":
                    self._written += len(message.get("body", b""))

            await app(scope, taken, sent)

        return counted
