"""A body with few tasks among many finds them by index, on both databases; who sees all asks as before."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from models.db import reading
from models.escalation.open_case import open_case
from models.escalation.steps import steps_about_task
from models.people.access.seen import (
    cases_seen,
    documents_seen,
    files_seen,
    may_see_document,
    may_see_task,
    papers_seen,
    tasks_seen,
)
from models.tables.documents import Directive
from models.tables.tasks import Task
from models.tasks.list_conditions import OPEN, Cut, TaskFilter
from models.tasks.listing import list_head, task_page
from models.tasks.officers import officers_of
from models.tasks.story.neighbours import neighbours
from rules.people.seat_roles import SeatRole
from rules.people.viewer import ANYBODY, HeldSeat, Viewer
from rules.tasks.status import OPEN as NOT_ENDED
from rules.vocabulary import CLOSED, TaskStatus
from tests.cast import DATED, issue, move_in

TODAY = date(2022, 9, 5)
#: PostgreSQL weighs the sizes, SQLite does not: there fewer rows say the same (tried with 100,000 too).
MANY = {"postgresql": 100_000, "sqlite": 10_000}
BODIES, DIRECTIVES = 149, 1_000
STATUS = "CASE WHEN i % 10 = 0 THEN 'confirmed' ELSE 'in_progress' END"
COLUMNS = (
    "directive_id, agency_id, occurrence, title, status, version, assigned_on, due_on, due_set_on,"
    " urged, late_step, count_step, urgent"
)
#: Columns of a directive that its copies have as it has them.
ALIKE = [one.name for one in sa.inspect(Directive).columns if one.name not in ("id", "ordinal")]
FEW = Viewer(1, (HeldSeat(1, SeatRole.OFFICER, "ccts"),))
FILTERS = [TaskFilter(statuses=OPEN), TaskFilter(), TaskFilter(cut=Cut.OVERDUE), TaskFilter(agency_id="stc")]


def crowd(engine: Engine) -> None:
    """Tasks of many bodies and directives, a tenth of them ended, and three of one body."""
    numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {})"
    postgres, many = engine.dialect.name == "postgresql", MANY[engine.dialect.name]
    day = "DATE '2022-09-05' - (i % 90)" if postgres else "date('2022-09-05', '-' || (i % 90) || ' days')"
    body = f"CASE WHEN i % {many // 3} = 0 THEN 'ccts' ELSE a.id END"
    lead = f"{body}, i, 'việc', {STATUS}, 0, {day}, {day}, {day}"
    same = ", ".join(ALIKE)
    more = f"SELECT i + 1, {same} FROM directive, n WHERE ordinal = 1"
    bodies = "a AS (SELECT id, row_number() OVER (ORDER BY id) AS place FROM agency WHERE id <> 'ccts')"
    part = "SELECT i, CASE WHEN i % 2 = 0 THEN 'stc' ELSE 'sct' END, 'asked', 0 FROM n"
    given = f"SELECT 1 + i % {DIRECTIVES}, {lead}, 0, 0, 0, FALSE FROM n JOIN a ON a.place = 1 + i % {BODIES}"
    with engine.begin() as connection:
        for statement in (
            f"INSERT INTO directive (ordinal, {same}) {numbers.format(DIRECTIVES - 1)} {more}",
            f"INSERT INTO task ({COLUMNS}) {numbers.format(many)}, {bodies} {given}",
            "INSERT INTO task_cooperation (task_id, agency_id, state, version)"
            f" {numbers.format(many)} {part}",
        ):
            connection.execute(sa.text(statement))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")


@contextmanager
def plans(engine: Engine) -> Iterator[list[str]]:
    """How the database finds what each statement asks for, with the statement's own parameters."""
    found: list[str] = []
    word = "EXPLAIN" if engine.dialect.name == "postgresql" else "EXPLAIN QUERY PLAN"

    def keep(_connection: object, cursor: Any, statement: str, parameters: Any, *_: object) -> None:
        if "task" in statement:
            asked = cursor.connection.cursor()
            rows = asked.execute(f"{word} {statement}", parameters).fetchall()
            found.append("\n".join(str(row[-1]) for row in rows) + f"\n{statement}")
            asked.close()

    sa.event.listen(engine, "before_cursor_execute", keep)
    try:
        yield found
    finally:
        sa.event.remove(engine, "before_cursor_execute", keep)


def test_a_body_reads_its_own_tasks_only(engine: Engine) -> None:
    issue(move_in(engine), DATED)
    crowd(engine)
    with reading(engine) as session, plans(engine) as found:
        for wanted in FILTERS:
            task_page(session, wanted, TODAY, 2, viewer=FEW)
        assert task_page(session, TaskFilter(), TODAY, 50, viewer=FEW).total == 3
        assert list_head(session, TODAY, FEW).counts.overdue <= 3
        assert not may_see_task(session, FEW, 5)
        assert not may_see_document(session, FEW, 2)
        assert not neighbours(session, [5, 6], FEW)[0].seen
        assert open_case(session, 5, FEW) is None
        assert steps_about_task(session, 5, FEW) == []
        assert officers_of(session, 5, TODAY) == []
        condition = tasks_seen(FEW)
        assert condition is not None
        assert len(list(session.scalars(sa.select(Task.id).where(condition)))) == 3
    assert len(found) > len(FILTERS) + 8
    for one in found:
        for table in ("task", "task_cooperation"):
            assert not re.search(rf"Seq Scan on {table}\b|SCAN {table}\b", one), one
    lists = [one for one in found if "LIMIT" in one]
    assert any("ix_task_closed" in one for one in lists)
    assert all("ix_task_desk" in one for one in lists[: len(FILTERS)]), lists


def test_both_halves_of_what_a_body_leads_are_all_of_it() -> None:
    assert set(TaskStatus) == NOT_ENDED | CLOSED


def test_who_sees_all_asks_without_a_condition() -> None:
    conditions = (tasks_seen, documents_seen, cases_seen, files_seen, papers_seen)
    assert [one(ANYBODY) for one in conditions] == [None] * 5
