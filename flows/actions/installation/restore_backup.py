"""Restoring a backup: checked wholly, into an empty database, and declared, so that nothing is said twice."""

import os
import zipfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryDirectory

from config.files.private_files import private_folder
from config.office import Office
from config.settings import Settings
from flows.actions.installation.backup_file import DATABASE, EVIDENCE, Manifest, extract, opened_backup
from flows.actions.installation.instant import read_clock
from flows.actions.installation.restored import Restored, restored
from models.database.revisions import newest_revision
from models.db import connect, migrate, open_database
from models.installation.snapshot import check_empty, read_snapshot
from rules.installation.machine_troubles import system_words
from rules.refusal import Refusal


@dataclass(frozen=True, slots=True)
class RestoredBackup:
    """What was restored, and what is known of the letters since."""

    manifest: Manifest
    evidence: int  # files that were not there
    since: Restored


def restore_backup(settings: Settings, file: Path, office: Office) -> RestoredBackup:
    """Restore ``file`` into the database of the settings, which must be empty or absent.

    Raises Refusal; then nothing has changed, except that evidence of the backup may lie in its folder,
    where a file is named by its content and does no harm.
    """
    with opened_backup(file) as (archive, manifest):
        _check_target(settings.database_url, manifest)
        evidence = _evidence(archive, manifest, settings.evidence_folder)
        _database(archive, manifest, settings.database_url)
    migrate(settings.database_url)
    engine = open_database(settings.database_url)
    try:
        now = max(read_clock(engine).shown, manifest.instant)
        since = restored(engine, manifest.instant, now, settings, office.calendar)
    finally:
        engine.dispose()
    return RestoredBackup(manifest, evidence, since)


def _check_target(url: str, manifest: Manifest) -> None:
    if manifest.revision > newest_revision():
        raise Refusal(
            f"Bản sao lưu ở phiên bản {manifest.revision}, mới hơn phần mềm này ({newest_revision()}): "
            "hãy cài bản phần mềm mới hơn. Chưa khôi phục gì."
        )
    kind = check_empty(url)
    if kind != manifest.kind:
        raise Refusal(
            f"Bản sao lưu là của {manifest.kind}, cơ sở dữ liệu đích là {kind}: hãy đặt DONDOC_DATABASE_URL "
            "cùng loại. Chưa khôi phục gì."
        )


def _evidence(archive: zipfile.ZipFile, manifest: Manifest, folder: Path) -> int:
    added = 0
    try:
        private_folder(folder)
        for name in manifest.parts:
            if EVIDENCE.fullmatch(name) is not None:
                added += _put_evidence(archive, name, folder)
    except OSError as error:
        raise Refusal(f"Không ghi được tệp kèm báo cáo vào {folder}: {system_words(error)}.") from None
    return added


def _put_evidence(archive: zipfile.ZipFile, name: str, folder: Path) -> bool:
    with NamedTemporaryFile(prefix="arriving-", dir=folder) as passing:
        extract(archive, name, passing)  # its content is what its name says: that has been checked
        passing.flush()
        os.fsync(passing.fileno())
        with suppress(FileExistsError):
            os.link(passing.name, folder / name.rpartition("/")[2])
            return True
    return False


def _database(archive: zipfile.ZipFile, manifest: Manifest, url: str) -> None:
    target = connect(url)
    path = target.url.database if manifest.kind == "sqlite" else None
    target.dispose()
    beside = Path(path).parent if path else None
    try:
        with TemporaryDirectory(prefix=".dondoc-restore-", dir=beside) as folder:
            passing = Path(folder) / "database"
            with open(passing, "xb", opener=lambda name, flags: os.open(name, flags, 0o600)) as stream:
                extract(archive, DATABASE, stream)
                stream.flush()
                os.fsync(stream.fileno())
            read_snapshot(url, passing, manifest.pg_dump)
    except OSError as error:
        raise Refusal(f"Không ghi được cơ sở dữ liệu: {system_words(error)}.") from None
