"""A province for the benches: agencies with one address each, and open tasks with their history.

Seeded, so that every run measures the same province; rows are plain text and numbers, given to the
databases by their fastest door (``executemany``, ``COPY``), so that a million tasks take seconds.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any, Protocol

import psycopg
from sqlalchemy.engine import make_url

from rules.outbox.addresses import channel_of, identity_of
from tests.bench.province_tasks import AGENCIES, AT, DIRECTIVE_OF, TABLES, YESTERDAY, history, rows_of

Row = tuple[Any, ...]
BATCH = 20_000  # tasks held in memory at once
OFFICES = {"ban": "ban-chi-dao", "chair": "lanh-dao", "standing": "so", "upper": "ubnd-tinh", "sec": "so"}
COMMITTEE = [(1, "ban", "chair", "standing", "upper", "sec")]
TEXT = "Tham mưu cân đối kinh phí hỗ trợ hợp tác xã trên địa bàn tỉnh, báo cáo kết quả."
#: Tables are filled in this order; each names its columns.
PLACES = {
    "agency": "id, name, kind, vague",
    "committee": "id, body_id, chair_id, standing_agency_id, upper_id, secretariat_id",
    "contact": "id, agency_id, role, label, active",
    "contact_address": "id, contact_id, position, url, channel, identity, withdrawn",
    "document": "id, state, kind, number, dated_on, title, text, source_name, draft, version, entered_at",
    "directive": (
        "id, document_id, ordinal, text, span_start, span_end, due_kind, due_rule, due_approximate, "
        "due_basis, urgency, escalation, standing_rule, doubts"
    ),
    "policy_version": "digest, text, first_used_at",
    "follow_up_day": "day, first_at, last_at, policy_digest, counts",
}
PER_DOCUMENT = 100


class Door(Protocol):
    """How rows get into a database."""

    def put(self, table: str, columns: str, rows: Iterable[Row]) -> None:
        """Insert the rows."""


def settle(url: str, tasks: int, scheme: str = "smtpmail") -> None:
    """Fill a migrated, empty database with a province of ``tasks`` open tasks, and have it analysed."""
    with opened(url) as door:
        for table, rows in _places(tasks, scheme).items():
            door.put(table, PLACES[table], rows)
        numbers = iter(range(1, tasks + 1))
        while batch := rows_of(islice(numbers, BATCH)):
            door.put("task", TABLES["task"], batch)
            for table, rows in history(batch).items():
                door.put(table, TABLES[table], rows)


def _places(tasks: int, scheme: str) -> dict[str, list[Row]]:
    """Everything that is there before the first task."""
    bodies = [*(f"a{n}" for n in range(AGENCIES)), "chair", "standing", "upper", "sec"]
    last = DIRECTIVE_OF(tasks)
    return {
        "agency": [
            *((f"a{n}", f"Sở Nông nghiệp và Môi trường số {n}", "so", 0) for n in range(AGENCIES)),
            *((key, key, kind, 0) for key, kind in OFFICES.items()),
        ],
        "committee": list(COMMITTEE),
        "contact": [(n, body, "van-thu", f"Văn thư {body}", 1) for n, body in enumerate(bodies, 1)],
        "contact_address": [
            address(n, n, f"{scheme}://{body}@example.org") for n, body in enumerate(bodies, 1)
        ],
        "document": [
            (
                n,
                "issued",
                "notice",
                f"{n}/TB",
                "2026-01-23",
                "",
                "",
                "",
                "{}",
                1,
                "2026-01-23 01:00:00.000000",
            )
            for n in range(1, last // PER_DOCUMENT + 2)
        ],
        "directive": [_directive(n) for n in range(1, last + 1)],
        "policy_version": [("of yesterday", "", AT)],
        "follow_up_day": [(YESTERDAY, AT, AT, "of yesterday", "{}")],
    }


def address(key: int, contact: int, url: str, position: int = 0) -> Row:
    """A row of ``contact_address``."""
    return key, contact, position, url, channel_of(url), identity_of(url), 0


def _directive(number: int) -> Row:
    kind, rule = ("recurring", "monthly day 25") if number % 50 == 0 else ("date", None)
    return (number, number // PER_DOCUMENT + 1, number, TEXT, 0, 10, kind, rule, 0, "", "", 0, 0, "[]")


@contextmanager
def opened(url: str) -> Iterator[Door]:
    """Rows go in, then the database is analysed."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        with sqlite3.connect(str(parsed.database), isolation_level=None) as connection:
            connection.execute("PRAGMA synchronous=OFF")
            connection.execute("PRAGMA cache_size=-400000")  # 400 MB: indexes are filled in no order
            connection.execute("BEGIN")
            yield _Sqlite(connection)
            connection.execute("COMMIT")
            connection.execute("ANALYZE")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # one file is all there is to copy
        connection.close()
    else:
        with psycopg.connect(_conninfo(parsed), autocommit=True) as session:
            session.execute("SET TIME ZONE 'UTC'")
            session.execute("SET session_replication_role = replica")  # no look-up for each reference
            yield _Postgres(session)
            session.execute("VACUUM ANALYZE")


def conninfo(url: str) -> str:
    """What ``psycopg.connect`` wants to know."""
    return _conninfo(make_url(url))


def _conninfo(parsed: Any) -> str:
    return f"host={parsed.query['host']} user={parsed.username} dbname={parsed.database}"


class _Sqlite:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def put(self, table: str, columns: str, rows: Iterable[Row]) -> None:
        marks = ", ".join("?" for _ in columns.split(","))
        self._connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)


class _Postgres:
    def __init__(self, session: psycopg.Connection[Any]) -> None:
        self._session = session

    def put(self, table: str, columns: str, rows: Iterable[Row]) -> None:
        with self._session.cursor() as cursor:
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            if columns.startswith("id,") and table != "agency":
                cursor.execute(
                    f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"
                )
