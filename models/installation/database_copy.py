"""A copy of the office's tables in an SQLite file of its own, to try things on.

The original is only read, in one snapshot: pages and sweeps may go on meanwhile.
"""

import secrets
import sqlite3
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlmodel import SQLModel

import models.deadlines.calendar_years
import models.installation.clock_leaps
import models.installation.prefect_grace
import models.installation.restores
import models.tables.agencies
import models.tables.cases
import models.tables.crossings
import models.tables.documents
import models.tables.extensions
import models.tables.follow_up_days
import models.tables.hand_overs
import models.tables.learned
import models.tables.meetings
import models.tables.outbox
import models.tables.people
import models.tables.reports
import models.tables.sign_in
import models.tables.tasks
import models.trail.rows  # noqa: F401  (each registers its tables)
from config.files.private_files import private_file
from models.db import connect, connect_unchecked, unit_of_work
from models.installation.restores import Purpose
from models.tables.outbox import Installation

_ROWS = 5_000  # at a time


def copy_database(engine: Engine, path: Path) -> Engine:
    """An engine on a fresh copy at ``path``, which must not exist; whoever asks disposes of both."""
    if path.exists():
        raise FileExistsError(path)
    if engine.dialect.name == "sqlite":
        copy_pages(engine, path)
        return connect(f"sqlite:///{path}")
    # Tasks refer to tasks, agencies to agencies, rows come in any order: the original has checked them.
    unchecked = connect_unchecked(f"sqlite:///{path}")
    _copy_rows(engine, unchecked)
    unchecked.dispose()
    return connect(f"sqlite:///{path}")


def for_tests(copy: Engine) -> None:
    """Let a copy never send, nor be taken for its original (``notifications/witness/restore_guard.py``)."""
    with unit_of_work(copy) as session:
        session.merge(Installation(id=1, secret=secrets.token_hex(32), purpose=Purpose.TEST.value))


def copy_pages(engine: Engine, path: Path) -> None:
    """The committed state of an SQLite database in a file of its own, by SQLite's online backup."""
    private_file(path)
    target = sqlite3.connect(path)
    with engine.execution_options(reading=True).connect() as connection:
        # What is committed, under a lock of SQLite's own.
        raw = connection.connection.driver_connection
        assert isinstance(raw, sqlite3.Connection)
        raw.backup(target)
    target.close()


def _copy_rows(engine: Engine, copy: Engine) -> None:
    snapshot = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    with snapshot.connect() as source, copy.connect() as target:
        SQLModel.metadata.create_all(target)
        for table in SQLModel.metadata.sorted_tables:
            _copy_table(source, target, table)
        target.commit()


def _copy_table(source: Connection, target: Connection, table: sa.Table) -> None:
    found = source.execution_options(yield_per=_ROWS).execute(sa.select(table))
    for part in found.mappings().partitions(_ROWS):
        target.execute(sa.insert(table), [dict(row) for row in part])
