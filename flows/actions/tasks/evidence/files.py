"""Files handed in with a report: kept in a folder under the hash of their content.

A file's bytes are written before the transaction and get their name inside it, so that a row never
points to nothing. What a transaction that failed leaves behind is a file that no row names.
"""

import hashlib
import os
import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlmodel import Session

from config.files.private_files import private_folder
from config.settings import get_settings
from flows.actions.tasks.evidence.kinds import (
    MEDIA_TYPES,
    MOST_FILES,
    EvidenceError,
    shown_name,
    suffix_of,
    too_many,
)
from models.installation.evidence_names import hold_names
from models.tables.reports import EvidenceFile
from models.tasks.story.evidence import Evidence
from rules.installation.machine_troubles import system_words

#: How a file is called in the folder.
STORED = re.compile(r"[0-9a-f]{64}\.[a-z]{3,4}")


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file as it came; ``name`` is whatever the sender called it and decides nothing."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file whose bytes are on disk under a passing name."""

    name: str
    suffix: str
    size: int
    sha256: str
    passing: Path

    @property
    def stored_as(self) -> str:
        """Its name in the folder for good."""
        return f"{self.sha256}.{self.suffix}"


@contextmanager
def arriving(files: Sequence[NewFile], folder: Path | None = None) -> Iterator[tuple[Arrived, ...]]:
    """Check and write ``files``; those that ``keep`` did not take are gone at the end.

    ``folder`` None is the installation's. Raises EvidenceError before anything is written for good.
    """
    if len(files) > MOST_FILES:
        raise too_many()
    checked = [(shown_name(file.name), file.data) for file in files]
    kinds = [suffix_of(name, data) for name, data in checked]
    arrived: list[Arrived] = []
    try:
        for (name, data), suffix in zip(checked, kinds, strict=True):
            arrived.append(_write(folder or get_settings().evidence_folder, name, suffix, data))
        yield tuple(arrived)
    finally:
        for file in arrived:
            file.passing.unlink(missing_ok=True)


def keep(session: Session, report_id: int, arrived: Sequence[Arrived]) -> None:
    """Give the files their names and their rows, in the caller's transaction."""
    give_names(session, arrived)
    for file in arrived:
        session.add(
            EvidenceFile(
                report_id=report_id,
                name=file.name,
                media_type=MEDIA_TYPES[file.suffix],
                size=file.size,
                sha256=file.sha256,
                stored_as=file.stored_as,
            )
        )


def give_names(session: Session, arrived: Sequence[Arrived]) -> None:
    """Give the files their names for good; whoever calls adds their rows, in the same transaction."""
    if arrived:
        hold_names(session, alone=False)
    for file in arrived:
        home = file.passing.with_name(file.stored_as)
        if home.is_symlink() or not home.exists():  # the same bytes are kept once
            os.replace(file.passing, home)


def path_of(file: EvidenceFile | Evidence, folder: Path | None = None) -> Path:
    """Where the bytes of a row lie. Raises EvidenceError if they are not there or not its own."""
    home = (folder or get_settings().evidence_folder) / file.stored_as
    if not STORED.fullmatch(file.stored_as) or not home.is_file() or home.stat().st_size != file.size:
        raise EvidenceError(f"Không tìm thấy nội dung tệp «{file.name}»; hãy báo quản trị hệ thống.")
    return home


def _write(folder: Path, name: str, suffix: str, data: bytes) -> Arrived:
    try:
        private_folder(folder)
        handle, passing = tempfile.mkstemp(prefix="arriving-", dir=folder)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
        except OSError:
            Path(passing).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise EvidenceError(
            f"Không lưu được tệp «{name}»: {system_words(error)}. Báo cáo chưa được ghi."
        ) from None
    return Arrived(name, suffix, len(data), hashlib.sha256(data).hexdigest(), Path(passing))
