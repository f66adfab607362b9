"""The folder that readers write in: gone with its zygote, or with the next one if that was killed.

It holds pages and papers of strangers, so it must not lie about. Each zygote holds a lock on its own folder
for as long as it, or a reader of it, lives; a folder that nobody holds is removed by whoever comes next.
"""

import fcntl
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

_PREFIX = "dondoc-readers-"
_LEAST_AGE = 60.0  # seconds: a younger one may not be held yet


@contextmanager
def own_folder() -> Iterator[Path]:
    """A folder for the readers of this process; it goes with it."""
    with TemporaryDirectory(prefix=_PREFIX, ignore_cleanup_errors=True) as made:
        folder = Path(made)
        held = _hold(folder)
        remove_left(folder)
        yield folder
        if held is not None:
            os.close(held)


def remove_left(own: Path, least_age: float = _LEAST_AGE) -> None:
    """Remove the folders beside ``own`` that are ours, held by nobody, and older by ``least_age`` seconds."""
    born = own.stat().st_ctime
    for folder in own.parent.glob(f"{_PREFIX}*"):
        with suppress(OSError):
            found = folder.lstat()
            mine = stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid()
            if folder == own or not mine or born - found.st_ctime < least_age:
                continue
            if (held := _hold(folder)) is not None:
                shutil.rmtree(folder, ignore_errors=True)
                os.close(held)


def _hold(folder: Path) -> int | None:
    """A file descriptor that locks the folder until it is closed; None if somebody else holds it."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        return None
    return handle
