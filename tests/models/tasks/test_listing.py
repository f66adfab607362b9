"""The list of tasks against the plain query that it stands for, on both databases.

Seen to fail when the merge of the agencies forgets the offset, when undated tasks come first, and when
a count forgets its cut.
"""

import random
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session

from models.db import reading, unit_of_work
from models.tables.agencies import Agency
from models.tables.tasks import Task
from models.tasks import listing
from models.tasks.list_conditions import OPEN, OPEN_CUTS, Cut, TaskFilter, matching
from models.tasks.listing import choices, task_counts, task_page
from rules.vocabulary import TaskStatus
from tests.cast import CHAIR, DATED, FINANCE, PLANNING, TRADE, issue, move_in

TODAY = date(2022, 9, 5)
SOME = 240
FILTERS = [
    TaskFilter(agency, statuses, cut)
    for agency in (None, FINANCE, CHAIR)
    for statuses in ((), OPEN, (TaskStatus.SUBMITTED,), (TaskStatus.REFUSED,), (TaskStatus.CONFIRMED,))
    for cut in (None, *Cut)
]


@pytest.fixture
def crowded(engine: Engine) -> Engine:
    """Tasks of every status of three agencies around today, many on one day, some without a deadline."""
    issue(move_in(engine), DATED)
    draw = random.Random(5)
    with unit_of_work(engine) as session:
        for number in range(1, SOME):
            due_on = draw.choice([None, TODAY, TODAY + timedelta(draw.randrange(-20, 20))])
            session.add(
                Task(
                    directive_id=1,
                    agency_id=draw.choice([FINANCE, TRADE, PLANNING]),
                    occurrence=number,
                    title=f"việc {number}",
                    status=draw.choice(list(TaskStatus)),
                    assigned_on=TODAY - timedelta(40),
                    due_set_on=TODAY - timedelta(40),
                    due_on=due_on,
                    submitted_on=draw.choice([None, TODAY - timedelta(draw.randrange(20))]),
                )
            )
    return engine


def plainly(session: Session, wanted: TaskFilter) -> list[int]:
    """Ids by the conditions alone, sorted by Python."""
    rows = session.execute(
        sa.select(Task.id, Task.due_on).where(Task.id.in_(matching(session, wanted, TODAY)))  # type: ignore[union-attr]
    )
    return [key for _, _, key in sorted((due is None, due or TODAY, key) for key, due in rows)]


def test_every_list_is_what_the_plain_query_gives(crowded: Engine) -> None:
    seen = 0
    with reading(crowded) as session:
        for wanted in FILTERS:
            expected = plainly(session, wanted)
            for offset in (0, 7, 40, SOME):
                page = task_page(session, wanted, TODAY, 7, offset)
                assert [task.id for task in page.rows] == expected[offset : offset + 7], wanted
                assert (page.total, page.more) == (len(expected), len(expected) > offset + 7), wanted
            seen += len(expected)
    assert seen > 5 * SOME  # the lists were not empty


def test_every_cut_agrees_with_the_facts(crowded: Engine) -> None:
    """The conditions themselves, which the test above takes for granted: ``open`` is what is not closed."""
    with reading(crowded) as session:
        everything = task_page(session, TaskFilter(), TODAY, SOME).rows
        owed = [t for t in everything if t.status in OPEN and t.status not in ("submitted", "paused")]
        counts = task_counts(session, TODAY)
        assert counts.overdue == sum(1 for t in owed if t.due_on and t.due_on < TODAY) > 0
        assert counts.due_soon == sum(1 for t in owed if t.due_on and 0 <= (t.due_on - TODAY).days <= 7) > 0
        assert counts.submitted == sum(1 for t in everything if t.status is TaskStatus.SUBMITTED) > 0


def test_counting_stops_above_the_most(crowded: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "MOST", 10)
    with reading(crowded) as session:
        for wanted in (TaskFilter(), listing.OPEN_TASKS, TaskFilter(FINANCE), TaskFilter(cut=Cut.OVERDUE)):
            assert task_page(session, wanted, TODAY, 5).total == 11, wanted
        assert task_counts(session, TODAY).overdue == 11


def test_the_choices_tell_who_is_busy(crowded: Engine) -> None:
    with reading(crowded) as session:
        found = choices(session)
        assert [one.name for one in found if one.busy] == sorted(
            session.get_one(Agency, key).name for key in (FINANCE, TRADE, PLANNING)
        )
        assert CHAIR in {one.agency_id for one in found if not one.busy}


def test_a_desk_of_either_kind_walks_its_index(sqlite_engine: Engine) -> None:
    desks = [TaskFilter("stc", OPEN), *(TaskFilter("stc", (), cut) for cut in OPEN_CUTS)]
    *plans, everything, _ = _plans(sqlite_engine, [*desks, TaskFilter()])  # counting it needs no order
    assert "ix_task_listed" in everything
    assert len(plans) == 2 * len(desks)
    assert [plan for plan in plans if "ix_task_desk (agency_id=?" not in plan] == []
    assert [plan for plan in plans if "TEMP B-TREE" in plan] == []


def test_the_open_tasks_of_all_come_out_of_one_index(sqlite_engine: Engine) -> None:
    desks = [TaskFilter(statuses=OPEN), *(TaskFilter(cut=cut) for cut in OPEN_CUTS)]
    listed, _, *plans = _plans(sqlite_engine, desks)  # all that is open may be counted in any index
    assert len(plans) == 2 * len(OPEN_CUTS)
    assert [plan for plan in (listed, *plans) if "ix_task_open" not in plan] == []
    assert [plan for plan in (listed, *plans) if "TEMP B-TREE" in plan] == []


def _plans(engine: Engine, wanted: list[TaskFilter]) -> list[str]:
    """How SQLite finds the first page of each, and how it counts it."""
    plans: list[str] = []

    @sa.event.listens_for(engine, "before_cursor_execute")
    def _keep(connection, cursor, statement, parameters, *_: object) -> None:
        if "LIMIT" in statement:
            plan = cursor.connection.execute("EXPLAIN QUERY PLAN " + statement, parameters).fetchall()
            plans.append(" / ".join(row[-1] for row in plan))

    with reading(engine) as session:
        for one in wanted:
            task_page(session, one, TODAY, 50)
    return plans
