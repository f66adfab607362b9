"""Told before anything depends on it: whether a pooler gives every transaction another server session.

Locks that outlive a transaction (``models/workers.py``, ``models/db.exclusive``) belong to a session. Behind
a pooler in transaction mode a "session" of ours is a different one a moment later: locks would be held
by nobody, or for ever by somebody else.
"""

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

_PID = sa.text("SELECT pg_backend_pid()")
_LOOKS = 3  # a pooler that takes turns shows another session at the second look

PROBLEM = (
    "Cơ sở dữ liệu nằm sau bộ gom kết nối ở chế độ «transaction» (ví dụ pgbouncer với pool_mode = "
    "transaction): khóa của các lượt quét sẽ không còn tác dụng và thư có thể bị gửi hai lần. Hãy nối thẳng "
    "tới PostgreSQL, hoặc đặt pool_mode = session."
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
        if process == told:
            return None
        return PROBLEM if _is_shared(engine, first, process) else None


def _is_shared(engine: Engine, first: Connection, process: int) -> bool:
    with engine.connect() as second:
        second.execute(_PID)  # a transaction begins, and holds whatever session it was given
        taken = second.scalar(_PID)
        if taken == process:
            return True
        return any(_process(first) != process for _ in range(_LOOKS))


def _process(connection: Connection) -> int:
    """The server's process that answers now; the transaction ends with the question."""
    found = int(connection.scalar(_PID) or 0)
    connection.rollback()
    return found
