"""Reviews of tasks without a deadline: the letter, and the next day on which the task is looked at."""

from datetime import date
from functools import cache

from sqlmodel import Session

from models.database.predicates import awaited_sql, standing_sql
from models.follow_up.sweep.sql.dialects import Dialect, dialect_of
from models.follow_up.sweep.sql.inserts import changed, common, letters
from models.follow_up.sweep.sql.layout import all_of
from models.follow_up.sweep.sql.moves import SetMove, event
from models.follow_up.sweep.sql.statements import Pass, Statements
from rules.follow_up.reminders import Windows
from rules.outbox.payloads import keys
from rules.outbox.payloads.keys import LetterKind
from rules.tasks.event_data import NoData
from rules.vocabulary import EventKind


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
    dialect = dialect_of(session)
    return dialect.perform(session, statements(dialect), values)


@cache
def statements(dialect: Dialect) -> Statements:
    """One move."""
    changes = changed(dialect, NoData, {"review_on": "CAST(:following_text AS text)"})
    letter = letters(
        LetterKind.REVIEW,
        "FROM moved\nWHERE true\nORDER BY id",
        key=keys.review.sql(task_id="id", review_on=dialect.iso("reviewed_on")),
        agency_id="agency_id",
        task_id="id",
        urgent="urgent",
    )
    move = SetMove(
        all_of(awaited_sql("t"), "t.due_on IS NULL", "t.review_on <= :review_until"),
        standing_sql("t"),
        "ix_task_review",
        sets=f"review_on = {dialect.day('following')}",
        columns={**common(dialect), "reviewed_on": dialect.before("review_on")},
        inserts={"events": event(EventKind.REVIEWED, "''", changes), "letters": letter},
        looks_back=True,  # the day that had come is part of the letter's key
    )
    return dialect.moving(move)
