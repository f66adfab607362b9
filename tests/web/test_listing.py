"""The list of tasks on both databases: search without marks, order, and the index."""

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from config.agencies import load_register
from config.clock import office_day
from flows.actions.import_register import import_register
from flows.actions.office import Office
from models.db import reading
from models.list_conditions import Cut, TaskFilter
from models.listing import OPEN_TASKS, task_counts, task_page
from tests.web.conftest import NOW, issue_sample

TODAY = office_day(NOW)


def test_search_and_order_on_both_databases(engine: Engine, office: Office) -> None:
    import_register(engine, load_register())
    issue_sample(engine, office)
    with reading(engine) as session:
        assert [t.id for t in task_page(session, TaskFilter(words="VON dieu lệ"), TODAY, 9).rows] == [3]
        assert task_page(session, TaskFilter(words="GN-0004"), TODAY, 9).rows[0].id == 4
        page = task_page(session, OPEN_TASKS, TODAY, 4)
        assert ([t.id for t in page.rows], page.total) == ([1, 2, 4, 5], 15)
        assert task_page(session, OPEN_TASKS, TODAY, 4, 14).rows[0].id == 3  # no deadline comes last
        counts = task_counts(session, TODAY)
    assert (counts.overdue, counts.due_soon, counts.submitted, counts.escalated) == (1, 2, 0, 0)


def test_the_list_walks_an_index(busy: Engine) -> None:
    seen: list[str] = []

    @sa.event.listens_for(busy, "before_cursor_execute")
    def _keep(connection, cursor, statement, parameters, *_: object) -> None:
        if "LIMIT" in statement:
            plan = cursor.connection.execute("EXPLAIN QUERY PLAN " + statement, parameters).fetchall()
            seen.append(" / ".join(row[-1] for row in plan))

    with reading(busy) as session:
        for wanted in (TaskFilter(), OPEN_TASKS, TaskFilter(cut=Cut.OVERDUE), TaskFilter(agency_id="skhdt")):
            task_page(session, wanted, TODAY, 50)
    assert len(seen) == 4
    assert all("USING" in plan and "INDEX ix_task_" in plan for plan in seen), seen
