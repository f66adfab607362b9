"""Files that no row names, a day old: evidence never stored, half letters, passing copies. They go.

Bytes are written before the transaction that names them (``evidence.py``), so whoever dies between the two
leaves a file. It may be swept twice, late, and by two at once: a name is given and taken under one lock.
"""

import os
import re
import shutil
import stat
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy.engine import Engine

from config.files.private_files import private_file, private_folder
from config.settings import VAR, Settings
from flows.actions.tasks.evidence.files import STORED
from flows.actions.tasks.evidence.held_files import forget_old
from models.db import reading, unit_of_work
from models.installation.evidence_names import hold_names, named_files
from models.installation.restores import Purpose
from models.tables.outbox import Installation
from notifications.witness.book import installation_name

KEPT = timedelta(days=1)
_ARRIVING = re.compile(r"arriving-.+")
_HALF_LETTER = re.compile(r"\A\..+\.part")
_PASSING_COPY = re.compile(r"\.dondoc-(?:restore|backup|copy)-.+")
_OWNER = ".installation"  # in the evidence folder: whose it is


def sweep_unnamed(engine: Engine, settings: Settings, now: datetime) -> int:
    """Remove what no row names and nobody has touched for a day before ``now``; how many there were.

    Only in the folders of the settings, by the names that we give; a symlink is removed, never followed. A
    copy for tests removes nothing, and evidence is removed only by the installation whose folder it is: in a
    folder that two share, the files of one have no row in the other. A trouble of the disk is left to the
    next time.
    """
    with reading(engine) as session:
        ours = session.get(Installation, 1)
    if ours is None or ours.purpose == Purpose.TEST.value:
        return 0
    before = (now - KEPT).timestamp()
    evidence = settings.evidence_folder
    passing = [*_old(evidence, _ARRIVING, before), *_old(settings.letters_folder, _HALF_LETTER, before)]
    gone = sum(map(_remove, (*passing, *_passing_copies(engine, before))))
    if not _is_not_to_be_touched(evidence):
        forget_old(now, evidence)
    stored = _old(evidence, STORED, before)
    if stored and _is_its_own(evidence, ours):
        gone += _remove_unnamed(engine, stored, before)
    return gone


def _remove_unnamed(engine: Engine, stored: list[Path], before: float) -> int:
    with unit_of_work(engine) as session:
        hold_names(session, alone=True)
        named = named_files(session, [path.name for path in stored])
        return sum(_remove(path) for path in stored if path.name not in named and _is_old(path, before))


def claim_empty(engine: Engine, folder: Path) -> None:
    """Let an evidence folder that holds nothing be this database's, also one with a time of its own."""
    if _is_not_to_be_touched(folder):
        return
    with reading(engine) as session, suppress(OSError):
        ours = session.get_one(Installation, 1)
        if not any(private_folder(folder).iterdir()):
            _claim(folder, ours)


def _is_its_own(folder: Path, ours: Installation) -> bool:
    """Whether the evidence folder is this installation's: an office keeps the folder that it sweeps first.

    A database with a time of its own may have been pointed at an office's folder: it takes an empty one only.
    """
    mark = folder / _OWNER
    with suppress(OSError):
        if ours.purpose is None:
            _claim(folder, ours)
        return not mark.is_symlink() and mark.read_text(encoding="utf-8") == installation_name(ours.secret)
    return False


def _claim(folder: Path, ours: Installation) -> None:
    if private_file(folder / _OWNER):
        (folder / _OWNER).write_text(installation_name(ours.secret), encoding="utf-8")


def _passing_copies(engine: Engine, before: float) -> list[Path]:
    """What a restore, a backup or a copy that was killed left beside an SQLite database: all of it."""
    if engine.dialect.name != "sqlite" or not engine.url.database:
        return []
    return _old(Path(engine.url.database).parent, _PASSING_COPY, before)


def _old(folder: Path, name: re.Pattern[str], before: float) -> list[Path]:
    if _is_not_to_be_touched(folder):
        return []
    return [path for path in _entries(folder) if name.fullmatch(path.name) and _is_old(path, before)]


def _entries(folder: Path) -> Iterator[Path]:
    with suppress(OSError), os.scandir(folder) as found:
        yield from [Path(entry.path) for entry in found]


def _is_old(path: Path, before: float) -> bool:
    with suppress(OSError):
        return path.lstat().st_mtime < before
    return False


def _remove(path: Path) -> bool:
    with suppress(OSError):
        mode = path.lstat().st_mode
        if stat.S_ISDIR(mode):
            if not _PASSING_COPY.fullmatch(path.name):
                return False
            shutil.rmtree(path)  # follows no symlink
            return True
        path.unlink()
        return True
    return False


def _is_not_to_be_touched(folder: Path) -> bool:
    """The office's own folders in a test."""
    return "PYTEST_CURRENT_TEST" in os.environ and folder.absolute().is_relative_to(VAR)
