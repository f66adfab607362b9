"""A change of many tasks at once: the rows, their events and what else is written about each.

PostgreSQL does it in one statement: an UPDATE that looks again at a row it had to wait for, and whose
RETURNING feeds the inserts. On SQLite there is one writer at a time, so nothing can come between: the
tasks are put down in a temporary table, written about, then changed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from models.sweep.statements import Dialect, dialect_of, rows_of, run


@dataclass(frozen=True, slots=True)
class Move:
    """What happens to the tasks ``t`` that meet ``chosen``, which ``index`` finds.

    ``columns`` are what ``inserts`` read from ``moved``: expressions on ``t`` after the change, written
    with ``{next}`` behind a number that the change raises by one. ``given`` is a common table ``s`` of
    tasks that meet ``chosen``, which ``sets`` and ``columns`` may read, and ``joined`` says which of its
    rows is whose and moves.
    """

    chosen: str
    index: str
    sets: str
    columns: Mapping[str, str]
    inserts: tuple[str, ...]  # the last one counts
    given: str = ""
    joined: str = ""


#: What every move knows of its tasks.
COMMON = {
    "id": "t.id",
    "agency_id": "t.agency_id",
    "due_on": "t.due_on",
    "version": "t.version{next}",
    "status": "t.status",
    "urgent": "t.urgent",
}


def event(kind: str, note: str, data: str) -> str:
    """Insert the event of each task in ``moved``."""
    return (
        "INSERT INTO task_event (task_id, seq, happened_at, happened_on, kind, from_status, to_status,"
        f" actor, note, data) SELECT id, version, :now, :today, '{kind}', status, status, 'clock',"
        f" {note}, {data} FROM moved ORDER BY id"
    )


def perform_all(session: Session, move: Move, values: dict[str, Any]) -> int:
    """Do it in the caller's transaction; returns how many rows the last insert wrote."""
    dialect = dialect_of(session)
    return _on_postgresql(session, move, values) if dialect.postgres else _on_sqlite(session, move, values)


def _on_postgresql(session: Session, move: Move, values: dict[str, Any]) -> int:
    *before, last = move.inserts
    parts = [move.given] if move.given else []
    # Also those of ``s`` are chosen again: somebody else may have changed a row that had to be waited for.
    source, chosen = (" FROM s", f"{move.joined} AND {move.chosen}") if move.given else ("", move.chosen)
    parts.append(
        f"moved AS (UPDATE task t SET version = t.version + 1, {move.sets}{source}"
        f" WHERE {chosen} RETURNING {_columns(move, '')})"
    )
    parts += [f"w{number} AS ({insert})" for number, insert in enumerate(before)]
    return run(session, f"WITH {', '.join(parts)} {last}", values)


def _on_sqlite(session: Session, move: Move, values: dict[str, Any]) -> int:
    given, source, chosen = "", Dialect(postgres=False).task(move.index), move.chosen
    if move.given:  # nothing can change between its look and this one
        given, source, chosen = f"WITH {move.given} ", "s CROSS JOIN task t", move.joined
    found = f"{given}SELECT {_columns(move, ' + 1')} FROM {source} WHERE {chosen}"
    run(session, f"CREATE TEMP TABLE moved AS {found}", values)
    written = 0
    if rows_of(session, "SELECT 1 FROM moved LIMIT 1", {}):
        for insert in move.inserts:
            written = run(session, insert, values)
        sets = f"version = t.version + 1, {move.sets}"
        run(session, f"UPDATE task AS t SET {sets} FROM moved AS s WHERE t.id = s.id", values)
    run(session, "DROP TABLE temp.moved", {})
    return written


def _columns(move: Move, step: str) -> str:
    pairs = ", ".join(f"{value} AS {name}" for name, value in move.columns.items())
    return pairs.replace("{next}", step)


def changed(dialect: Dialect, changes: dict[str, str], **more: str) -> str:
    """The event's data: ``changes`` (column -> its new value as kept in JSON) and what else it tells."""
    return dialect.json(**more, changes=dialect.json(**changes))
