"""Databases to measure on: filled once, then copied fresh for each turn."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg

from flows.actions.installation.own_time import give_own_time
from models.db import migrate, open_database
from tests.bench.province import conninfo
from tests.installations import another_installation
from tests.postgres_server import PostgresServer, running_postgres

#: A quarter of a small server's memory, as docs/runbook.md advises; autovacuum would come at odd moments.
POSTGRES = {"shared_buffers": "512MB", "autovacuum": "off"}

Fill = Callable[[str], None]


@dataclass(frozen=True)
class Town:
    """A filled database; ``with town.fresh() as url`` works on a new copy of it."""

    kind: str  # as the table shows it
    fresh: Callable[[], AbstractContextManager[str]]


@contextmanager
def sqlite_town(fill: Fill) -> Iterator[Town]:
    """An SQLite database with our tables, filled."""
    with TemporaryDirectory(prefix="bench-") as folder:
        original = Path(folder) / "town.db"
        _made(f"sqlite:///{original}")
        fill(f"sqlite:///{original}")
        yield Town("SQLite", partial(_sqlite_copy, original))


def _made(url: str) -> None:
    """Our tables, in a database that may be given its time."""
    migrate(url)
    engine = open_database(url)
    give_own_time(engine)
    engine.dispose()


@contextmanager
def _sqlite_copy(original: Path) -> Iterator[str]:
    with TemporaryDirectory(prefix="copy-", dir=original.parent) as folder:
        yield another_installation(f"sqlite:///{shutil.copyfile(original, Path(folder) / 'town.db')}")


@contextmanager
def postgres_town(fill: Fill) -> Iterator[Town]:
    """The same on a PostgreSQL server of its own."""
    with running_postgres(**POSTGRES) as server:
        name = server.create()
        _made(server.url(name))
        fill(server.url(name))
        yield Town(f"PG {POSTGRES['shared_buffers']} buffers", partial(_copy, server, name))


@contextmanager
def _copy(server: PostgresServer, original: str) -> Iterator[str]:
    name = server.create(original)
    url = another_installation(server.url(name))
    try:
        with psycopg.connect(conninfo(url), autocommit=True) as session:
            session.execute("CHECKPOINT")  # else the copy's pages are written while we measure
        yield url
    finally:
        server.drop(name)


def both(fill: Fill) -> Iterator[Town]:
    """One after the other, each gone before the next."""
    for kind in (sqlite_town, postgres_town):
        with kind(fill) as town:
            yield town
