"""This process's zygote: started when the first paper comes, kept, and started anew if it is gone."""

import atexit
import os
import secrets
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from socket import send_fds, socket, socketpair
from threading import Lock

from flows.actions.reading.apart.descent import READERS, end_descent

_PROGRAM = (sys.executable, "-I", str(Path(__file__).with_name("zygote.py")))
_END_SECONDS = 1.0
_LOOK_SECONDS = 0.5
#: What a reader gets of the environment. Passwords of this installation are not among it.
_PASSED_ON = ("PATH", "HOME", "TMPDIR", "TZ", "LANG", "LANGUAGE", "LD_LIBRARY_PATH", "TESSDATA_PREFIX")


class WarmZygote:
    """The office's end of a zygote. May be asked from many threads."""

    def __init__(self, program: Sequence[str] = _PROGRAM) -> None:
        self._program, self._lock = program, Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._orders: socket | None = None
        self._name = ""

    def line(self) -> socket:
        """A line to a new reader, which waits for its orders. Raises OSError if none can be started."""
        ours, theirs = socketpair()
        with theirs:
            try:
                self._hand_over(theirs)
            except OSError:
                ours.close()
                raise
        return ours

    def start(self) -> None:
        """Be warm before anybody asks. Raises OSError."""
        with self._lock:
            self._alive()

    def close(self) -> None:
        """End it and everything that it has begun; it may be asked again."""
        with self._lock:
            self._end()

    def look_after(self) -> None:
        """If it has died, end what it could not; for whoever was left without a word."""
        with self._lock:
            if self._process is not None:
                with suppress(subprocess.TimeoutExpired):
                    self._process.wait(_LOOK_SECONDS)
                    self._end()

    def _hand_over(self, theirs: socket) -> None:
        with self._lock:
            try:
                send_fds(self._alive(), [b"o"], [theirs.fileno()])
            except (BrokenPipeError, ConnectionError):  # it died since
                self._end()
                send_fds(self._alive(), [b"o"], [theirs.fileno()])

    def _alive(self) -> socket:
        if self._process is not None and self._process.poll() is not None:
            self._end()
        if self._orders is None:
            self._orders = self._started()
        return self._orders

    def _started(self) -> socket:
        self._name = secrets.token_hex(8)
        passed = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        passed |= {
            name: value for name, value in os.environ.items() if name.startswith(("LC_", "FONTCONFIG_"))
        }
        ours, theirs = socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [*self._program, str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                env={**passed, READERS: self._name},
                cwd="/",
                pass_fds=[theirs.fileno()],
                start_new_session=True,  # Ctrl-C is for whoever asked; it hangs up
            )
        return ours

    def _end(self) -> None:
        if self._orders is not None:
            self._orders.close()
        if self._process is not None:
            try:
                self._process.wait(_END_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            if self._process.returncode:  # it could not see to its own
                end_descent(self._name)
        self._orders = self._process = None


@cache
def this_zygote() -> WarmZygote:
    """The zygote of this process; it ends with it."""
    zygote = WarmZygote()
    atexit.register(zygote.close)
    return zygote


# A process forked from this one must not end, nor use, what is its parent's.
os.register_at_fork(after_in_child=this_zygote.cache_clear)
