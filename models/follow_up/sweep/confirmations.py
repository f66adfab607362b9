"""Results that wait: the secretariat alone is asked again, in the rhythm of the policy."""

from datetime import date
from functools import cache

from sqlmodel import Session

from models.database.predicates import SUBMITTED_SQL
from models.follow_up.sweep.sql.dialects import Dialect, dialect_of
from models.follow_up.sweep.sql.inserts import letters
from models.follow_up.sweep.sql.layout import nested
from models.follow_up.sweep.sql.statements import Pass, Statements, run
from rules.outbox.payloads import keys
from rules.outbox.payloads.keys import LetterKind
from rules.vocabulary import EventKind


def ask_again(session: Session, asked_until: date | None, secretariat_id: str, at: Pass) -> int:
    """Ask about every result of which the last letter is of ``asked_until`` or earlier; returns how many.

    The repeats of one submission are numbered from 1; its event tells one submission from the next. A task
    that was taken over with its result has no such event: its first one, 0, brought the result along.
    """
    if asked_until is None:
        return 0
    values = {**at.values, "asked_until": asked_until, "secretariat": secretariat_id}
    return run(session, statements(dialect_of(session))["letters"], values)


@cache
def statements(dialect: Dialect) -> Statements:
    """One statement."""
    asked = f"FROM outbox_letter l WHERE l.task_id = t.id AND l.kind = '{LetterKind.CONFIRMATION.value}'"
    submitted = f"FROM task_event e WHERE e.task_id = t.id AND e.kind = '{EventKind.SUBMITTED.value}'"
    waiting = f"""\
SELECT t.id, t.urgent, t.due_on,
  (SELECT count(*) {asked} AND l.scheduled_on >= t.submitted_on) AS repeat,
  coalesce((SELECT max(e.seq) {submitted}), 0) AS seq
FROM {dialect.task("ix_task_submitted")}
WHERE t.{SUBMITTED_SQL} AND t.submitted_on <= :asked_until
  AND (SELECT 1 {asked} AND l.scheduled_on > :asked_until LIMIT 1) IS NULL"""
    return {
        "letters": letters(
            LetterKind.CONFIRMATION,
            f"FROM {nested(waiting)} w\nWHERE repeat > 0",
            key=keys.confirmation.sql(task_id="id", version="seq", repeat="repeat"),
            agency_id="CAST(:secretariat AS varchar)",
            task_id="id",
            urgent="urgent",
            number="repeat",
            due_on="due_on",
        )
    }
