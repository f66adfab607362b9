"""A change of many tasks at once: the rows, their events and what else is written about each.

PostgreSQL does it in one statement: an UPDATE that looks again at a row it had to wait for, and whose
RETURNING feeds the inserts. Whose tasks it is about is asked before: mostly it is nobody, and a question
costs a tenth of planning the change. On SQLite there is one writer at a time, so nothing can come between:
the tasks are put down in a temporary table, written about, then changed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session

from models.sweep.statements import Dialect, dialect_of, rows_of, run


@dataclass(frozen=True, slots=True)
class Move:
    """What happens to the tasks ``t`` that meet ``found`` and ``besides``.

    ``found`` speaks of the task's own row; ``index`` finds it. ``besides`` looks at other tables. ``columns``
    are what ``inserts`` read from ``moved``: expressions on ``t`` after the change, written with ``{next}``
    behind a number that the change raises by one, and on ``old``, the row before it, if it ``looks_back``.
    ``summed`` are expressions on ``t`` that are computed once a task, which ``columns`` read from ``s``;
    ``kept`` is a condition on them.
    """

    found: str
    besides: str
    index: str
    sets: str
    columns: Mapping[str, str]
    inserts: Mapping[str, str]  # by the name that the next ones may read it by; the last one counts
    summed: Mapping[str, str] = field(default_factory=dict)
    kept: str = "true"
    looks_back: bool = False


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
    # In two steps: for a condition on other tables the planner has no figures, and would give up the index.
    found = f"SELECT t.id FROM task t WHERE {move.found}"
    asked = f"SELECT t.id FROM task t WHERE t.id = ANY (ARRAY ({found})) AND {move.besides}"
    ids = [key for (key,) in rows_of(session, asked, values)]
    if not ids:
        return 0
    *before, last = move.inserts
    parts, read, chosen = [], [], ["t.id = ANY (:ids)"]
    if move.summed:
        parts.append(_summed(move, "task t", "t.id = ANY (:ids)"))
        read.append("s")
        chosen += ["t.id = s.id", move.kept]
    if move.looks_back:
        read.append("task old")
        chosen.append("t.id = old.id")
    chosen.append(
        move.found
    )  # looked at again: somebody else may have changed a row that had to be waited for
    source = f" FROM {', '.join(read)}" if read else ""
    parts.append(
        f"moved AS (UPDATE task t SET version = t.version + 1, {move.sets}{source}"
        f" WHERE {' AND '.join(chosen)} RETURNING {_columns(move, '')})"
    )
    parts += [f"{name} AS ({move.inserts[name]})" for name in before]
    return run(session, f"WITH {', '.join(parts)} {move.inserts[last]}", {**values, "ids": ids})


def _on_sqlite(session: Session, move: Move, values: dict[str, Any]) -> int:
    given, source = "", Dialect(postgres=False).task(move.index)
    chosen = f"{move.found} AND {move.besides}"
    if move.summed:
        given, source = f"WITH {_summed(move, source, chosen)} ", "s CROSS JOIN task t"
        chosen = f"t.id = s.id AND {move.kept}"
    columns = _columns(move, " + 1").replace("old.", "t.")  # nothing has changed yet
    found = f"{given}SELECT {columns} FROM {source} WHERE {chosen}"
    run(session, f"CREATE TEMP TABLE moved AS {found}", values)
    written = 0
    if rows_of(session, "SELECT 1 FROM moved LIMIT 1", {}):
        for insert in move.inserts.values():
            written = run(session, insert, values)
        sets = f"version = t.version + 1, {move.sets}"
        run(session, f"UPDATE task AS t SET {sets} WHERE t.id IN (SELECT id FROM moved)", values)
    run(session, "DROP TABLE temp.moved", {})
    return written


def _summed(move: Move, source: str, chosen: str) -> str:
    columns = ", ".join(f"{value} AS {name}" for name, value in move.summed.items())
    return f"s AS MATERIALIZED (SELECT t.id, {columns} FROM {source} WHERE {chosen})"


def _columns(move: Move, step: str) -> str:
    pairs = ", ".join(f"{value} AS {name}" for name, value in move.columns.items())
    return pairs.replace("{next}", step)


def changed(dialect: Dialect, changes: dict[str, str], **more: str) -> str:
    """The event's data: ``changes`` (column -> its new value as kept in JSON) and what else it tells."""
    return dialect.json(**more, changes=dialect.json(**changes))
