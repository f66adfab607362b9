"""Told before anything depends on it: whether a pooler gives every transaction another server session.

Locks that outlive a transaction (``models/installation/workers.py``, ``models/database/locks.py``) belong to
a session. Behind a pooler in transaction mode a "session" of ours is a different one a moment later: locks
would be held by nobody, or for ever by somebody else.
"""

from contextlib import closing
from select import POLLIN, poll
from typing import Any

import psycopg
import sqlalchemy as sa
from psycopg.pq import ExecStatus
from sqlalchemy.engine import Connection, Engine

_PID = sa.text("SELECT pg_backend_pid()")
_LOOKS = 3  # a pooler that takes turns shows another session at the second look
_ROUNDS = 4  # whoever is quick may have taken the session that we were about to show as shared
_PATIENCE = 10_000  # milliseconds, until a pooler that has no second session for us is full

_PROBLEM = (
    "Cơ sở dữ liệu nằm sau bộ gom kết nối ở chế độ «{mode}» (ví dụ pgbouncer với pool_mode = {mode}): khóa "
    "của các lượt quét sẽ không còn tác dụng và thư có thể bị gửi hai lần. Hãy nối thẳng tới PostgreSQL, "
    "hoặc đặt pool_mode = session."
)
_FULL = (
    "Bộ gom kết nối trước cơ sở dữ liệu (ví dụ pgbouncer) không cấp được phiên thứ hai; mỗi tiến trình cần "
    "ít nhất hai phiên cùng lúc. Hãy tăng default_pool_size của bộ gom, hoặc nối thẳng tới PostgreSQL."
)


def pooler_problem(engine: Engine) -> str | None:
    """Why this database cannot be used through this address, in Vietnamese; None if it can.

    A server tells its process id when a session begins; a pooler makes one up. Only where the two differ
    is a second session opened, to see whether both are given the same process.
    """
    if engine.dialect.name != "postgresql":
        return None
    with engine.connect() as first:
        process = _process(first)
        told = first.connection.driver_connection.info.backend_pid  # type: ignore[union-attr]
        return None if process == told else _problem_behind(engine, first, process)


def statement_mode(error: sa.exc.DatabaseError) -> str | None:
    """The sentence for a pooler in statement mode, which refuses every transaction; None for other errors."""
    return _PROBLEM.format(mode="statement") if "statement pooling" in str(error.orig) else None


def _problem_behind(engine: Engine, first: Connection, process: int) -> str | None:
    """What is wrong behind the pooler, looked for with a second session.

    A session keeps its process while it lives, so no look takes one for shared that is not. A shared one
    is seen unless others come between at every look.
    """
    shared = _PROBLEM.format(mode="transaction")
    arguments, parameters = engine.dialect.create_connect_args(engine.url)
    try:
        # Not from the engine, which would prepare the session, and wait for one to do so.
        with closing(engine.dialect.connect(*arguments, **parameters)) as second:
            for _ in range(_ROUNDS):
                if any(_process(first) != process for _ in range(_LOOKS)):
                    return shared
                taken = _taken(second)
                if taken is None:
                    return _FULL
                if taken == process or _process(first) != process:
                    return shared
                second.rollback()
    except psycopg.Error:
        return _FULL
    return None


def _process(connection: Connection) -> int:
    """The server's process that answers now; the transaction ends with the question."""
    found = int(connection.scalar(_PID) or 0)
    connection.rollback()
    return found


def _taken(line: Any) -> int | None:
    """The process that a transaction, left open, is given; None if the pooler lets us wait for one.

    Spoken to libpq itself: psycopg would wait as long as the pooler lets it, by default two minutes.
    """
    wire = line.pgconn
    wire.send_query(b"BEGIN; SELECT pg_backend_pid()")
    answers: list[Any] = []
    while len(answers) < 3:  # of either statement, and that this was all
        while wire.is_busy():
            if not _heard(wire.socket):
                return None
            wire.consume_input()
        answers.append(wire.get_result())
    found = answers[1]
    return int(found.get_value(0, 0)) if found and found.status == ExecStatus.TUPLES_OK else None


def _heard(socket: int) -> bool:
    looking = poll()
    looking.register(socket, POLLIN)
    return bool(looking.poll(_PATIENCE))
