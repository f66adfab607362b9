"""Opening the database: engine, pragmas, the one commit, and upgrading its tables."""

import errno
import os
import sys
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session, create_engine

from config.files.private_files import private_file, private_folder
from config.settings import VAR
from models.database.address import WRONG_URL, parsed_url
from models.database.address import DatabaseNotReady as DatabaseNotReady
from models.database.address import shown as shown
from models.database.poolers import pooler_problem, statement_mode
from models.database.revisions import (
    MIGRATIONS,
    NEWER,
    known_revisions,
    newest_revision,
    revision_of,
    schema_problem,
)
from models.database.sqlite_words import sqlite_words
from models.trail.deeds import write_deeds
from models.trail.heard import out_of_seat
from rules.installation.machine_troubles import system_words
from rules.refusal import NotInThisSeat, Refusal

#: A dead line is noticed by us within a minute (seconds, but the last in milliseconds); libpq's names.
KEEPALIVES: dict[str, str] = {
    "keepalives_idle": "20",
    "keepalives_interval": "10",
    "keepalives_count": "3",
    "tcp_user_timeout": "50000",
    "connect_timeout": "10",
}
#: The same at the server's end of each session: the locks of a host that is gone are free within a minute.
SERVER_KEEPALIVES = (
    "SET tcp_keepalives_idle = 20",
    "SET tcp_keepalives_interval = 10",
    "SET tcp_keepalives_count = 3",
    "SET tcp_user_timeout = 50000",
)

#: What our statements rest on, whatever the server, the database or the account has as its default.
_PINNED = (
    "SET default_transaction_isolation = 'read committed'",
    "SET DateStyle = 'ISO, MDY'",
    "SET TimeZone = 'UTC'",
)
_DEADLOCK = "40P01"  # PostgreSQL's code for what ``Crossed`` tells


class Crossed(Refusal):
    """Two transactions waited for each other and this one gave way: nothing of it is kept."""


def open_database(url: str) -> Engine:
    """An engine for ``url`` (SQLite or PostgreSQL) whose schema is present and current.

    Raises DatabaseNotReady when the tables are missing or of another version.
    """
    engine = connect(url)
    try:
        problem = schema_problem(engine) or pooler_problem(engine)
    except _NOT_OPENED as error:
        raise _not_opened(url, error) from None
    if problem:
        engine.dispose()
        raise DatabaseNotReady(problem)
    return engine


def connect(url: str) -> Engine:
    """An engine without a look at the schema; SQLite gets its pragmas and real transactions."""
    _refuse_office_database_in_tests(url)
    parsed = parsed_url(url)
    # hide_parameters: an error must not carry addresses (some hold tokens) into a log.
    if parsed.get_backend_name() != "sqlite":
        alive = {**KEEPALIVES, **parsed.query}  # what the URL says goes first
        engine = create_engine(parsed, pool_pre_ping=True, hide_parameters=True, connect_args=alive)
        sa.event.listen(engine, "connect", _prepare_postgres)
        return engine
    if parsed.database:
        _make_room(Path(parsed.database).parent)
    engine = create_engine(url, connect_args={"timeout": 30}, hide_parameters=True)
    sa.event.listen(engine, "do_connect", _make_private)
    sa.event.listen(engine, "connect", _prepare_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _make_room(folder: Path) -> None:
    try:
        private_folder(folder)
    except OSError as error:
        why = f"Không mở được cơ sở dữ liệu trong {folder}: {system_words(error)}."
        raise DatabaseNotReady(why) from None


#: A driver's own, and of values in the URL that a driver cannot even read (a host of 300 signs).
_NOT_OPENED = (sa.exc.DatabaseError, ValueError, TypeError)


def _not_opened(url: str, error: Exception) -> DatabaseNotReady:
    """What the server or the file said, in a sentence without a password."""
    if isinstance(error, Refusal):
        return DatabaseNotReady(str(error))
    if not isinstance(error, sa.exc.DatabaseError):
        return DatabaseNotReady(WRONG_URL)
    ours = sqlite_words(error.orig)
    why = f"{ours}." if ours else f"{error.orig}"
    return DatabaseNotReady(statement_mode(error) or f"Không mở được cơ sở dữ liệu {shown(url)}: {why}")


def _make_private(_dialect: Any, _record: Any, arguments: list[str], more: Mapping[str, object]) -> None:
    """A new file is for us alone; SQLite gives its -wal, -shm and -journal the mode of the database."""
    if arguments[0] == ":memory:" or more.get("uri"):
        return
    try:
        private_file(Path(arguments[0]))
    except OSError as error:
        if error.errno == errno.ELOOP:  # SQLite would make the file where the symlink points
            why = f"Không mở được cơ sở dữ liệu {arguments[0]}: {system_words(error)}."
            raise DatabaseNotReady(why) from None
        # Anything else SQLite meets too, and says in its own words.


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # Without isolation_level None the driver begins no transaction before a SELECT, and
    # read-modify-write loses updates in silence. FULL: a claim must survive a power cut.
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def _prepare_postgres(connection: Any, _record: Any) -> None:
    connection.autocommit = True  # one way there and back, no transaction around it
    connection.execute("; ".join((*SERVER_KEEPALIVES, *_PINNED)))
    connection.autocommit = False


def _begin_sqlite(connection: sa.Connection) -> None:
    reading = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


@contextmanager
def unit_of_work(engine: Engine) -> Iterator[Session]:
    """One transaction: commits at the end, rolls back on any error. Nobody else commits.

    What its doors have noted becomes one row of the trail, in the same transaction.

    Raises Crossed, in Vietnamese, when the database ended it for a deadlock; it may be done again at once.
    """
    try:
        with Session(engine, expire_on_commit=False) as session, session.begin():
            yield session
            write_deeds(session)
    except NotInThisSeat:
        out_of_seat()  # a page that shows it has lost what it was
        raise
    except sa.exc.OperationalError as error:
        if getattr(error.orig, "sqlstate", None) != _DEADLOCK:
            raise
        raise Crossed("Có người khác vừa thao tác cùng lúc; chưa có gì được ghi, hãy thử lại.") from error


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """A session that only reads, and keeps nothing: without a write lock on SQLite, READ ONLY on PostgreSQL.

    There it ends by COMMIT: after a ROLLBACK psycopg lets go of every statement that it has prepared, and
    each page would have all of its statements planned anew.
    """
    with engine.connect() as connection:
        connection.execution_options(reading=True, postgresql_readonly=True)
        with connection.begin() as transaction, Session(connection, autoflush=False) as session:
            yield session
            if engine.dialect.name != "postgresql":
                transaction.rollback()


def one_at_a_time(session: Session, name: str) -> None:
    """Wait for every other transaction that asked for ``name``, and look at what it has committed.

    A sweep that runs twice at the same moment then finds its work done, instead of a duplicate key.
    SQLite lets one transaction write at a time as it is.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtext("dondoc.one." + name))))


def migrate(url: str) -> None:
    """Create or upgrade the tables of the database at ``url``.

    Raises DatabaseNotReady, also when a newer release has upgraded it already.
    """
    from alembic import command

    # Some changes remake a table; with foreign keys on, dropping the old one would empty its children.
    engine = connect_unchecked(url)
    try:
        engine.connect().close()
    except _NOT_OPENED as error:
        raise _not_opened(url, error) from None
    try:
        with engine.begin() as connection:
            found = revision_of(connection)
            if found is not None and found not in known_revisions():
                raise DatabaseNotReady(NEWER.format(found=found, expected=newest_revision()))
            config = alembic_config()
            config.attributes["connection"] = connection
            with warnings.catch_warnings():
                # No migration remakes an index over expressions by reflection: it is told by its DDL.
                warnings.filterwarnings("ignore", "Skipped unsupported reflection of expression-based index")
                command.upgrade(config, "head")
            _refuse_broken_references(connection)
    finally:
        engine.dispose()


def connect_unchecked(url: str) -> Engine:
    """An engine whose SQLite connections do not look at foreign keys: for remaking and copying whole tables.

    A PRAGMA within a transaction changes nothing, so a connection is told when it is opened.
    PostgreSQL looks at them as always. Dispose of it when done: its connections stay unchecked.
    """
    engine = connect(url)
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _loosen_foreign_keys)
    return engine


def _loosen_foreign_keys(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA foreign_keys=OFF").close()


def _refuse_broken_references(connection: sa.Connection) -> None:
    """SQLite did not look while it migrated: look now, before anything is committed."""
    if connection.dialect.name != "sqlite":
        return
    if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall():
        raise DatabaseNotReady(
            f"Nâng cấp cơ sở dữ liệu làm hỏng liên kết ở bảng «{broken[0][0]}»: đã hủy bỏ."
        )


def alembic_config() -> Any:
    """Alembic's configuration, independent of the working directory."""
    from alembic.config import Config

    config = Config(stdout=sys.stdout)  # Alembic's default is the one of the day it was imported
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


def _refuse_office_database_in_tests(url: str) -> None:
    if "PYTEST_CURRENT_TEST" in os.environ and str(VAR) in url:
        raise DatabaseNotReady("tests must own their database; refusing the office's one")
