"""One at a time on this machine: OCR and conversions want a whole processor, whoever asked for them."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

_LOOK_SECONDS = 1.0  # how often whoever waits is asked whether to go on

#: Where the turns lie, for a process whose own files lie elsewhere (``reading/apart/one_paper.py``).
FOLDER: Path | None = None


@contextmanager
def turn(program: str, wait_seconds: float, waiting: Callable[[], None]) -> Iterator[None]:
    """Hold the machine's turn for ``program``; it dies with its holder. Raises filelock's Timeout.

    ``waiting`` is called about once a second while others are at work; what it raises ends the wait.
    """
    lock = FileLock(Path(FOLDER or tempfile.gettempdir(), f"dondoc-{program}-{os.getuid()}.lock"))
    if not _taken(lock, 0):
        for _ in range(int(wait_seconds / _LOOK_SECONDS)):
            waiting()
            if _taken(lock, _LOOK_SECONDS):
                break
        else:
            raise Timeout(lock.lock_file)
    try:
        yield
    finally:
        lock.release()


def _taken(lock: FileLock, seconds: float) -> bool:
    try:
        lock.acquire(timeout=seconds)
    except Timeout:
        return False
    return True
