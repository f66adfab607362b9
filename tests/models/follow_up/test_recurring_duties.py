"""The newest occurrence of each duty is told from the index of recurring tasks, not from all tasks."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from config.act import by_clock
from flows.actions.follow_up.recurring import open_next_occurrences
from models.db import reading
from models.follow_up.recurring_duties import cooperators_of, newest_occurrences
from models.tables.agencies import Agency
from models.tables.tasks import Task, TaskCooperation
from rules.vocabulary import CooperationState, TaskStatus
from tests.cast import (
    DATED,
    FINANCE,
    MONTHLY,
    PLANNING,
    TRADE,
    at,
    change,
    directive,
    every,
    issue,
    move_in,
    office,
)


def plan_of_the_query(engine: Engine) -> list[str]:
    """SQLite's plan of the statement that ``newest_occurrences`` sends."""
    sent: list[tuple[str, object]] = []
    sa.event.listen(
        engine,
        "before_cursor_execute",
        lambda _c, _k, statement, given, _x, _m: sent.append((statement, given)),
    )
    with reading(engine) as session:
        newest_occurrences(session, date(2022, 8, 25))
    statement, given = sent[-1]
    with engine.connect() as connection:
        rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given)
        return [row[3] for row in rows]


def test_other_tasks_are_not_looked_at(sqlite_engine: Engine) -> None:
    issue(move_in(sqlite_engine), MONTHLY, DATED)
    steps = plan_of_the_query(sqlite_engine)
    scans = [step for step in steps if step.startswith("SCAN task")]
    assert scans == ["SCAN task USING COVERING INDEX ix_task_recurring"]


def test_only_the_newest_of_each_body_counts(engine: Engine) -> None:
    issue(move_in(engine), directive("Báo cáo.", FINANCE, PLANNING, due=every("monthly day 25")), DATED)
    open_next_occurrences(engine, by_clock(at("2022-08-25"), office()))
    change(engine, Task, 4, due_on=date(2022, 9, 20))  # the second one of Finance, by an extension
    with reading(engine) as session:
        found = newest_occurrences(session, date(2022, 9, 24))
        assert [(one.task_id, one.task.agency_id, one.task.occurrence, one.task.due_on) for one in found] == [
            (4, FINANCE, 2, date(2022, 9, 20))
        ]
        assert newest_occurrences(session, date(2022, 9, 19)) == []


def test_a_duty_handed_over_goes_on_at_the_successor(sqlite_engine: Engine) -> None:
    issue(move_in(sqlite_engine), MONTHLY)
    change(sqlite_engine, Task, 1, status=TaskStatus.HANDED_OVER)
    with sqlite_engine.begin() as connection:  # as the hand-over opens it: the same occurrence, another body
        columns = [column for column in Task.__table__.c if column.name != "id"]  # type: ignore[attr-defined]
        taken = [
            sa.literal(value)
            if (value := {"agency_id": TRADE, "status": "assigned"}.get(column.name))
            else column
            for column in columns
        ]
        connection.execute(sa.insert(Task).from_select(columns, sa.select(*taken)))
    opened = open_next_occurrences(sqlite_engine, by_clock(at("2022-08-25"), office()))
    assert opened.codes == ("GN-0003",)
    with reading(sqlite_engine) as session:
        third = session.get_one(Task, 3)
        assert (third.agency_id, third.occurrence) == (TRADE, 2)


def test_who_was_released_stays_out_of_the_next_occurrence(sqlite_engine: Engine) -> None:
    duty = directive("Báo cáo.", FINANCE, cooperate=[PLANNING, TRADE], due=every("monthly day 25"))
    issue(move_in(sqlite_engine), duty)
    change(sqlite_engine, TaskCooperation, (1, TRADE), state=CooperationState.RELEASED)
    with reading(sqlite_engine) as session:
        assert cooperators_of(session, [1]) == {1: (PLANNING,)}


def test_a_missing_year_stops_only_the_duties_that_it_hides(sqlite_engine: Engine) -> None:
    issue(
        move_in(sqlite_engine),
        directive("Báo cáo tuần.", FINANCE, due=every("weekly")),  # the Friday, if it is worked
        directive("Báo cáo tháng.", PLANNING, due=every("monthly day 25")),  # a day of its own
        on="2027-12-20",
    )
    for body in (FINANCE, PLANNING):  # the register of 2027 knows them no more
        change(sqlite_engine, Agency, body, valid_to=None)
    opened = open_next_occurrences(sqlite_engine, by_clock(at("2027-12-25"), office()))
    assert (opened.codes, opened.waiting) == (("GN-0003", "GN-0004"), ())
    opened = open_next_occurrences(sqlite_engine, by_clock(at("2027-12-31"), office()))
    assert opened.codes == ()
    assert opened.waiting == ("GN-0003",)  # due on 31/12; its next Friday lies in 2028
