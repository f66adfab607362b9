"""The file of a backup: one archive of database, evidence, witness and settings, with a manifest.

A backup comes from a disk that failed or from a stranger: nothing of it is used before every byte has met
its checksum, and no name in it decides where anything is written.
"""

import hashlib
import json
import lzma
import os
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from config.files.json_text import JsonFault, json_value
from config.files.setting_file import handle_of
from config.files.shown import shown_key
from rules.refusal import Refusal

FORMAT = 1
MANIFEST = "manifest.json"
DATABASE = "database"
SETTINGS = "settings.json"
EVIDENCE = re.compile(r"evidence/([0-9a-f]{64})\.[a-z]{3,4}")
WITNESS = re.compile(r"witness/[a-z0-9-]+/w\d+-\d{4}-\d{2}\.log")
_CHUNK = 1024 * 1024
_MOST_MANIFEST = 64 * 1024 * 1024
_MOST_PARTS = 5_000_000  # of it: three for each file of a report
#: What zipfile and the unpackers in it raise for bytes that are none of theirs; RuntimeError: a password.
_NO_ARCHIVE = (
    zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError, OverflowError, struct.error,
    zlib.error, lzma.LZMAError, UnicodeError,
)  # fmt: skip
_BROKEN = "Tệp {name} không phải bản sao lưu của Đôn Đốc, hoặc đã bị hỏng ({why}). Chưa khôi phục gì."


@dataclass(frozen=True, slots=True)
class BackupPart:
    """One file of a backup as it must be."""

    size: int
    sha256: str


@dataclass(slots=True)
class Manifest:
    """What a backup is: ``instant`` is the database's own time just before its state was taken."""

    kind: str  # sqlite, postgresql
    revision: str
    instant: datetime
    made_at: datetime
    version: str  # of the software
    pg_dump: int | None = None
    parts: dict[str, BackupPart] = field(default_factory=dict)

    def as_json(self) -> str:
        """The manifest as it lies in the backup."""
        value = asdict(self) | {"format": FORMAT}
        return json.dumps(value, ensure_ascii=False, indent=1, default=datetime.isoformat)


def add_part(archive: zipfile.ZipFile, manifest: Manifest, name: str, source: IO[bytes]) -> None:
    """Add a file under ``name``, and what it must be to the manifest."""
    digest, size = hashlib.sha256(), 0
    with archive.open(name, "w", force_zip64=True) as target:
        while data := source.read(_CHUNK):
            digest.update(data)
            size += len(data)
            target.write(data)
    manifest.parts[name] = BackupPart(size, digest.hexdigest())


@contextmanager
def opened_backup(file: Path) -> Iterator[tuple[zipfile.ZipFile, Manifest]]:
    """The archive and its manifest, every part checked. Raises Refusal."""
    with os.fdopen(handle_of(file), "rb") as stream, ExitStack() as opened:
        try:
            archive = opened.enter_context(zipfile.ZipFile(stream))
            manifest = _manifest(file, archive)
            _check(file, archive, manifest)
        except _NO_ARCHIVE:
            raise broken(file, "sai định dạng ZIP") from None
        yield archive, manifest


def broken(file: Path, why: str) -> Refusal:
    """The refusal of a file that is no backup, or not whole."""
    return Refusal(_BROKEN.format(name=shown_key(file.name), why=shown_key(why)))


def _manifest(file: Path, archive: zipfile.ZipFile) -> Manifest:
    try:
        if archive.getinfo(MANIFEST).file_size > _MOST_MANIFEST:
            raise broken(file, MANIFEST)
        value: dict[str, Any] = json_value(archive.read(MANIFEST), _MOST_MANIFEST, _MOST_PARTS)
        if value.pop("format") != FORMAT:
            raise Refusal(f"Bản sao lưu {file.name} có định dạng của phiên bản phần mềm khác.")
        parts = {name: BackupPart(**part) for name, part in value.pop("parts").items()}
        for name in ("instant", "made_at"):
            value[name] = datetime.fromisoformat(value[name])
        return Manifest(**value, parts=parts)
    except (KeyError, TypeError, ValueError, AttributeError, JsonFault):
        raise broken(file, MANIFEST) from None


def _check(file: Path, archive: zipfile.ZipFile, manifest: Manifest) -> None:
    names = [name for name in archive.namelist() if name != MANIFEST]
    if sorted(names) != sorted(manifest.parts) or DATABASE not in manifest.parts:
        raise broken(file, "thiếu hoặc thừa tệp bên trong")
    for name, part in manifest.parts.items():
        known = name in (DATABASE, SETTINGS) or EVIDENCE.fullmatch(name) or WITNESS.fullmatch(name)
        if not known or archive.getinfo(name).file_size != part.size:
            raise broken(file, name)
        found = digest_of(archive, name)
        evidence = EVIDENCE.fullmatch(name)
        if found != part.sha256 or (evidence and evidence[1] != found):
            raise broken(file, name)


def digest_of(archive: zipfile.ZipFile, name: str) -> str:
    """SHA-256 of a part."""
    digest = hashlib.sha256()
    with archive.open(name) as source:
        while data := source.read(_CHUNK):
            digest.update(data)
    return digest.hexdigest()


def extract(archive: zipfile.ZipFile, name: str, target: IO[bytes]) -> None:
    """The bytes of a part to an open file."""
    with archive.open(name) as source:
        while data := source.read(_CHUNK):
            target.write(data)
