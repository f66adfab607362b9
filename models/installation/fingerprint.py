"""Where a database lies: what differs after a restore, a failover or a copy, and not after a restart."""

import os

import sqlalchemy as sa
from sqlalchemy.engine import Engine

#: Asked one by one: the account may lack the right to some of them, and a standby has no present WAL file.
_SYSTEM = "SELECT system_identifier FROM pg_control_system()"
_TIMELINE = "SELECT substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8)"
_DATABASE = "SELECT oid FROM pg_database WHERE datname = current_database()"
NOT_KNOWN = "-"


def fingerprint(engine: Engine) -> str:
    """System, timeline and database on PostgreSQL, device and inode of an SQLite file.

    What may not be asked is "-"; a dump restored over the same database leaves all of it as it was.
    """
    if engine.dialect.name != "postgresql":
        return _of_file(engine.url.database)
    with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        return ":".join(("pg", *(_asked(connection, one) for one in (_SYSTEM, _TIMELINE, _DATABASE))))


def is_trial(engine: Engine) -> bool:
    """Whether the engine is of a copy on which this process tries something; nothing leaves it."""
    return bool(engine.get_execution_options().get("trial", False))


def _asked(connection: sa.Connection, question: str) -> str:
    try:
        return str(connection.exec_driver_sql(question).scalar_one())
    except (sa.exc.ProgrammingError, sa.exc.OperationalError) as error:
        if error.connection_invalidated:
            raise
        return NOT_KNOWN


def _of_file(path: str | None) -> str:
    if not path or path == ":memory:":
        return "memory"
    found = os.stat(path)
    return f"sqlite:{found.st_dev}:{found.st_ino}"
