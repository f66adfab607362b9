"""Files that were chosen in a form which was refused: held for a day, so that nobody looks for them again.

A browser forgets the chosen files when the page comes back. Their bytes lie beside the evidence under
random names that only the form knows. No row points to them; what is not sent again is removed.
"""

import os
import re
import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from config.files.private_files import private_folder
from config.settings import get_settings
from flows.actions.tasks.evidence.files import NewFile
from flows.actions.tasks.evidence.kinds import shown_name

KEPT = timedelta(hours=24)
#: Of all forms together; what is beyond has to be chosen again.
MOST_BYTES = 500 * 1024 * 1024
MOST_HELD = 2_000  # the folder is looked through whenever one more is held
_TOKEN = re.compile(r"[A-Za-z0-9_-]{32}")


@dataclass(frozen=True, slots=True)
class Held:
    """A file that is held: ``token`` fetches it, ``size`` is in bytes."""

    token: str
    name: str
    size: int


def hold(files: Sequence[NewFile], now: datetime) -> tuple[Held, ...]:
    """Hold ``files``; one that finds no room, or cannot be written, is not in the answer."""
    forget_old(now)
    there = [stat.st_size for path in _held() if (stat := _stat(path))]
    room = MOST_BYTES - sum(there)
    found: list[Held] = []
    for file in files[: max(MOST_HELD - len(there), 0)]:
        token = secrets.token_urlsafe(24)
        if len(file.data) <= room and _written(token, file.data, now):
            room -= len(file.data)
            found.append(Held(token, shown_name(file.name), len(file.data)))
    return tuple(found)


def fetch(token: str) -> bytes | None:
    """The bytes that are held under ``token``, None if there are none any more."""
    path = _path(token)
    try:
        return path.read_bytes() if path else None
    except OSError:
        return None


def size_of(token: str) -> int | None:
    """How many bytes are held under ``token``, None if there are none any more."""
    found = _stat(path) if (path := _path(token)) else None
    return found.st_size if found else None


def let_go(tokens: Iterable[str]) -> None:
    """What was taken in need not be held any more."""
    for path in map(_path, tokens):
        if path:
            path.unlink(missing_ok=True)


def forget_old(now: datetime, evidence: Path | None = None) -> None:
    """Remove what nobody has sent again for a day; ``evidence`` None is the installation's folder."""
    oldest = (now - KEPT).timestamp()
    for path in _held(evidence):
        if (found := _stat(path)) and found.st_mtime < oldest:
            path.unlink(missing_ok=True)


def _stat(path: Path) -> os.stat_result | None:
    """None if another request has let go of the file in the meantime."""
    try:
        return path.lstat()  # of a symlink itself: it is removed, never followed
    except OSError:
        return None


def _folder() -> Path:
    return get_settings().evidence_folder / "held"


def _held(evidence: Path | None = None) -> Iterator[Path]:
    folder = evidence / "held" if evidence else _folder()
    if folder.is_dir() and not folder.is_symlink():
        yield from (path for path in folder.iterdir() if path.is_symlink() or path.is_file())


def _path(token: str) -> Path | None:
    return _folder() / token if _TOKEN.fullmatch(token) else None


def _written(token: str, data: bytes, now: datetime) -> bool:
    """The file's time is the office's, so that a day is a day of the database's own time."""
    path = _folder() / token
    try:
        private_folder(path.parent)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            stream.write(data)
        os.utime(path, (now.timestamp(), now.timestamp()))
    except OSError:
        path.unlink(missing_ok=True)
        return False
    return True
