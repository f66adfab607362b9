"""Reminders: each near deadline stands on one rung today; its letter is written once (decision 0007)."""

from sqlmodel import Session

from models.predicates import awaited_sql
from models.sweep.statements import Dialect, Pass, dialect_of, letters, run
from rules.reminders import Near, Windows


def remind(session: Session, when: Windows, at: Pass) -> int:
    """Write the reminders of ``when``; returns how many. The reference is ``rules.reminders.due_notice``.

    A deadline set on or after the day of its rung is not recalled, nor one of which this rung or a
    nearer one was already written.
    """
    if not when.near:
        return 0
    days = {f"due_{n}": near.due_on for n, near in enumerate(when.near)}
    days |= {f"stood_{n}": near.stood_on for n, near in enumerate(when.near)}
    dialect = dialect_of(session)
    return run(session, _statement(dialect, when.near), {**at.values, **days})


def _statement(dialect: Dialect, near: tuple[Near, ...]) -> str:
    # CROSS JOIN keeps SQLite in this order: the few days first, for each its tasks by ix_task_due.
    # The scalar subquery keeps PostgreSQL from reading all letters for a hash table.
    source = (
        f"FROM w CROSS JOIN task t WHERE t.due_on = w.due_on AND {awaited_sql('t')}"
        " AND t.due_on IS NOT NULL AND t.due_set_on < w.stood_on"
        " AND (SELECT 1 FROM outbox_letter l WHERE l.task_id = t.id AND l.kind = 'reminder'"
        " AND l.due_on = t.due_on AND l.number <= w.step LIMIT 1) IS NULL ORDER BY t.id"
    )
    rows = ", ".join(
        f"({dialect.day(f'due_{n}')}, {item.step}, {dialect.day(f'stood_{n}')})"
        for n, item in enumerate(near)
    )
    return letters(
        source,
        given=f"WITH w(due_on, step, stood_on) AS (VALUES {rows})",
        key=f"'reminder:' || t.id || ':' || {dialect.iso('t.due_on')} || ':' || w.step",
        kind="'reminder'",
        agency_id="t.agency_id",
        task_id="t.id",
        scheduled_on="w.stood_on",
        urgent="t.urgent",
        number="w.step",
        due_on="t.due_on",
    )
