"""Who delivers: a number, and the one database session that answers for it.

On PostgreSQL a worker takes an advisory lock on its number and works on that very session: claims and
settlements of a worker cannot outlive its lock, because both end with the session. Whoever can take the
lock of a number knows that its session is gone. Beside SQLite one locked file admits one worker.
Why, and what follows: ``docs/decisions/0003``.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from itertools import count

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlmodel import Session

from models.database.locks import locked_file
from models.db import SERVER_KEEPALIVES
from rules.refusal import Refusal

#: The first half of a worker's lock, so that it meets no other lock of ours (an arbitrary number).
_CLASS = 0x444F4E44
#: A dead host is noticed by the server within a minute, and no time-out ends a session during I/O.
_SESSION = (
    *SERVER_KEEPALIVES,
    "SET idle_session_timeout = 0",  # from PostgreSQL 14 on
    # The same few statements for each letter: planning one takes longer than running it.
    "SET plan_cache_mode = force_generic_plan",
)


class SessionLost(Refusal):
    """The session that holds this worker's lock is gone, and the worker with it."""

    def __init__(self) -> None:
        super().__init__("Mất kết nối tới cơ sở dữ liệu khi đang gửi thư; lượt sau sẽ làm tiếp.")


@dataclass(frozen=True, slots=True)
class Worker:
    """One worker of one database. ``process`` is the server's process of its session (0 on SQLite)."""

    number: int
    process: int
    connection: Connection

    @contextmanager
    def unit_of_work(self) -> Iterator[Session]:
        """One transaction on this worker's session. Raises SessionLost; never opens another session."""
        if self.connection.invalidated:  # SQLAlchemy would quietly take a new session here
            raise SessionLost
        try:
            with Session(self.connection, expire_on_commit=False) as session, session.begin():
                yield session
        except sa.exc.DBAPIError as error:
            if error.connection_invalidated:
                raise SessionLost from error
            raise

    def is_here(self) -> tuple[sa.ColumnElement[bool], ...]:
        """Conditions of a claim: it is made by the session that holds this worker's lock, and by no other."""
        return _is_here(self.process) if self.process else ()

    def is_gone(self, session: Session, number: int | None) -> bool:
        """Whether worker ``number`` has lost its session; if so, nobody else is told so until we commit.

        Its own number is used again by whoever comes next: what it finds under it when it begins is not its.
        """
        if number == self.number:
            return False
        if not self.process or number is None:
            return True  # beside SQLite there is no other; None: claimed by a release without numbers
        taken = sa.select(sa.func.pg_try_advisory_xact_lock(_CLASS, number))
        return bool(session.scalar(taken))


@lru_cache(maxsize=4)
def _is_here(process: int) -> tuple[sa.ColumnElement[bool]]:
    """Always the same object for a session: statements are built once for each set of conditions."""
    return (sa.func.pg_backend_pid() == process,)


@contextmanager
def worker(engine: Engine) -> Iterator[Worker | None]:
    """A worker for as long as the block lasts; None if nobody may deliver at present.

    None means: another pass on SQLite; on PostgreSQL somebody who holds the lock "deliver" of
    ``models/database/locks.exclusive`` (a release that knew one worker only, or maintenance).
    """
    if engine.dialect.name == "postgresql":
        with _own_session(engine) as found:
            yield found
        return
    with locked_file(engine, "deliver") as ours:
        if not ours:
            yield None
            return
        with engine.connect() as connection:
            yield Worker(1, 0, connection)


@contextmanager
def _own_session(engine: Engine) -> Iterator[Worker | None]:
    with engine.connect() as connection:
        try:
            _prepare(connection)
            admitted = connection.scalar(
                sa.select(sa.func.pg_try_advisory_lock_shared(sa.func.hashtext("dondoc.deliver")))
            )
            yield _registered(connection) if admitted else None
        finally:
            # Not back into the pool: the locks end with the session, and the next pass may be soon.
            with suppress(sa.exc.SQLAlchemyError):
                if not connection.invalidated:
                    connection.rollback()
                    connection.execute(sa.select(sa.func.pg_advisory_unlock_all()))
                    connection.commit()
            connection.invalidate()


def _prepare(connection: Connection) -> None:
    """The session's settings; one that an old server does not know is left out."""
    for setting in _SESSION:
        try:
            connection.exec_driver_sql(setting)
            connection.commit()
        except sa.exc.ProgrammingError:
            connection.rollback()


def _registered(connection: Connection) -> Worker:
    """The lowest number that nobody else has, its lock taken."""
    numbers = count(1)
    number = next(n for n in numbers if connection.scalar(sa.select(sa.func.pg_try_advisory_lock(_CLASS, n))))
    process = int(connection.scalar(sa.text("SELECT pg_backend_pid()")) or 0)
    connection.commit()
    return Worker(number, process, connection)
