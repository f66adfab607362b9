"""Each index of the follow-up is what its query is answered by, on both databases.

The predicates of partial indexes have to be repeated to the letter (``models/database/predicates.py``); seen
to fail when one of them is bound, reordered or dropped.
"""

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from models.database.predicates import (
    ASKED_SQL,
    AWAITED_SQL,
    CLOSED_SQL,
    CONTRIBUTED_SQL,
    DATED_SQL,
    ENDS_SQL,
    MARKED_SQL,
    OPEN_SQL,
    OWING_SQL,
    RECURRING_SQL,
    REMINDER_SQL,
    REVIEW_SQL,
    SUBMITTED_SQL,
    TELLING_SQL,
    UNANSWERED_SQL,
    URGE_AGAIN_SQL,
    URGE_FIRST_SQL,
    WAITING_SQL,
    among,
    awaited_sql,
)
from models.tables.agencies import Agency
from models.tables.documents import Directive
from models.tables.meetings import STANDING_SQL, Meeting
from models.tables.outbox import OutboxLetter
from models.tables.tasks import Task, TaskCooperation
from rules.vocabulary import AWAITED

QUERIES = {
    "ix_task_listed": "SELECT id FROM task ORDER BY (due_on IS NULL), due_on, id LIMIT 50",
    "ix_task_due": f"SELECT id FROM task WHERE due_on = '2022-08-31' AND {DATED_SQL}"
    " AND due_set_on < '2022-08-30'",
    "ix_task_urge_first": f"SELECT id FROM task WHERE {URGE_FIRST_SQL} AND due_on < '2022-08-31'",
    "ix_task_urge_again": f"SELECT id FROM task WHERE {URGE_AGAIN_SQL} AND last_urged_on <= '2022-08-31'",
    "ix_task_count": f"SELECT id FROM task WHERE {URGE_AGAIN_SQL} AND count_step = 1 AND urged >= 6",
    "ix_task_review": f"SELECT id FROM task WHERE {REVIEW_SQL} AND review_on <= '2022-08-31'",
    "ix_task_late": f"SELECT id FROM task WHERE {DATED_SQL} AND late_step = 1 AND due_on <= '2022-08-31'",
    "ix_task_submitted": f"SELECT id FROM task WHERE {SUBMITTED_SQL} AND submitted_on <= '2022-08-31'",
    "ix_task_desk": f"SELECT id FROM task WHERE {OPEN_SQL} AND agency_id = 'stc'"
    " ORDER BY (due_on IS NULL), due_on, id LIMIT 50",
    "ix_task_open": f"SELECT id FROM task WHERE {OPEN_SQL} ORDER BY (due_on IS NULL), due_on, id LIMIT 50",
    "ix_task_closed": f"SELECT id FROM task WHERE {CLOSED_SQL} AND agency_id = 'stc'",
    "ix_task_recurring": "SELECT max(occurrence) FROM task WHERE occurrence > 0"
    " AND directive_id = 1 AND agency_id = 'stc'",
    "ix_task_parent": "SELECT id FROM task WHERE parent_id = 7 AND parent_id IS NOT NULL",
    "ix_directive_recurring": f"SELECT id FROM directive WHERE {RECURRING_SQL} AND id > 0",
    "ix_directive_due_years": f"SELECT DISTINCT due_years FROM directive WHERE {MARKED_SQL}",
    "uq_recounted_deadline_asked": f"SELECT id FROM recounted_deadline WHERE task_id = 7 AND {ASKED_SQL}",
    "ix_recounted_deadline_counted_on": "SELECT id FROM recounted_deadline WHERE counted_on = '2022-08-31'",
    "ix_directive_event_id": "SELECT id FROM directive WHERE event_id = 7 AND event_id IS NOT NULL",
    "ix_outbox_letter_waiting": f"SELECT id FROM outbox_letter WHERE {WAITING_SQL}"
    " AND not_before <= '2022-08-31 00:00:00'",
    "ix_outbox_letter_case_id": "SELECT id FROM outbox_letter WHERE case_id = 7",
    "ix_outbox_letter_reminded": f"SELECT id FROM outbox_letter WHERE {REMINDER_SQL}"
    " AND due_on = '2022-08-31' AND task_id = 7 AND number <= 5",
    "ix_agency_ends": f"SELECT id FROM agency WHERE {ENDS_SQL} AND valid_to <= '2022-08-31'",
    "ix_task_cooperation_owing": "SELECT task_id FROM task_cooperation"
    f" WHERE {OWING_SQL} AND agency_id = 'stc'",
    "ix_task_cooperation_contributed": "SELECT task_id FROM task_cooperation"
    f" WHERE {CONTRIBUTED_SQL} AND agency_id = 'stc'",
    "ix_directive_party_agency_id": "SELECT directive_id FROM directive_party"
    " WHERE agency_id = 'stc' AND role = 'report_to'",
    "ix_outbox_letter_telling": f"SELECT id FROM outbox_letter WHERE task_id = 7 AND {TELLING_SQL}",
    "ix_urging_paper_id": "SELECT id FROM urging WHERE paper_id = 7",
    "uq_meeting_standing": f"SELECT id FROM meeting WHERE {STANDING_SQL} AND held_on >= '2022-08-31'",
    "uq_extension_request_unanswered": "SELECT id FROM extension_request"
    f" WHERE task_id = 7 AND {UNANSWERED_SQL}",
}


def plan(engine: Engine, query: str) -> str:
    """SQLite's plan in its words."""
    with engine.connect() as connection:
        return "\n".join(row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}"))


def test_each_index_answers_its_query(engine: Engine) -> None:
    """On PostgreSQL equally cheap indexes of an empty table tie, so there each is asked for alone."""
    for name, query in QUERIES.items():
        if engine.dialect.name == "sqlite":
            assert f"INDEX {name} " in plan(engine, query) + " ", name
        else:
            assert name in plan_without_others(engine, name, query), name


def plan_without_others(engine: Engine, name: str, query: str) -> str:
    """The plan when of the table's indexes only ``name`` and the keys are left; nothing is committed."""
    with engine.connect() as connection:
        others = connection.exec_driver_sql(
            "SELECT i.tablename, i.indexname, c.contype FROM pg_indexes i"
            " LEFT JOIN pg_constraint c ON c.conname = i.indexname WHERE coalesce(c.contype, 'u') = 'u'"
            f" AND i.tablename = (SELECT tablename FROM pg_indexes WHERE indexname = '{name}')"
            f" AND i.indexname <> '{name}'"
        )
        for table, other, unique in others.all():
            drop = f"ALTER TABLE {table} DROP CONSTRAINT {other}" if unique else f"DROP INDEX {other}"
            connection.exec_driver_sql(drop)
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        connection.exec_driver_sql("SET LOCAL enable_bitmapscan = off")
        # Once autovacuum has seen that the table is empty, sorting its one row costs less than any order.
        connection.exec_driver_sql("SET LOCAL enable_sort = off")
        found = "\n".join(row[0] for row in connection.exec_driver_sql(f"EXPLAIN {query}"))
        connection.rollback()
        return found


def test_the_predicates_of_queries_and_tables_are_one_text() -> None:
    assert AWAITED_SQL == "status IN ('accepted', 'assigned', 'in_progress', 'returned')"
    assert awaited_sql("t") == f"t.{AWAITED_SQL}"
    compiled = str(sa.select(Task.id).where(among(Task.status, AWAITED)).compile())
    assert f"task.{AWAITED_SQL}" in compiled


@pytest.mark.parametrize("table", [Agency, Task, TaskCooperation, Directive, OutboxLetter, Meeting])
def test_no_partial_index_goes_without_its_query(table: type) -> None:
    partial = {
        index.name
        for index in table.__table__.indexes  # type: ignore[attr-defined]
        if index.dialect_options["sqlite"]["where"] is not None
    }
    assert partial <= set(QUERIES)


def test_a_query_of_sqlalchemy_finds_its_index(sqlite_engine: Engine) -> None:
    due = sa.literal_column("'2022-08-31'")
    query = sa.select(Task.id).where(
        among(Task.status, AWAITED), Task.review_on <= due, Task.due_on.is_(None)
    )
    text = str(query.compile(sqlite_engine, compile_kwargs={"render_postcompile": True}))
    assert "ix_task_review" in plan(sqlite_engine, text)
