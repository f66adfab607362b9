"""Results that wait: the secretariat alone is asked again, in the rhythm of the policy."""

from datetime import date

from sqlmodel import Session

from models.predicates import SUBMITTED_SQL
from models.sweep.statements import Dialect, Pass, dialect_of, letters, run


def ask_again(session: Session, asked_until: date, secretariat_id: str, at: Pass) -> int:
    """Ask about every result of which the last letter is of ``asked_until`` or earlier; returns how many.

    The repeats of one submission are numbered from 1; its event tells one submission from the next.
    """
    values = {**at.values, "asked_until": asked_until, "secretariat": secretariat_id}
    return run(session, _statement(dialect_of(session)), values)


def _statement(dialect: Dialect) -> str:
    asked = "FROM outbox_letter l WHERE l.task_id = t.id AND l.kind = 'confirmation'"
    submitted = "SELECT max(e.seq) FROM task_event e WHERE e.task_id = t.id AND e.kind = 'submitted'"
    waiting = (
        "SELECT t.id, t.urgent, t.due_on,"
        f" (SELECT count(*) {asked} AND l.scheduled_on >= t.submitted_on) AS repeat, ({submitted}) AS seq"
        f" FROM {dialect.task('ix_task_submitted')}"
        f" WHERE t.{SUBMITTED_SQL} AND t.submitted_on <= :asked_until"
        f" AND (SELECT 1 {asked} AND l.scheduled_on > :asked_until LIMIT 1) IS NULL"
    )
    return letters(
        f"FROM ({waiting}) w WHERE repeat > 0",
        key="'confirmation:' || id || ':' || seq || ':' || repeat",
        kind="'confirmation'",
        agency_id="CAST(:secretariat AS varchar)",
        task_id="id",
        urgent="urgent",
        number="repeat",
        due_on="due_on",
    )
