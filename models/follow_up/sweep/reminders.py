"""Reminders: each near deadline stands on one step today; its letter is written once (decision 0007)."""

from functools import cache

from sqlmodel import Session

from models.database.predicates import REMINDER_SQL, awaited_sql, standing_sql
from models.follow_up.sweep.sql.dialects import Dialect, dialect_of
from models.follow_up.sweep.sql.inserts import letters
from models.follow_up.sweep.sql.layout import all_of, nested
from models.follow_up.sweep.sql.statements import Pass, Statements, run
from rules.follow_up.reminders import Windows
from rules.outbox.payloads import keys
from rules.outbox.payloads.keys import LetterKind


def remind(session: Session, when: Windows, at: Pass) -> int:
    """Write the reminders of ``when``; returns how many. The reference is
    ``rules.follow_up.reminders.due_notice``.

    A deadline set on or after the day of its step is not recalled, nor one of which this step or a
    nearer one was already written.
    """
    statement = statements(dialect_of(session))["letters"]
    # One statement a day: with the day as a value PostgreSQL knows how few tasks it is about.
    return sum(
        run(
            session,
            statement,
            {**at.values, "due_on": near.due_on, "step": near.step, "stood_on": near.stood_on},
        )
        for near in when.near
    )


@cache
def statements(dialect: Dialect) -> Statements:
    """One statement, for each day in turn."""
    # The day as a value, and not the task's own, lets PostgreSQL read the reminders of that day at once.
    written = all_of(f"l.{REMINDER_SQL}", "l.due_on = :due_on", "l.task_id = t.id", "l.number <= :step")
    new = f"NOT EXISTS {nested(f'SELECT 1 FROM outbox_letter l WHERE {written}')}"
    due = all_of("t.due_on = :due_on", awaited_sql("t"), "t.due_on IS NOT NULL", new)
    unreminded = dialect.task_by_id("ix_task_due", due)
    return {
        "letters": letters(
            LetterKind.REMINDER,
            f"FROM {unreminded}\n  AND t.due_set_on < :stood_on AND {standing_sql('t')}\nORDER BY t.id",
            key=keys.reminder.sql(
                task_id="t.id", due_on=dialect.iso("t.due_on"), step="CAST(:step AS integer)"
            ),
            agency_id="t.agency_id",
            task_id="t.id",
            scheduled_on=":stood_on",
            urgent="t.urgent",
            number=":step",
            due_on="t.due_on",
        )
    }
