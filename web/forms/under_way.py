"""What all forms of this server take up at once: of its disk and its memory while they arrive, then while
a page works on them."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from anyio import CapacityLimiter
from starlette.exceptions import HTTPException

_MEGABYTE = 1024 * 1024
_BUSY = "Máy chủ đang nhận nhiều tệp khác nên chưa nhận thêm; chưa có gì được lưu. Hãy gửi lại sau ít phút."


class Room:
    """Bytes that several may take, up to ``most`` together; one alone may take more."""

    def __init__(self, most: int) -> None:
        self.most, self.taken = most, 0
        self._waiting: deque[tuple[int, asyncio.Future[None]]] = deque()

    def grow(self, mine: int, more: int) -> None:
        """Take ``more`` bytes where ``mine`` are taken already. Raises HTTPException 429."""
        if self.taken + more > self.most and self.taken > mine:
            raise HTTPException(429, _BUSY)
        self.taken += more

    async def wait_for(self, size: int, patience: float) -> None:
        """Take ``size`` bytes, in turn, within ``patience`` seconds. Raises HTTPException 429."""
        if not self._waiting and self._fits(size):
            self.taken += size
            return
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        entry = (size, turn)
        self._waiting.append(entry)
        try:
            async with asyncio.timeout(patience):
                await turn
        except BaseException as error:
            self._withdraw(entry)
            if isinstance(error, TimeoutError):
                raise HTTPException(429, _BUSY) from None
            raise

    def give_back(self, size: int) -> None:
        """What was taken is free; whoever waits longest is next."""
        self.taken -= size
        self._admit()

    def _fits(self, size: int) -> bool:
        return not self.taken or self.taken + size <= self.most

    def _admit(self) -> None:
        while self._waiting and self._fits(self._waiting[0][0]):
            size, turn = self._waiting.popleft()
            if not turn.done():
                self.taken += size
                turn.set_result(None)

    def _withdraw(self, entry: tuple[int, asyncio.Future[None]]) -> None:
        size, turn = entry
        if entry in self._waiting:
            self._waiting.remove(entry)
        elif turn.done() and not turn.cancelled():  # admitted in the moment in which it gave up
            self.taken -= size
        self._admit()


@dataclass(slots=True)
class UnderWay:
    """The rooms of one server, in bytes, and how long a form waits for its turn, in seconds.

    ``text`` lies in memory while it arrives, ``arriving`` counts all, most of it in files of the disk;
    ``in_hand`` is what pages read into memory, where it takes up to three times its size. ``looks``: so many
    large texts are looked at at once, beside the threads that pages are made in.
    """

    text: Room = field(default_factory=lambda: Room(32 * _MEGABYTE))
    arriving: Room = field(default_factory=lambda: Room(300 * _MEGABYTE))
    in_hand: Room = field(default_factory=lambda: Room(50 * _MEGABYTE))
    patience: float = 30.0
    looks: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(2))


class Share:
    """What one form takes of a room while it grows."""

    def __init__(self, room: Room) -> None:
        self._room, self.size = room, 0

    def grow(self, more: int) -> None:
        """Take ``more`` bytes. Raises HTTPException 429."""
        self._room.grow(self.size, more)
        self.size += more

    def end(self) -> None:
        """The form is gone."""
        self._room.give_back(self.size)
        self.size = 0


@asynccontextmanager
async def in_hand(rooms: UnderWay, size: int) -> AsyncIterator[None]:
    """A page may read ``size`` bytes of files into memory now; small forms need not wait for large ones."""
    if not size:
        yield
        return
    await rooms.in_hand.wait_for(size, rooms.patience)
    try:
        yield
    finally:
        rooms.in_hand.give_back(size)
