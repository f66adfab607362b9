"""Backing up: the database in one snapshot, then what lies beside it, into one file for us alone."""

import io
import json
import os
import zipfile
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import sqlalchemy as sa
from pydantic import SecretStr
from sqlalchemy.engine import Engine

from config.clock import wall_now
from config.settings import Settings
from flows.actions.installation.backup_file import (
    DATABASE,
    EVIDENCE,
    MANIFEST,
    SETTINGS,
    WITNESS,
    Manifest,
    add_part,
)
from models.db import shown
from models.installation.snapshot import write_snapshot
from notifications.witness.book import Witness
from notifications.witness.standing import installation_of
from rules.installation.machine_troubles import system_words
from rules.refusal import Refusal


def back_up(engine: Engine, settings: Settings, file: Path, now: datetime) -> Manifest:
    """Write a backup to ``file``, which must not exist. Raises Refusal; then there is no such file.

    The office may go on working: evidence files are only ever added, so those that the database of the
    snapshot names are there when they are read after it.
    """
    if file.exists() or file.is_symlink():
        raise Refusal(f"Tệp {file} đã có; không ghi đè. Hãy chọn tên khác.")
    try:
        # Beside the backup: there is room for it there or nowhere. A folder that only we can enter.
        with TemporaryDirectory(prefix=".dondoc-backup-", dir=file.parent) as folder:
            return _written(engine, settings, file, Path(folder), now)
    except OSError as error:
        raise Refusal(f"Không ghi được bản sao lưu {file}: {system_words(error)}.") from None


def _written(engine: Engine, settings: Settings, file: Path, folder: Path, now: datetime) -> Manifest:
    snapshot, passing = folder / "snapshot", folder / "backup"
    release = write_snapshot(engine, snapshot)
    manifest = Manifest(engine.dialect.name, _revision(engine), now, wall_now(), _version(), release)
    with open(passing, "xb", opener=_private) as stream:
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            with snapshot.open("rb") as source:
                add_part(archive, manifest, DATABASE, source)
            _add_folder(archive, manifest, "evidence", settings.evidence_folder, EVIDENCE)
            _add_folder(archive, manifest, "witness", _witness(engine, settings), WITNESS)
            add_part(archive, manifest, SETTINGS, io.BytesIO(_without_secrets(settings)))
            archive.writestr(MANIFEST, manifest.as_json())
        stream.flush()
        os.fsync(stream.fileno())
    try:
        os.link(passing, file)  # unlike a rename it never takes another's place
    except FileExistsError:
        raise Refusal(f"Tệp {file} vừa được tạo; không ghi đè.") from None
    return manifest


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _witness(engine: Engine, settings: Settings) -> Path:
    return Witness.at_hand(engine, settings, installation_of(engine).secret).folder


def _add_folder(archive: zipfile.ZipFile, manifest: Manifest, name: str, folder: Path, kept: Any) -> None:
    for path in sorted(folder.rglob("*")):
        within = f"{name}/{path.relative_to(folder).as_posix()}"
        if kept.fullmatch(within) and path.is_file() and not path.is_symlink():
            with path.open("rb") as source:
                add_part(archive, manifest, within, source)


def _without_secrets(settings: Settings) -> bytes:
    told = {
        name: value for name, value in settings if not isinstance(value, SecretStr) and not _is_secret(name)
    }
    told["database_url"] = shown(settings.database_url)
    return json.dumps(told, ensure_ascii=False, indent=1, default=str).encode()


def _is_secret(name: str) -> bool:
    field = Settings.model_fields[name]
    return "SecretStr" in str(field.annotation)


def _revision(engine: Engine) -> str:
    with engine.connect() as connection:
        return str(connection.scalar(sa.text("SELECT version_num FROM alembic_version")))


def _version() -> str:
    try:
        return version("dondoc")
    except PackageNotFoundError:
        return "?"
