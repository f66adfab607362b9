"""A whole database as one file, and back: what a backup holds of it."""

import os
import sqlite3
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from models.db import connect
from models.installation.database_copy import copy_pages
from models.installation.postgres_programs import dump_database, load_database
from rules.refusal import Refusal

_HOLDS = "Hãy đặt DONDOC_DATABASE_URL sang một cơ sở dữ liệu mới, trống rồi chạy lại."


def write_snapshot(engine: Engine, file: Path) -> int | None:
    """Write the committed state to ``file``; returns pg_dump's release. Raises Refusal."""
    if engine.dialect.name == "postgresql":
        return dump_database(engine, file)
    copy_pages(engine, file)
    return None


def check_empty(url: str) -> str:
    """The kind of the database at ``url``, which holds no tables. Raises Refusal, DatabaseNotReady."""
    engine = connect(url)
    try:
        path = engine.url.database
        if engine.dialect.name == "sqlite" and (not path or not Path(path).exists()):
            _check_no_remains(path)
            return "sqlite"
        if tables := sa.inspect(engine).get_table_names():
            raise Refusal(f"Cơ sở dữ liệu đích đã có {len(tables)} bảng; không ghi đè. {_HOLDS}")
        return engine.dialect.name
    finally:
        engine.dispose()


def _check_no_remains(path: str | None) -> None:
    if not path:
        raise Refusal(f"Cơ sở dữ liệu đích phải là một tệp. {_HOLDS}")
    for remains in (f"{path}-wal", f"{path}-journal"):
        if Path(remains).exists():  # it would be played into the restored file
            raise Refusal(f"Còn tệp {remains} của cơ sở dữ liệu cũ; hãy chuyển nó đi nơi khác rồi chạy lại.")


def read_snapshot(url: str, file: Path, made_by: int | None) -> None:
    """Put the snapshot where ``check_empty`` has looked, wholly or not at all. Raises Refusal."""
    engine = connect(url)
    try:
        if engine.dialect.name == "postgresql":
            load_database(engine, file, made_by or 0)
        else:
            _put(file, Path(str(engine.url.database)))
    finally:
        engine.dispose()


def _put(file: Path, home: Path) -> None:
    """``file`` lies in the folder of ``home`` already, so that it gets its name in one step."""
    check = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    try:
        [(found,)] = check.execute("PRAGMA integrity_check(1)").fetchall()
    except sqlite3.DatabaseError as error:
        found = str(error)
    finally:
        check.close()
    if found != "ok":
        raise Refusal(f"Cơ sở dữ liệu trong bản sao lưu bị hỏng: {found}.")
    os.replace(file, home)
