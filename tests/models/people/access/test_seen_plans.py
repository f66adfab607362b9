"""A body with few tasks among many finds them by index, on both databases; who sees all asks as before."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session

from models.db import reading
from models.people.access.seen import (
    cases_seen,
    documents_seen,
    files_seen,
    may_see_task,
    papers_seen,
    tasks_seen,
)
from models.tables.documents import Directive
from models.tasks.list_conditions import OPEN, Cut, TaskFilter, matching
from models.tasks.listing import task_counts, task_page
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
    given = f"SELECT 1 + i % {DIRECTIVES}, {lead}, 0, 0, 0, FALSE FROM n JOIN a ON a.place = 1 + i % {BODIES}"
    with engine.begin() as connection:
        for statement in (
            f"INSERT INTO directive (ordinal, {same}) {numbers.format(DIRECTIVES - 1)} {more}",
            f"INSERT INTO task ({COLUMNS}) {numbers.format(many)}, {bodies} {given}",
        ):
            connection.execute(sa.text(statement))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")


def plan(session: Session, query: sa.Select[tuple[int]]) -> str:
    said = query.compile(session.get_bind(), compile_kwargs={"literal_binds": True})
    word = "EXPLAIN" if session.get_bind().dialect.name == "postgresql" else "EXPLAIN QUERY PLAN"
    rows = session.connection().exec_driver_sql(f"{word} {str(said).replace('%', '%%')}")
    return "\n".join(str(row[0] if word == "EXPLAIN" else row[3]) for row in rows)


def test_the_list_of_a_body_reads_its_own_tasks(engine: Engine) -> None:
    issue(move_in(engine), DATED)
    crowd(engine)
    with reading(engine) as session:
        for wanted in FILTERS:
            found = plan(session, matching(session, wanted, TODAY, FEW))
            assert "Seq Scan on task " not in found, found
            assert "SCAN task" not in found, found
            assert "ix_task_closed" in found, found
        page = task_page(session, TaskFilter(), TODAY, 50, viewer=FEW)
        assert page.total == len(page.rows) == 3
        assert task_counts(session, TODAY, FEW).overdue <= 3
        assert not may_see_task(session, FEW, 5)


def test_both_halves_of_what_a_body_leads_are_all_of_it() -> None:
    assert set(TaskStatus) == NOT_ENDED | CLOSED


def test_who_sees_all_asks_without_a_condition() -> None:
    conditions = (tasks_seen, documents_seen, cases_seen, files_seen, papers_seen)
    assert [one(ANYBODY) for one in conditions] == [None] * 5
