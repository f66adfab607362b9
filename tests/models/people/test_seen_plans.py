"""A body with few tasks among 100,000 finds them by its indexes; who sees all asks as before."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session

from models.db import reading
from models.people.seen import cases_seen, documents_seen, files_seen, may_see_task, papers_seen, tasks_seen
from models.tasks.list_conditions import OPEN, Cut, TaskFilter, matching
from models.tasks.listing import task_counts, task_page
from rules.people.seat_roles import SeatRole
from rules.people.viewer import ANYBODY, HeldSeat, Viewer
from rules.tasks.status import OPEN as NOT_ENDED
from rules.vocabulary import CLOSED, TaskStatus
from tests.cast import DATED, issue, move_in

TODAY = date(2022, 9, 5)
MANY, BODIES = 100_000, 150
FEW = Viewer(1, (HeldSeat(1, SeatRole.OFFICER, "ccts"),))
FILTERS = [TaskFilter(statuses=OPEN), TaskFilter(), TaskFilter(cut=Cut.OVERDUE), TaskFilter(agency_id="stc")]


def crowd(engine: Engine) -> None:
    """Tasks of many bodies, a tenth of them ended, and three of one body."""
    number = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :many)"
    body = f"(SELECT id FROM agency WHERE id <> 'ccts' ORDER BY id LIMIT 1 OFFSET (i % {BODIES}))"
    day = "date('2022-09-05', '-' || (i % 90) || ' days')"
    if engine.dialect.name == "postgresql":
        day = "DATE '2022-09-05' - (i % 90)"
    columns = "directive_id, agency_id, occurrence, title, status, version, assigned_on, due_on, due_set_on,"
    status = "CASE WHEN i % 10 = 0 THEN 'confirmed' ELSE 'in_progress' END"
    yes = "0, 0, 0, FALSE"
    with engine.begin() as connection:
        connection.execute(
            sa.text(
                f"INSERT INTO task ({columns} urged, late_step, count_step, urgent) {number} SELECT 1,"
                f" CASE WHEN i % 33333 = 0 THEN 'ccts' ELSE {body} END, i, 'việc', {status}, 0, {day}, {day},"
                f" {day}, {yes} FROM n"
            ),
            {"many": MANY},
        )
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
            assert "Seq Scan on task" not in found, found
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
