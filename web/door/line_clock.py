"""How long a line (a connection to the pages) may keep us waiting; decision 0014.

A head has ``seconds`` for all of it. A body that arrives, and an answer that is fetched, may take as long as
data flow: every ``seconds`` have to bring ``seconds * rate`` bytes more. While a page works, or we do not
read, nobody waits for the client and no time counts.
"""

from dataclasses import dataclass
from enum import IntEnum


@dataclass(frozen=True, slots=True)
class LineLimits:
    """Seconds of the event loop's clock, bytes per second, lines at once, and bytes.

    ``rate`` is what 64 kbit/s bring: a link on which a page opens at all. ``discarded``: so much is taken in
    of a body that nobody reads any more, because its answer is out, so that a browser hears the answer.
    """

    seconds: float = 30.0
    rate: int = 8_192
    lines: int = 256
    discarded: int = 64 * 1024 * 1024
    look_every: float = 1.0  # seconds


class Waits(IntEnum):
    """What a line waits for, in the order in which lines are closed when there are too many."""

    IDLE = 0  # for a request
    HEAD = 1  # for the rest of a head
    BODY = 2  # for the rest of a body
    READER = 3  # for the client to fetch its answer
    WORK = 4  # for us


class LineClock:
    """One line's clock: told every now and then what the line waits for, it says when that is too long."""

    def __init__(self, limits: LineLimits, now: float) -> None:
        self.since = now
        self._limits = limits
        self._state = (Waits.IDLE, 0)
        self._mark = 0

    def overdue(self, now: float, waits: Waits, turn: int, moved: int) -> bool:
        """Whether the line has waited too long.

        ``turn`` counts the requests of the line, ``moved`` the bytes that it has moved as it should.
        """
        if waits is Waits.WORK or (waits, turn) != self._state:
            self._begin(now, waits, turn, moved)
            return False
        if now - self.since < self._limits.seconds:
            return False
        flows = moved - self._mark >= self._limits.seconds * self._limits.rate
        if flows and waits in (Waits.BODY, Waits.READER):
            self._begin(now, waits, turn, moved)
            return False
        return True

    def _begin(self, now: float, waits: Waits, turn: int, moved: int) -> None:
        self.since, self._state, self._mark = now, (waits, turn), moved
