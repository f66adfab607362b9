"""The one compare-and-swap: a row changes only where it still is what somebody has looked at.

Each noun has a door (``flows/actions/doors/task.py`` for a task) that swaps its row and
writes its history in one go; who is not a door has no business here.
"""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, SQLModel

from rules.refusal import Overtaken


def touched(runner: Session | sa.Connection, statement: sa.Executable, values: Any = None) -> int:
    """Execute ``statement``; returns how many rows it changed. Objects in the session do not notice."""
    done = runner.execute(statement, values, execution_options={"synchronize_session": False})
    return int(done.rowcount)  # type: ignore[attr-defined]


def swapped(
    session: Session, table: type[SQLModel], *known: sa.ColumnElement[bool], values: Mapping[str, Any]
) -> bool:
    """Set ``values`` of the one row for which all that is ``known`` still holds; False if there is none."""
    return touched(session, sa.update(table).where(*known).values(**values)) == 1


def swap_version(session: Session, row: Any, overtaken: str, values: Mapping[str, Any]) -> None:
    """Set ``values`` of a row that is still of the version that was read, and count its version up.

    ``row`` is as the database has it afterwards. Raises Overtaken with the words ``overtaken``.
    """
    table = type(row)
    key = sa.inspect(table).primary_key
    known = [column == getattr(row, column.name) for column in (*key, table.version)]
    if not swapped(session, table, *known, values={"version": row.version + 1, **values}):
        raise Overtaken(overtaken)
    session.refresh(row)
