"""Locks that outlive a transaction and die with whoever holds them: what one process may do at a time."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from config.files.private_files import FILE


@contextmanager
def exclusive(engine: Engine, name: str) -> Iterator[bool]:
    """Yields True while this process alone holds ``name`` for this database, else False.

    The lock dies with its holder (an advisory lock on PostgreSQL, a locked file beside a SQLite
    database), so a killed sweep never blocks the next one.
    """
    if engine.dialect.name == "postgresql":
        # Autocommit: between two statements the session is idle, never "idle in transaction".
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            key = sa.func.hashtext("dondoc." + name)
            try:
                yield bool(connection.scalar(sa.select(sa.func.pg_try_advisory_lock(key))))
            finally:
                # Closing alone frees the lock only when the server has noticed: the next pass may be sooner.
                with suppress(sa.exc.DBAPIError):
                    connection.execute(sa.select(sa.func.pg_advisory_unlock_all()))
                connection.invalidate()  # back in the pool it would keep the lock after an error
        return
    with locked_file(engine, name) as ours:
        yield ours


@contextmanager
def locked_file(engine: Engine, name: str) -> Iterator[bool]:
    """The same beside an SQLite database."""
    from filelock import FileLock, Timeout

    lock = FileLock(f"{engine.url.database}.{name}.lock", mode=FILE)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        yield False
        return
    try:
        yield True
    finally:
        lock.release()
