"""Reminders: each near deadline stands on one rung today; its letter is written once (decision 0007)."""

from sqlmodel import Session

from models.predicates import REMINDER_SQL, awaited_sql, standing_sql
from models.sweep.statements import Dialect, Pass, dialect_of, letters, run
from rules.reminders import Windows


def remind(session: Session, when: Windows, at: Pass) -> int:
    """Write the reminders of ``when``; returns how many. The reference is ``rules.reminders.due_notice``.

    A deadline set on or after the day of its rung is not recalled, nor one of which this rung or a
    nearer one was already written.
    """
    statement = _statement(dialect_of(session))
    # One statement a day: with the day as a value PostgreSQL knows how few tasks it is about.
    return sum(
        run(
            session,
            statement,
            {**at.values, "due_on": near.due_on, "step": near.step, "stood_on": near.stood_on},
        )
        for near in when.near
    )


def _statement(dialect: Dialect) -> str:
    source = (
        f"FROM {_not_reminded(dialect)} AND t.due_set_on < :stood_on AND {standing_sql('t')} ORDER BY t.id"
    )
    return letters(
        source,
        key=f"'reminder:' || t.id || ':' || {dialect.iso('t.due_on')} || ':' || CAST(:step AS integer)",
        kind="'reminder'",
        agency_id="t.agency_id",
        task_id="t.id",
        scheduled_on=":stood_on",
        urgent="t.urgent",
        number=":step",
        due_on="t.due_on",
    )


def _not_reminded(dialect: Dialect) -> str:
    """The tasks ``t`` due on the day of which no reminder of this rung or a nearer one is written."""

    # The day as a value, and not the task's own, lets PostgreSQL read the reminders of that day at once.
    def due(one: str) -> str:
        return (
            f"{one}.due_on = :due_on AND {awaited_sql(one)} AND {one}.due_on IS NOT NULL"
            f" AND NOT EXISTS (SELECT 1 FROM outbox_letter l WHERE l.{REMINDER_SQL} AND l.due_on = :due_on"
            f" AND l.task_id = {one}.id AND l.number <= :step)"
        )

    if dialect.postgres:
        return f"task t WHERE {due('t')}"
    # Two indexes answer it, and mostly nobody is left: no row of a task is read before.
    return f"task t WHERE t.id IN (SELECT d.id FROM task d INDEXED BY ix_task_due WHERE {due('d')})"
