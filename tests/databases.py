"""Fixtures: a database of its own for every test, SQLite and PostgreSQL alike.

Migrating costs a tenth of a second on SQLite and a whole one on PostgreSQL, so each is migrated once
per worker and copied from then on; copies on PostgreSQL are used again (``postgres_pool``). A test that
asks for several of these gets one kind of database.
"""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import Engine
from sqlalchemy.util import LRUCache

from tests.installations import another_installation
from tests.postgres_pool import PostgresPool
from tests.postgres_server import PostgresServer, running_postgres


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_kind(request: pytest.FixtureRequest) -> str:
    """Runs the test twice, once on each database that we support."""
    return str(request.param)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """The server of this worker, started when the first test wants it."""
    with running_postgres() as server:
        yield server


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """An SQLite database that does not exist yet."""
    return f"sqlite:///{tmp_path / 'empty.db'}"


@pytest.fixture
def database_url(database_kind: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """An empty database."""
    if database_kind == "sqlite":
        yield request.getfixturevalue("sqlite_url")
    else:
        server = request.getfixturevalue("postgres_server")
        name = server.create()
        yield server.url(name)
        server.drop(name)


@pytest.fixture
def migrated_sqlite_url(_migrated_sqlite: Path, tmp_path: Path) -> str:
    """An SQLite database with our tables."""
    path = shutil.copyfile(_migrated_sqlite, tmp_path / "migrated.db")
    return another_installation(f"sqlite:///{path}")


@pytest.fixture
def migrated_url(database_kind: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """A database with our tables."""
    if database_kind == "sqlite":
        yield request.getfixturevalue("migrated_sqlite_url")
    else:
        pool = request.getfixturevalue("postgres_pool")
        name = pool.take()
        yield another_installation(pool.server.url(name))
        pool.give_back(name)


@pytest.fixture
def engine(migrated_url: str) -> Iterator[Engine]:
    """An engine on a database with our tables."""
    yield from _opened(migrated_url)


@pytest.fixture
def sqlite_engine(migrated_sqlite_url: str) -> Iterator[Engine]:
    """The same on SQLite alone, for tests that have nothing to say about databases."""
    yield from _opened(migrated_sqlite_url)


@pytest.fixture(scope="session")
def _migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from models.db import migrate

    path = tmp_path_factory.mktemp("template") / "template.db"
    migrate(f"sqlite:///{path}")
    return _in_one_file(path)


@pytest.fixture
def own_time_office(_own_time: Path, tmp_path: Path) -> Path:
    """``office.db`` in the test's folder, as ``migrate --own-time`` and ``import agencies`` leave it.

    The two commands take a second and a half; ``crash/test_idle_tick.py`` gives them for real.
    """
    from config.clock import wall_now
    from models.db import open_database
    from notifications.witness.restore_guard import remember_place
    from tests.cast import settings

    path = shutil.copyfile(_own_time, tmp_path / "office.db")
    engine = open_database(another_installation(f"sqlite:///{path}"))
    remember_place(engine, settings(), wall_now())  # it is at home here: else nothing would be sent
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def _own_time(_migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    from flows.actions.installation.own_time import give_own_time
    from models.db import open_database
    from tests.cast import move_in

    path = shutil.copyfile(_migrated_sqlite, tmp_path_factory.mktemp("own-time") / "office.db")
    engine = move_in(open_database(f"sqlite:///{path}"))
    give_own_time(engine)
    engine.dispose()
    return _in_one_file(path)


def _in_one_file(path: Path) -> Path:
    """So that the one file is all there is to copy."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return path


@pytest.fixture(scope="session")
def _migrated_postgres(postgres_server: PostgresServer) -> str:
    from models.db import migrate

    name = postgres_server.create()
    migrate(postgres_server.url(name))
    return name


def _postgres_database(server: PostgresServer, template: str) -> Iterator[str]:
    name = server.create(template)
    yield server.url(name)
    server.drop(name)


@pytest.fixture(scope="session")
def postgres_pool(postgres_server: PostgresServer, _migrated_postgres: str) -> PostgresPool:
    """Databases with our tables on the server of this worker."""
    return PostgresPool(postgres_server, _migrated_postgres)


@pytest.fixture(scope="session", autouse=True)
def _cheap_connections() -> Iterator[None]:
    """A test's own engine would compile every statement again, and wait for the disk at each commit."""
    from models import db

    statements = LRUCache[Any, Any](5_000)
    connect = db.connect

    def cheap(url: str) -> Engine:
        engine = connect(url)
        engine.update_execution_options(compiled_cache=statements)
        if engine.dialect.name == "sqlite":
            sa.event.listen(engine, "connect", never_mind_a_power_cut)
        return engine

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(db, "connect", cheap)
        patch.setattr(os, "fdatasync", lambda _handle: None)  # the witness waits for the disk as well
        for dialect in (SQLiteDialect_pysqlite, PGDialect_psycopg):  # the key of that cache holds it
            patch.setattr(dialect, "__hash__", lambda one: hash(type(one)))
            patch.setattr(dialect, "__eq__", lambda one, other: type(one) is type(other))
        yield


def never_mind_a_power_cut(connection: Any, _record: Any) -> None:
    """What the disk holds after a power cut is nothing that a test can look at."""
    connection.execute("PRAGMA synchronous=OFF").close()


def _opened(url: str) -> Iterator[Engine]:
    from models.db import open_database

    engine = open_database(url)
    yield engine
    engine.dispose()
