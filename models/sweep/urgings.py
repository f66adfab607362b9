"""Urgings: the next number of the series, its event, its letter, and the paper that it calls for."""

from typing import Any

from sqlmodel import Session

from models.predicates import awaited_sql
from models.sweep.moves import COMMON, Move, changed, event, perform_all
from models.sweep.statements import Dialect, Pass, concatenated, dialect_of, highest_id, letters, run
from rules.reminders import Windows
from rules.wording import URGING

# Two statements, each with the one partial index that finds its tasks.
_FIRST = f"{awaited_sql('t')} AND t.last_urged_on IS NULL AND t.due_on < :urge_before"
_AGAIN = (
    f"{awaited_sql('t')} AND t.last_urged_on IS NOT NULL AND t.last_urged_on <= :rested"
    " AND t.due_on < :urge_before"
)


def urge(session: Session, when: Windows, at: Pass, sender: str) -> int:
    """Urge every overdue task whose last urging is old enough; returns how many.

    ``sender`` is the body in whose name it is done. The text is that of ``rules.wording.urging_text``.
    """
    if when.urge_before is None:
        return 0
    values = {**at.values, "urge_before": when.urge_before, "sender": sender}
    dialect = dialect_of(session)
    written = perform_all(session, _urging(dialect, _FIRST), values)
    if when.urged_on_or_before is not None:
        again = {**values, "rested": when.urged_on_or_before}
        written += perform_all(session, _urging(dialect, _AGAIN), again)
    return written


def _urging(dialect: Dialect, chosen: str) -> Move:
    return Move(
        chosen,
        sets="urged = t.urged + 1, last_urged_on = :today",
        columns={**COMMON, "number": "t.urged{next}", "words": _words(dialect)},
        inserts=(
            "INSERT INTO urging (task_id, number, urged_on, recipient_id, text, letter_key, sender)"
            " SELECT id, number, :today, agency_id, words, 'urging:' || id || ':' || number, :sender"
            " FROM moved ORDER BY id",
            event("urged", "words", _data(dialect)),
            letters(
                "FROM moved WHERE true ORDER BY id",
                key="'urging:' || id || ':' || number",
                kind="'urging'",
                agency_id="agency_id",
                task_id="id",
                urgent="urgent",
                number="number",
                due_on="due_on",
            ),
        ),
    )


def _words(dialect: Dialect) -> str:
    days, due = dialect.days_since("t.due_on"), dialect.shown("t.due_on")
    return concatenated(URGING, number="(t.urged{next})", days=days, due=due)


def _data(dialect: Dialect) -> str:
    changes = {"urged": "number", "last_urged_on": "CAST(:today_text AS text)"}
    return changed(dialect, changes, number="number")


def prepare_papers(session: Session, at: Pass, since: int, paper_from: int, secretariat_id: str) -> int:
    """A công văn đôn đốc for each body that was urged often enough by urgings above id ``since``.

    One paper a body and day holds them all; the secretariat is asked once to sign it. Returns how many
    letters that took.
    """
    values: dict[str, Any] = {
        **at.values, "since": since, "paper_from": paper_from, "secretariat": secretariat_id
    }  # fmt: skip
    often = "id > :since AND number >= :paper_from AND urged_on = :today"
    run(
        session,
        "INSERT INTO urging_paper (agency_id, prepared_on)"
        f" SELECT DISTINCT recipient_id, {dialect_of(session).day('today')} FROM urging WHERE {often}"
        " ORDER BY recipient_id ON CONFLICT (agency_id, prepared_on) DO NOTHING",
        values,
    )
    run(
        session,
        "UPDATE urging SET paper_id = (SELECT p.id FROM urging_paper p WHERE p.agency_id = recipient_id"
        f" AND p.prepared_on = :today) WHERE {often}",
        values,
    )
    return run(session, _paper_letters(dialect_of(session)), values)


def _paper_letters(dialect: Dialect) -> str:
    return letters(
        "FROM urging_paper p WHERE p.prepared_on = :today AND p.number IS NULL ORDER BY p.id",
        key="'paper_due:' || p.agency_id || ':' || CAST(:today_text AS text)",
        kind="'paper_due'",
        agency_id="CAST(:secretariat AS varchar)",
        data=dialect.json(paper="p.id", agency_id="p.agency_id"),
    )


def last_urging(session: Session) -> int:
    """The id of the newest urging so far."""
    return highest_id(session, "urging")
