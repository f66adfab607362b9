"""How many lines may be open at once, and which one makes room for the next.

There is no bound per address: behind one of them a whole office may sit. But when the house is full, the
largest crowd (an IPv4 address; of IPv6 the /64, which belongs to one customer) loses the line that waits for
the least: an idle one, an unfinished head, an unfinished body, an answer that is not fetched; of these the
one that has waited longest. So a stranger's thousand lines push out one another, and where all come from one
address (a proxy before us, or this machine) a page that is asked for at once is answered at once.
"""

import asyncio
import ipaddress
from collections import Counter
from collections.abc import Hashable
from typing import Protocol

from web.door.line_clock import LineClock, LineLimits, Waits


class Guest(Protocol):
    """A line, as the door sees it."""

    clock: LineClock

    @property
    def crowd(self) -> Hashable:
        """Whom it is counted with."""

    def waits(self) -> Waits:
        """What it waits for."""

    def look(self, now: float) -> None:
        """End itself if that takes too long."""

    def put_out(self) -> None:
        """End at once."""


class LineDoor:
    """The open lines of one server. ``loop`` gives the time, which is monotonic."""

    def __init__(self, limits: LineLimits, loop: asyncio.AbstractEventLoop) -> None:
        self._limits, self._loop = limits, loop
        self._guests: set[Guest] = set()
        self._crowds: Counter[Hashable] = Counter()
        self._next_look: asyncio.TimerHandle | None = None

    def enter(self, guest: Guest) -> bool:
        """Let ``guest`` in, if need be for another one; False if all of its crowd's lines are at work."""
        self._add(guest)
        if len(self._guests) <= self._limits.lines:
            return True
        victim = self._least(guest)
        if victim is None:
            self.leave(guest)
            return False
        self.leave(victim)
        victim.put_out()
        return True

    def leave(self, guest: Guest) -> None:
        """The line is closed; a line that is not known is no error."""
        if guest in self._guests:
            self._guests.discard(guest)
            self._crowds[guest.crowd] -= 1
            if not self._crowds[guest.crowd]:
                del self._crowds[guest.crowd]

    def _add(self, guest: Guest) -> None:
        self._guests.add(guest)
        self._crowds[guest.crowd] += 1
        if self._next_look is None:
            self._next_look = self._loop.call_later(self._limits.look_every, self._look)

    def _look(self) -> None:
        """One timer for all lines: a line costs a look a second, a request costs none."""
        again = bool(self._guests)
        self._next_look = self._loop.call_later(self._limits.look_every, self._look) if again else None
        now = self._loop.time()
        for guest in tuple(self._guests):
            guest.look(now)

    def _least(self, newcomer: Guest) -> Guest | None:
        """Whom the largest crowd loses; work of ours only where the crowd is larger than the newcomer's."""
        crowd, size = self._crowds.most_common(1)[0]
        own = self._crowds[newcomer.crowd]
        waiting = [
            (guest.waits(), guest.clock.since, guest) for guest in self._guests if guest.crowd == crowd
        ]
        worth = [one for one in waiting if one[2] is not newcomer and (one[0] < Waits.WORK or size > own)]
        return min(worth, key=lambda one: one[:2])[2] if worth else None


def crowd_of(address: str | None) -> Hashable:
    """Whom a line from ``address`` is counted with."""
    try:
        found = ipaddress.ip_address((address or "").partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return found
    return found.ipv4_mapped or int(found) >> 64
