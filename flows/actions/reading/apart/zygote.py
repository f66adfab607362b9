"""The zygote: a warm process that forks a reader for each paper, and sees to its end.

``python zygote.py FD`` serves the orders that come over the socket ``FD``, each a line of its own
(a file descriptor): bounds, what to read with, then the paper. It never looks at a paper itself, so no
stranger's file meets what the next one is read with. It has one thread, or it could not fork.

A reader ends with its line: whoever hangs up has it killed, with all that it started. When the office
hangs up on the zygote, or is gone, everything ends.
"""

import gc
import os
import select
import shutil
import signal
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from pydantic import ValidationError

from flows.actions.reading.apart.confinement import adopt_strays, confine
from flows.actions.reading.apart.descent import children, kill, paper_of
from flows.actions.reading.apart.folder import own_folder
from flows.actions.reading.apart.frames import LineCut, Listener, TooMuch, send_frame
from flows.actions.reading.apart.one_paper import Read, read_it, read_one
from flows.actions.reading.apart.orders import (
    BOUNDS,
    KNOWLEDGE,
    MOST_REGISTER,
    SAID,
    Bounds,
    Ended,
    ReaderSaid,
)
from flows.actions.reading.apart.warm_up import warm_up
from rules.calendar.workdays import WorkCalendar
from rules.people.registry import Registry

_ORDER_SECONDS = 10.0  # for an order of the office's own to be there
_LOOK_SECONDS = 2.0  # how often it is asked whether the office is still there
_STRAY_SECONDS = 2.0
_KNOWN = 3  # registers kept at hand
_HUNG_UP = select.POLLHUP | select.POLLERR | select.POLLRDHUP

What = tuple[Registry, WorkCalendar]


@dataclass(slots=True)
class PaperReader:
    """One paper being read: the line to whoever waits for it, and until when it may take."""

    line: socket.socket
    folder: Path
    until: float
    over: bool = False


class Zygote:
    """``orders`` brings the lines; ``folder`` is for what readers write."""

    def __init__(self, orders: socket.socket, folder: Path, read: Read = read_it) -> None:
        self._orders, self._folder, self._read = orders, folder, read
        self._office = os.getppid()
        self._readers: dict[int, PaperReader] = {}
        self._known: dict[bytes, What] = {}
        self._bell, self._ringer = socket.socketpair()
        self._poller = select.poll()

    def serve(self) -> None:
        """Until the office hangs up."""
        adopt_strays()
        for end in (self._orders, self._bell, self._ringer):
            end.setblocking(False)
        signal.set_wakeup_fd(self._ringer.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        self._poller.register(self._orders, select.POLLIN)
        self._poller.register(self._bell, select.POLLIN)
        try:
            while os.getppid() == self._office and self._look():
                pass
        finally:
            self._end_all()

    def _look(self) -> bool:
        """Wait for something to happen and see to it; False when the office has hung up."""
        gone = {fd for fd, event in self._poller.poll(self._patience() * 1000) if event & _HUNG_UP}
        with suppress(BlockingIOError):
            self._bell.recv(4096)
        now = time.monotonic()
        for pid, reader in self._readers.items():
            if now > reader.until or reader.line.fileno() in gone:
                reader.over = now > reader.until
                kill(pid)
        self._bury()
        return self._take_order()

    def _patience(self) -> float:
        first = min((reader.until for reader in self._readers.values()), default=float("inf"))
        return max(0.0, min(_LOOK_SECONDS, first - time.monotonic()))

    def _take_order(self) -> bool:
        try:
            word, lines, _, _ = socket.recv_fds(self._orders, 1, 1)
        except BlockingIOError:
            return True
        for fd in lines:
            os.set_inheritable(fd, False)
            line = socket.socket(fileno=fd)
            try:
                self._begin(line)
            except (LineCut, TooMuch, OSError, ValidationError):  # of this one order; its line is cut
                line.close()
        return bool(word)

    def _begin(self, line: socket.socket) -> None:
        line.settimeout(_ORDER_SECONDS)
        listener = Listener(line, MOST_REGISTER)
        bounds = BOUNDS.validate_json(listener.needed())
        what = self._what(listener.needed())
        folder = Path(self._folder, os.urandom(8).hex())
        folder.mkdir(mode=0o700)
        zygote = os.getpid()
        pid = os.fork()
        if pid == 0:
            self._be_reader(line, folder, bounds, what, zygote)
        self._readers[pid] = PaperReader(line, folder, time.monotonic() + bounds.whole_seconds)
        self._poller.register(line, select.POLLRDHUP)

    def _be_reader(self, line: socket.socket, folder: Path, bounds: Bounds, what: What, zygote: int) -> None:
        code = 1
        try:
            signal.set_wakeup_fd(-1)
            for number in (signal.SIGCHLD, signal.SIGTERM):
                signal.signal(number, signal.SIG_DFL)
            for other in (self._orders, self._bell, self._ringer, *(r.line for r in self._readers.values())):
                other.close()
            line.settimeout(None)
            confine(bounds, zygote)
            read_one(line, folder, *what, self._read)
            code = 0
        finally:
            os._exit(code)

    def _what(self, told: bytes) -> What:
        key = sha256(told).digest()
        if key not in self._known:
            knowledge = KNOWLEDGE.validate_json(told)
            found = Registry(knowledge.bodies), knowledge.calendar
            warm_up(*found)
            while len(self._known) >= _KNOWN:
                del self._known[next(iter(self._known))]
            self._known[key] = found
            # What is known is shared with the readers: the collector of none of them need touch it.
            gc.unfreeze()
            gc.collect()
            gc.freeze()
        self._known[key] = self._known.pop(key)  # the latest come last
        return self._known[key]

    def _bury(self) -> None:
        """Tell of each reader that has ended, after nothing that it started is left."""
        for pid, code in self._ended():
            reader = self._readers.pop(pid)
            self._poller.unregister(reader.line)
            with suppress(ProcessLookupError):
                os.killpg(pid, signal.SIGKILL)
            self._end_strays(pid)
            shutil.rmtree(reader.folder, ignore_errors=True)
            with suppress(OSError):
                reader.line.setblocking(False)
                ended = ReaderSaid(ended=Ended(code, reader.over))
                send_frame(reader.line, SAID.dump_json(ended, exclude_defaults=True))
            reader.line.close()

    def _ended(self) -> Iterator[tuple[int, int]]:
        with suppress(ChildProcessError):
            while True:
                pid, status = os.waitpid(-1, os.WNOHANG)
                if not pid:
                    return
                if pid in self._readers:
                    yield pid, os.waitstatus_to_exitcode(status)

    def _end_strays(self, paper: int) -> None:
        """Kill what the reader ``paper`` has left to us, and whoever says nobody's name."""
        until = time.monotonic() + _STRAY_SECONDS
        while time.monotonic() < until:
            strays = [
                pid
                for pid in children()
                if pid not in self._readers and paper_of(pid) not in self._readers.keys() - {paper}
            ]
            if not strays:
                return
            for pid in strays:
                kill(pid)
                with suppress(ChildProcessError):
                    os.waitpid(pid, os.WNOHANG)
            time.sleep(0.002)

    def _end_all(self) -> None:
        for pid in self._readers:
            kill(pid)
            with suppress(ProcessLookupError):
                os.killpg(pid, signal.SIGKILL)
        self._readers.clear()
        self._end_strays(0)


def main(read: Read = read_it) -> None:
    """Serve the socket that the command line names."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    orders = socket.socket(fileno=int(sys.argv[1]))
    with own_folder() as folder:
        Zygote(orders, folder, read).serve()


if __name__ == "__main__":
    main()
