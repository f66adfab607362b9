"""The floor of the daily follow-up: its selections and inserts of 4/3/2026 as plain SQL by the driver.

Nothing of ours is imported, and every date, word and number is a literal in ``floor_*.sql``: what the
sweep is measured by does not move with the sweep. ``tests/test_bench_floor.py`` keeps a hash of the
statements, so that nobody shifts the floor unseen, and holds their dates to the rules.
"""

import sqlite3
from pathlib import Path
from time import perf_counter

import psycopg

HERE = Path(__file__).parent
#: As the product opens SQLite: a sweep must survive a power cut, so must its floor.
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON")


def statements(kind: str) -> list[str]:
    """The floor's statements for "sqlite" or "postgres", in their order, without comments."""
    text = (HERE / f"floor_{kind}.sql").read_text(encoding="utf-8")
    code = "\n".join(line for line in text.splitlines() if not line.startswith("--"))
    return [statement.strip() for statement in code.split(";\n") if statement.strip()]


def on_sqlite(path: str) -> float:
    """Seconds from BEGIN to COMMIT on the database file at ``path``."""
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}").close()
    found = statements("sqlite")
    start = perf_counter()
    connection.execute("BEGIN IMMEDIATE")
    for statement in found:
        connection.execute(statement)
    connection.execute("COMMIT")
    seconds = perf_counter() - start
    connection.close()
    return seconds


def on_postgres(conninfo: str) -> float:
    """Seconds from BEGIN to COMMIT on the database behind ``conninfo``."""
    found = statements("postgres")
    with psycopg.connect(conninfo) as session:
        start = perf_counter()
        for statement in found:
            session.execute(statement.encode())
        session.commit()
        return perf_counter() - start
