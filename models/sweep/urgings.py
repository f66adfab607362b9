"""Urgings: the next number of the series, its event, its letter."""

from datetime import date

from sqlmodel import Session

from models.predicates import awaited_sql, standing_sql
from models.sweep.moves import COMMON, Move, changed, event, perform_all
from models.sweep.papers import papers_sql, with_papers
from models.sweep.statements import Dialect, Pass, concatenated, dialect_of, letters
from models.told import KNOWN_SQL
from rules.reminders import Windows
from rules.wording import URGING

# Two statements, each with the one partial index that finds its tasks.
_FIRST = f"{awaited_sql('t')} AND t.last_urged_on IS NULL AND t.due_on < :urge_before"
_AGAIN = (
    f"{awaited_sql('t')} AND t.last_urged_on IS NOT NULL AND t.last_urged_on <= :rested"
    " AND t.due_on < :urge_before"
)


def urge(session: Session, when: Windows, at: Pass, sender: str, paper_from: int) -> int:
    """Urge every overdue task whose lead knows of it and whose last urging is old enough; returns how many.

    ``sender`` is the body in whose name it is done. The text is that of ``rules.wording.urging_text``. From
    number ``paper_from`` on an urging stands on the công văn of its body and day. The reference is
    ``rules.reminders.due_notice``.
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
    written = perform_all(session, _urging(dialect, _FIRST, "ix_task_urge_first"), values)
    if when.urged_on_or_before is not None:
        written += perform_all(session, _urging(dialect, _AGAIN, "ix_task_urge_again"), values)
    return written


def _urging(dialect: Dialect, found: str, index: str) -> Move:
    return Move(
        found,
        f"{standing_sql('t')} AND {KNOWN_SQL}",
        index,
        sets="urged = t.urged + 1, last_urged_on = :today",
        columns={**COMMON, "number": "t.urged{next}", "words": _words(dialect)},
        inserts={
            "papers": papers_sql(dialect),
            "urgings": "INSERT INTO urging"
            " (task_id, number, urged_on, recipient_id, text, letter_key, sender, paper_id)"
            " SELECT moved.id, moved.number, :today, moved.agency_id, words,"
            " 'urging:' || moved.id || ':' || moved.number, :sender, p.id"
            f" FROM {with_papers(dialect)} ORDER BY moved.id",
            "events": event("urged", "words", _data(dialect)),
            "letters": letters(
                "FROM moved WHERE true ORDER BY id",
                key="'urging:' || id || ':' || number",
                kind="'urging'",
                agency_id="agency_id",
                task_id="id",
                urgent="urgent",
                number="number",
                due_on="due_on",
            ),
        },
    )


def _words(dialect: Dialect) -> str:
    days, due = dialect.days_since("t.due_on"), dialect.shown("t.due_on")
    return concatenated(URGING, number="(t.urged{next})", days=days, due=due)


def _data(dialect: Dialect) -> str:
    changes = {"urged": "number", "last_urged_on": "CAST(:today_text AS text)"}
    return changed(dialect, changes, number="number")
