"""Reviews of tasks without a deadline: the letter, and the next day on which the task is looked at."""

from datetime import date

from sqlmodel import Session

from models.predicates import awaited_sql, standing_sql
from models.sweep.moves import COMMON, Move, changed, event, perform_all
from models.sweep.statements import Dialect, Pass, dialect_of, letters
from rules.reminders import Windows

_DUE = f"{awaited_sql('t')} AND t.due_on IS NULL AND t.review_on <= :review_until"


def review(session: Session, when: Windows, at: Pass, following: date) -> int:
    """Ask for a review of every task whose day has come; ``following`` is its next one."""
    if when.review_until is None:
        return 0
    values = {
        **at.values,
        "review_until": when.review_until,
        "following": following,
        "following_text": following.isoformat(),
    }
    return perform_all(session, _review(dialect_of(session)), values)


def _review(dialect: Dialect) -> Move:
    return Move(
        _DUE,
        standing_sql("t"),
        "ix_task_review",
        sets=f"review_on = {dialect.day('following')}",
        columns={**COMMON, "reviewed_on": "old.review_on"},
        inserts={
            "events": event(
                "reviewed", "''", changed(dialect, {"review_on": "CAST(:following_text AS text)"})
            ),
            "letters": letters(
                "FROM moved WHERE true ORDER BY id",
                key=f"'review:' || id || ':' || {dialect.iso('reviewed_on')}",
                kind="'review'",
                agency_id="agency_id",
                task_id="id",
                urgent="urgent",
            ),
        },
        looks_back=True,  # the day that had come is part of the letter's key
    )
