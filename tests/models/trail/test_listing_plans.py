"""The trail of one person, and of her deputies, is found by index however long the trail is."""

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session

from models.db import reading
from models.people.held.kept_of import kept_of
from models.trail.listing import TrailFilter, trail_lines


def plans(engine: Engine, session: Session, ask: str) -> list[str]:
    """How SQLite would answer what is asked."""
    said: list[tuple[str, object]] = []

    def heard(_c: object, _cursor: object, statement: str, values: object, *_: object) -> None:
        said.append((statement, values))

    sa.event.listen(engine, "before_cursor_execute", heard)
    if ask == "filter":
        trail_lines(session, TrailFilter(person=5), None, None, 51)
    else:
        kept_of(session, 5)
    sa.event.remove(engine, "before_cursor_execute", heard)
    explained = [
        session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)  # type: ignore[arg-type]
        for statement, values in said
    ]
    return [str(row[3]) for rows in explained for row in rows]


@pytest.mark.parametrize("ask", ["filter", "page"])
def test_no_look_at_every_row(sqlite_engine: Engine, ask: str) -> None:
    """Break: ask for ``instead_of_id`` alone, which has no index."""
    with reading(sqlite_engine) as session:
        found = plans(sqlite_engine, session, ask)
    assert any("ix_trail_person_id" in step for step in found)
    assert [step for step in found if step.startswith("SCAN trail")] == []
