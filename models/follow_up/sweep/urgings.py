"""Urgings: the next number of the series, its event, its letter."""

from datetime import date
from functools import cache

from sqlmodel import Session

from models.database.predicates import awaited_sql, standing_sql
from models.follow_up.sweep.papers import papers_sql, with_papers
from models.follow_up.sweep.sql.dialects import Dialect, dialect_of
from models.follow_up.sweep.sql.inserts import changed, common, concatenated, letters
from models.follow_up.sweep.sql.layout import all_of, inserted
from models.follow_up.sweep.sql.moves import SetMove, event
from models.follow_up.sweep.sql.statements import Pass, Statements, together
from models.follow_up.told import KNOWN_SQL
from rules.deadlines.wording import URGING
from rules.follow_up.reminders import Windows
from rules.outbox.payloads import keys
from rules.outbox.payloads.keys import LetterKind
from rules.tasks.event_data import UrgedData
from rules.vocabulary import EventKind

# Two moves, each with the one partial index that finds its tasks.
_FIRST = all_of(awaited_sql("t"), "t.last_urged_on IS NULL", "t.due_on < :urge_before")
_AGAIN = all_of(
    awaited_sql("t"), "t.last_urged_on IS NOT NULL", "t.last_urged_on <= :rested", "t.due_on < :urge_before"
)


def urge(session: Session, when: Windows, at: Pass, sender: str, paper_from: int) -> int:
    """Urge every overdue task whose lead knows of it and whose last urging is old enough; returns how many.

    ``sender`` is the body in whose name it is done. The text is that of
    ``rules.deadlines.wording.urging_text``. From number ``paper_from`` on an urging stands on the công văn
    of its body and day. The reference is ``rules.follow_up.reminders.due_notice``.
    """
    if when.urge_before is None:
        return 0
    rested = when.urged_on_or_before or date.min
    values = {
        **at.values,
        "urge_before": when.urge_before,
        "rested": rested,
        "sender": sender,
        "paper_from": paper_from,
    }
    dialect = dialect_of(session)
    written = dialect.perform(session, _first(dialect), values)
    if when.urged_on_or_before is not None:
        written += dialect.perform(session, _again(dialect), values)
    return written


def statements(dialect: Dialect) -> Statements:
    """Two moves: of tasks never urged, then of those that were."""
    return together(first=_first(dialect), again=_again(dialect))


@cache
def _first(dialect: Dialect) -> Statements:
    return dialect.moving(_urging(dialect, _FIRST, "ix_task_urge_first"))


@cache
def _again(dialect: Dialect) -> Statements:
    return dialect.moving(_urging(dialect, _AGAIN, "ix_task_urge_again"))


def _urging(dialect: Dialect, found: str, index: str) -> SetMove:
    number, days, due = dialect.raised("urged"), dialect.days_since("t.due_on"), dialect.shown("t.due_on")
    words = concatenated(URGING, number=f"({number})", days=days, due=due)
    return SetMove(
        found,
        all_of(standing_sql("t"), KNOWN_SQL),
        index,
        sets="urged = t.urged + 1, last_urged_on = :today",
        columns={**common(dialect), "number": number, "words": words},
        inserts={
            "papers": papers_sql(dialect),
            "urgings": _series(dialect),
            "events": event(EventKind.URGED, "words", _data(dialect)),
            "letters": letters(
                LetterKind.URGING,
                "FROM moved\nWHERE true\nORDER BY id",
                key=keys.urging.sql(task_id="id", number="number"),
                agency_id="agency_id",
                task_id="id",
                urgent="urgent",
                number="number",
                due_on="due_on",
            ),
        },
    )


def _series(dialect: Dialect) -> str:
    columns = {
        "task_id": "moved.id",
        "number": "moved.number",
        "urged_on": ":today",
        "recipient_id": "moved.agency_id",
        "text": "words",
        "letter_key": keys.urging.sql(task_id="moved.id", number="moved.number"),
        "sender": ":sender",
        "paper_id": "p.id",
    }
    return inserted("INSERT INTO urging", columns, f"FROM {with_papers(dialect)}\nORDER BY moved.id")


def _data(dialect: Dialect) -> str:
    changes = {"urged": "number", "last_urged_on": "CAST(:today_text AS text)"}
    return changed(dialect, UrgedData, changes, number="number")
