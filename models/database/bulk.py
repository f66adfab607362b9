"""Rows by the thousand, past the unit of work; all rows of a call with the same columns.

SQLite takes them one by one in no time. PostgreSQL gets them as one JSON value: one by one, or as a
statement with ten thousand values, they cost it and the driver five times as much.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Session

Rows = Sequence[Mapping[str, Any]]


def insert_rows(session: Session, table: Any, rows: Rows) -> None:
    """Insert rows."""
    if not rows:
        return
    if _on_postgresql(session):
        _from_json(session, table, rows)
    else:
        session.connection().execute(sa.insert(table.__table__), rows)


def insert_for_ids(session: Session, table: Any, rows: Rows) -> list[int]:
    """Insert rows and return their ids, in their order."""
    if not rows:
        return []
    if _on_postgresql(session):  # the sequence's values come in the order of the rows
        return sorted(_from_json(session, table, rows, "RETURNING id"))
    statement = sa.insert(table).returning(table.id, sort_by_parameter_order=True)
    return list(session.scalars(statement, rows))


def insert_new(session: Session, table: Any, rows: Rows, key: str) -> set[str]:
    """Insert the rows whose ``key`` is new, and return those keys. Safe to run twice."""
    if not rows:
        return set()
    if _on_postgresql(session):
        # Ask first: every refused row of ON CONFLICT burns a sequence value.
        known = f"SELECT 1 FROM {table.__table__.name} known WHERE known.{key} = fresh.{key}"
        tail = f"ON CONFLICT ({key}) DO NOTHING RETURNING {key}"
        return set(_from_json(session, table, rows, tail, f"WHERE NOT EXISTS ({known})"))
    insert = sqlite.insert(table.__table__).on_conflict_do_nothing(index_elements=[key])
    return set(session.connection().scalars(insert.returning(table.__table__.c[key]), rows))


def one_of_ids(session: Session, column: Any, ids: Iterable[int]) -> sa.ColumnElement[bool]:
    """Whether a column is one of many ids, told as one parameter: reading thousands costs both ends time."""
    if _on_postgresql(session):
        return cast(sa.ColumnElement[bool], column == sa.any_(sa.literal(list(ids), ARRAY(sa.BigInteger))))
    told = sa.func.json_each(json.dumps(list(ids))).table_valued("value")
    return cast(sa.ColumnElement[bool], column.in_(sa.select(told.c.value)))


def _on_postgresql(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"


def _from_json(session: Session, table: Any, rows: Rows, tail: str = "", only: str = "") -> list[Any]:
    """Insert on PostgreSQL, in the order of the rows; what ``tail`` returns."""
    fixed = _defaults(table.__table__, rows[0])
    name, columns = table.__table__.name, ", ".join((*rows[0], *fixed))
    statement = sa.text(
        f"INSERT INTO {name} ({columns}) SELECT {columns}"
        f" FROM json_populate_recordset(CAST(NULL AS {name}), CAST(:rows AS json)) WITH ORDINALITY fresh"
        f" {only} ORDER BY ordinality {tail}"
    )
    told = json.dumps([{**fixed, **row} for row in rows], default=_iso)
    found = session.connection().execute(statement, {"rows": told})
    return list(found.scalars()) if found.returns_rows else []


def _defaults(table: sa.Table, given: Mapping[str, Any]) -> dict[str, object]:
    """What the table's own columns fill in where ``given`` is silent."""
    silent = (column for column in table.columns if column.name not in given and column.default is not None)
    return {
        column.name: column.default.arg(None) if column.default.is_callable else column.default.arg  # type: ignore[union-attr]
        for column in silent
    }


def _iso(value: date) -> str:
    """A day or an instant as PostgreSQL reads it."""
    return value.isoformat()
