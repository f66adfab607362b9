"""While one of Apprise's plugins works, its process may reach the outside and nothing else.

An audit hook of Python's own (PEP 578) sees each connection with the address that is really connected to,
so a name that leads inside is found whatever a name server said a moment ago. It also sees programs and
files; threads are seen by ``bounded_answers.py``. It is put in place with the first address of a stock
plugin; whoever sends through ours only never meets it. It is no sandbox against a plugin that means harm:
Apprise is trusted, addresses are not.
"""

import mimetypes
import os
import sys
import sysconfig
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from ipaddress import ip_address
from time import monotonic
from typing import Any

from rules.outbox.inside_addresses import Permitted, plain_host, refuses_host, refuses_ip

SECONDS = 60.0  # of one letter, all its questions and answers together
MOST_BYTES = 2 * 1024 * 1024  # that a letter's servers may answer, all together


class Forbidden(OSError):
    """What an address's plugin may not do. An OSError, so that plugins take it for a failed connection."""


@dataclass(slots=True)
class Journey:
    """One letter on its way: what it may reach, and what it tried.

    ``asked`` is the name that was last looked up, ``refused`` the first thing that was forbidden ("inside",
    "program", "file", "thread", "log"), ``connections`` how many were let through, ``left`` bytes.
    """

    permitted: Permitted
    may_connect: bool = True
    asked: str = ""
    refused: str = ""
    connections: int = 0
    left: int = MOST_BYTES
    until: float = 0.0

    def forbid(self, what: str) -> Forbidden:
        """Note and name what is forbidden."""
        self.refused = self.refused or what
        return Forbidden(f"forbidden: {what}")

    def take(self, size: int) -> None:
        """Count what a server has answered. Raises Forbidden beyond the limits of size or time."""
        self.left -= size
        if self.left < 0 or monotonic() > self.until:
            raise Forbidden("too long an answer")


_journey: ContextVar[Journey | None] = ContextVar("journey", default=None)


def on_journey() -> Journey | None:
    """The letter that this thread carries through a stock plugin, None if none."""
    return _journey.get()


@contextmanager
def outward_only(permitted: Permitted, may_connect: bool = True) -> Iterator[Journey]:
    """What happens inside, in this thread, reaches the outside alone, or nothing (``may_connect`` False)."""
    _put_in_place()
    journey = Journey(permitted, may_connect, until=monotonic() + SECONDS)
    before = _journey.set(journey)
    try:
        yield journey
    finally:
        _journey.reset(before)


@cache
def _put_in_place() -> None:
    from notifications.channels.stock import bounded_answers

    bounded_answers.put_in_place()
    checks: dict[str, Callable[..., None]] = dict(_CHECKS)
    travelling = _journey.get

    def watch(event: str, args: tuple[Any, ...]) -> None:
        check = checks.get(event)  # some events come often: nothing dearer than this before it is ours
        if check is not None and (journey := travelling()) is not None:
            check(journey, *args)

    sys.addaudithook(watch)


def _look_up(journey: Journey, host: Any, *_: Any) -> None:
    name = host.decode("latin-1") if isinstance(host, bytes) else str(host or "")
    journey.asked = plain_host(name)
    if not journey.may_connect or refuses_host(name, journey.permitted):
        raise journey.forbid("inside")


def _connect(journey: Journey, _socket: Any, address: Any = None) -> None:
    """``address`` has to be numbers: a name would be looked up again, after we have looked."""
    try:
        ip = ip_address(str(address[0]).partition("%")[0])
    except (TypeError, ValueError, IndexError):  # a socket file, say
        raise journey.forbid("inside") from None
    by_name = journey.asked in journey.permitted.names
    if not journey.may_connect or (refuses_ip(ip, journey.permitted) and not by_name):
        raise journey.forbid("inside")
    journey.connections += 1


def _send_message(journey: Journey, _socket: Any, address: Any = None) -> None:
    if address is not None:  # else it goes where the socket is connected to
        _connect(journey, _socket, address)


def _open(journey: Journey, path: Any, *_: Any) -> None:
    if isinstance(path, int) or _is_of_python(os.fsdecode(path)):
        return
    raise journey.forbid("file")


def _is_of_python(path: str) -> bool:
    """Modules, their data, and what the standard library looks up by itself."""
    return path.endswith((".py", ".pyc", ".so")) or os.path.realpath(path).startswith(_libraries())


@cache
def _libraries() -> tuple[str, ...]:
    places = (sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib"))
    return tuple(os.path.realpath(one) for one in {*places, *mimetypes.knownfiles, "/usr/share/zoneinfo"})


def _never(what: str) -> Callable[..., None]:
    def check(journey: Journey, *_: Any) -> None:
        raise journey.forbid(what)

    return check


_PROGRAMS = (
    "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.forkpty",
    "pty.spawn",
)  # fmt: skip
_CHECKS: dict[str, Callable[..., None]] = {
    "socket.getaddrinfo": _look_up,
    "socket.gethostbyname": _look_up,
    "socket.connect": _connect,
    "socket.sendto": _connect,
    "socket.sendmsg": _send_message,
    "open": _open,
    "syslog.openlog": _never("log"),
    "syslog.syslog": _never("log"),
    **dict.fromkeys(_PROGRAMS, _never("program")),
}
