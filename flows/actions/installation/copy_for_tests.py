"""A copy of the office's database to try things on: it can never send, whatever is done with it."""

import os
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from models.database.revisions import newest_revision
from models.installation.database_copy import copy_database, for_tests
from rules.installation.machine_troubles import system_words
from rules.refusal import Refusal

_SQLITE = "sqlite:///"


def copy_for_tests(engine: Engine, target: str) -> Path:
    """Copy the database into an SQLite file that must not exist; returns its path. Raises Refusal.

    ``target`` is a path or an SQLite URL; the original may be on PostgreSQL.
    """
    file = _file_of(target)
    if file.exists() or file.is_symlink():
        raise Refusal(f"Tệp {file} đã có; không ghi đè. Hãy chọn tên khác.")
    try:
        with TemporaryDirectory(prefix=".dondoc-copy-", dir=file.parent) as folder:
            passing = Path(folder) / "copy.db"
            _copied(engine, passing)
            passing.chmod(0o600)
            os.link(passing, file)
    except OSError as error:
        raise Refusal(f"Không ghi được bản sao {file}: {system_words(error)}.") from None
    return file


def _file_of(target: str) -> Path:
    if "://" in target and not target.startswith(_SQLITE):
        raise Refusal(
            "Bản sao để thử là một tệp SQLite: hãy ghi đường dẫn của tệp, ví dụ /tmp/thu.db "
            "(cơ sở dữ liệu gốc có thể ở PostgreSQL)."
        )
    return Path(target.removeprefix(_SQLITE))


def _copied(engine: Engine, passing: Path) -> None:
    copy = copy_database(engine, passing)
    try:
        for_tests(copy)
        with copy.begin() as connection:
            if not sa.inspect(connection).has_table("alembic_version"):  # copied from PostgreSQL by rows
                connection.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
                version = sa.table("alembic_version", sa.column("version_num"))
                connection.execute(sa.insert(version).values(version_num=newest_revision()))
        with copy.connect() as connection:
            connection.exec_driver_sql("ROLLBACK")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")  # one file is all there is
    finally:
        copy.dispose()
