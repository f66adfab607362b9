"""Another host, as far as the network goes: a namespace at the end of a line that can be cut and mended.

A cut line is silent: what is sent at either end goes to nobody, as when a switch between the two has died.
Neither kernel is told of it, so nobody finds out but by waiting for an answer.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from ipaddress import IPv4Address

import pytest

_NOBODY = "02:00:00:00:00:01"  # a network card that nobody has
_FIRST = IPv4Address("198.18.0.0")  # set aside for trials of networks; routed nowhere
_LINES = 2**15  # of four addresses each


@dataclass(frozen=True)
class CutLine:
    """``here`` is our address on the line, ``there`` that of the other host, ``host`` its namespace."""

    host: str
    here: str
    there: str
    _ours: str
    _theirs: str

    @property
    def prefix(self) -> tuple[str, ...]:
        """How a command is started on the other host."""
        return ("ip", "netns", "exec", self.host)

    def cut(self) -> None:
        """From now on nothing arrives, at either end."""
        silent = ("lladdr", _NOBODY, "nud", "permanent")
        _ip("neigh", "replace", self.there, *silent, "dev", self._ours)
        _ip("-n", self.host, "neigh", "replace", self.here, *silent, "dev", self._theirs)

    def mend(self) -> None:
        """The line is as it was."""
        for where in ((self.there, "dev", self._ours), (self.here, "dev", self._theirs)):
            host = () if where[0] == self.there else ("-n", self.host)
            with suppress(RuntimeError):  # it was not cut
                _ip(*host, "neigh", "del", *where)


@contextmanager
def cut_line() -> Iterator[CutLine]:
    """A line to a host of this process; both are gone at the end. Skips where none may be made."""
    number = os.getpid() % _LINES
    line = CutLine(
        f"drill-{os.getpid()}", str(_FIRST + 4 * number + 1), str(_FIRST + 4 * number + 2),
        f"dr{number}a", f"dr{number}b",
    )  # fmt: skip
    try:
        _lay(line)
    except RuntimeError as refused:
        _remove(line)
        pytest.skip(f"no network namespaces here (root and iproute2 are needed): {refused}")
    try:
        yield line
    finally:
        _remove(line)


def _lay(line: CutLine) -> None:
    _ip("netns", "add", line.host)
    _ip("link", "add", line._ours, "type", "veth", "peer", "name", line._theirs, "netns", line.host)
    _ip("addr", "add", f"{line.here}/30", "dev", line._ours)
    _ip("-n", line.host, "addr", "add", f"{line.there}/30", "dev", line._theirs)
    _ip("link", "set", line._ours, "up")
    for device in ("lo", line._theirs):
        _ip("-n", line.host, "link", "set", device, "up")


def _remove(line: CutLine) -> None:
    for what in (("link", "del", line._ours), ("netns", "del", line.host)):
        with suppress(RuntimeError):  # it was never there
            _ip(*what)


def _ip(*words: str) -> None:
    program = shutil.which("ip", path=f"{os.defpath}:/usr/sbin:/sbin")
    if program is None:
        raise RuntimeError("ip is not installed")
    done = subprocess.run([program, *words], capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"ip {' '.join(words)}: {done.stderr.strip()}")
