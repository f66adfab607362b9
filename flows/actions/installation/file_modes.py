"""Files of older releases that others could read: found where the settings say, and closed to them."""

import glob
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import make_url

from config.files.private_files import close_to_others
from config.settings import VAR, Settings
from notifications.witness.book import root_at

#: By folder, what of it is ours: a folder of the settings may hold other things too.
_LETTERS = ("*.eml", ".*.part")
_EVIDENCE = ("[0-9a-f]*.*", "arriving-*", ".installation", "held", "held/*")
_WITNESS = ("host*", "*", "*/*", "*/*/w*.log", "*/*/w*.lock")


@dataclass(frozen=True, slots=True)
class ModesMended:
    """How many files and folders are closed to others now, and those where it did not succeed."""

    files: int = 0
    folders: int = 0
    left: tuple[Path, ...] = ()


def mend_modes(settings: Settings) -> ModesMended:
    """Close database, locks, letters, evidence and witness to everybody else; what fails is told."""
    files = folders = 0
    left: list[Path] = []
    for path in dict.fromkeys(_places(settings)):
        if _is_not_to_be_touched(path):
            continue
        try:
            closed = close_to_others(path)
        except OSError:
            left.append(path)
            continue
        folders += closed and path.is_dir()
        files += closed and not path.is_dir()
    return ModesMended(files, folders, tuple(left))


def _places(settings: Settings) -> Iterator[Path]:
    yield from _of_database(settings.database_url)
    yield from _within(settings.letters_folder, _LETTERS)
    yield from _within(settings.evidence_folder, _EVIDENCE)
    yield from _within(root_at(make_url(settings.database_url), settings), _WITNESS)


def _of_database(url: str) -> Iterator[Path]:
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or not parsed.database:
        return
    path = Path(parsed.database)
    if path.parent.absolute() == VAR:  # another folder of a database may be anybody's
        yield VAR
    yield from (path, *(Path(f"{path}{suffix}") for suffix in ("-wal", "-shm", "-journal")))
    yield from map(Path, glob.glob(f"{glob.escape(str(path))}.*.lock"))


def _within(folder: Path, ours: tuple[str, ...]) -> Iterator[Path]:
    yield folder
    if folder.is_dir():
        for pattern in ours:
            yield from (path for path in folder.glob(pattern) if not _beyond_a_link(path, folder))


def _beyond_a_link(path: Path, folder: Path) -> bool:
    """Whether a symlink below ``folder`` leads to ``path``: what lies there is somebody else's."""
    between = path.relative_to(folder).parents
    return any((folder / one).is_symlink() for one in list(between)[:-1])


def _is_not_to_be_touched(path: Path) -> bool:
    """A folder that everybody shares (/tmp), and the office's own in a test."""
    if "PYTEST_CURRENT_TEST" in os.environ and path.absolute().is_relative_to(VAR):
        return True
    return path.is_symlink() or (path.is_dir() and bool(path.stat().st_mode & 0o1000))
