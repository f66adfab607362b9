"""Who descends from whom, and the end of those that a reader leaves behind.

A program of a reader may sit in a session of its own and ignore every signal but one; what tells it
is its parent, or the mark in the environment that it was born with.
"""

import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

READERS = "DONDOC_READERS"  # the name of a zygote, in the environment of all its descent
PAPER = "DONDOC_PAPER"  # the id of the reader, in the environment of the programs that it starts


def children() -> list[int]:
    """The ids of this process's children, dead ones that nobody has asked for included."""
    listed = Path(f"/proc/self/task/{os.getpid()}/children")
    try:
        return [int(pid) for pid in listed.read_text(encoding="ascii").split()]
    except OSError:  # a kernel without that file
        return [pid for pid in _processes() if _parent(pid) == os.getpid()]


def paper_of(pid: int) -> int | None:
    """Whose program a process is; None where it does not say."""
    word = _environment(pid).get(PAPER.encode(), b"")
    return int(word) if word.isdigit() else None


def end_descent(name: str) -> None:
    """Kill whatever bears the name of a zygote; for when the zygote itself is gone."""
    for pid in _processes():
        if pid != os.getpid() and _environment(pid).get(READERS.encode()) == name.encode():
            kill(pid)


def kill(pid: int) -> None:
    """SIGKILL, if it is still there."""
    with suppress(ProcessLookupError, PermissionError):
        os.kill(pid, signal.SIGKILL)


def _processes() -> Iterator[int]:
    return (int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit())


def _parent(pid: int) -> int | None:
    try:
        stat = Path(f"/proc/{pid}/stat").read_bytes()
    except OSError:
        return None
    return int(stat.rpartition(b")")[2].split()[1])


def _environment(pid: int) -> dict[bytes, bytes]:
    try:
        raw = Path(f"/proc/{pid}/environ").read_bytes()
    except OSError:
        return {}
    return {name: value for name, _, value in (item.partition(b"=") for item in raw.split(b"\0"))}
