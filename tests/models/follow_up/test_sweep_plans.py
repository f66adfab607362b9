"""The sweep finds its tasks by the partial indexes that were made for it."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from config.act import by_clock
from flows.actions.follow_up.follow_up import daily_follow_up
from tests.cast import at, directive, issue, move_in, office


def test_no_statement_of_the_sweep_reads_all_tasks(sqlite_engine: Engine) -> None:
    """A condition that repeats no index to the letter shows up here as a scan."""
    issue(move_in(sqlite_engine), directive("Việc.", "stc"))
    said: list[tuple[str, Any]] = []
    sa.event.listen(sqlite_engine, "before_cursor_execute", lambda *args: said.append((args[2], args[3])))
    daily_follow_up(sqlite_engine, by_clock(at("2022-08-24", "06:45"), office()))
    about_tasks = [(sql, values) for sql, values in list(said) if "task t" in sql or "FROM task " in sql]
    assert len(about_tasks) >= 8
    with sqlite_engine.connect() as connection:
        for sql, values in about_tasks:
            if "FROM moved" in sql:
                continue
            plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values)]
            assert not [step for step in plan if step in ("SCAN t", "SCAN task")], (sql, plan)
