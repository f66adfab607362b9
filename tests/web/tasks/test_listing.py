"""The list of tasks on both databases: search without marks, order, counts."""

from sqlalchemy.engine import Engine

from config.agencies import load_register
from config.clock import office_day
from config.office import Office
from flows.actions.people.import_register import import_register
from models.db import reading
from models.tasks.list_conditions import TaskFilter
from models.tasks.listing import OPEN_TASKS, task_counts, task_page
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
