"""The office's files are for its own account alone: files 0600, folders 0700, whatever the umask.

A symlink at the place of a new file or folder is not followed: nobody else decides where ours lie.
"""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

FILE, FOLDER = 0o600, 0o700
OTHERS = 0o077  # the bits of everybody else, and the umask of a process of ours


def private_folder(folder: Path) -> Path:
    """The folder, and those above it that are missing, for us alone; what is there stays. Raises OSError."""
    if not folder.is_dir():
        private_folder(folder.parent)
        with suppress(FileExistsError):
            folder.mkdir(FOLDER)
            folder.chmod(FOLDER)  # a umask may have taken our own bits too
        if not folder.is_dir():  # a file, or a symlink to nothing
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))
    return folder


def private_file(path: Path) -> bool:
    """An empty file for us alone, if nothing is there. False: there is a file. Raises OSError."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC  # with O_EXCL no symlink is followed
    try:
        handle = os.open(path, flags, FILE)
    except FileExistsError:
        if path.is_symlink() and not path.exists():
            raise OSError(errno.ELOOP, "liên kết tới một tệp không có", str(path)) from None
        return False
    try:
        os.fchmod(handle, FILE)
    finally:
        os.close(handle)
    return True


def close_to_others(path: Path) -> bool:
    """Take everybody else's rights from a file or folder; True if there were any. Never follows a symlink.

    A file that is missing or no file (a socket, say) has none. Raises OSError, as a rule because it
    belongs to another account.
    """
    try:
        # O_PATH opens nothing: closing it does not let go of the locks that SQLite holds in this process.
        handle = os.open(path, os.O_PATH | os.O_NOFOLLOW | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        mode = os.fstat(handle).st_mode
        if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)) or not mode & OTHERS:
            return False
        os.chmod(f"/proc/self/fd/{handle}", stat.S_IMODE(mode) & ~OTHERS)
        return True
    finally:
        os.close(handle)


@contextmanager
def for_us_alone() -> Iterator[None]:
    """What this process makes meanwhile, be it by a library, is nobody else's to read."""
    before = os.umask(OTHERS)
    try:
        yield
    finally:
        os.umask(before)
