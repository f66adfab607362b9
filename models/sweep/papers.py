"""A công văn đôn đốc for each body that was urged often enough; the secretariat signs and issues it."""

from typing import Any

from sqlmodel import Session

from models.sweep.statements import Dialect, Pass, dialect_of, highest_id, letters, run

#: A paper of today that is out already names nothing more.
_OFTEN = (
    "id > :newest AND number >= :paper_from AND urged_on = :today"
    " AND NOT EXISTS (SELECT 1 FROM urging_paper q WHERE q.agency_id = recipient_id"
    " AND q.prepared_on = :today AND q.issued_on IS NOT NULL)"
)


def last_urging(session: Session) -> int:
    """The id of the newest urging so far."""
    return highest_id(session, "urging")


def prepare_papers(session: Session, newest: int, paper_from: int, secretariat_id: str, at: Pass) -> int:
    """A paper for urgings above id ``newest`` with a number from ``paper_from`` on; returns how many.

    One a body and day holds them all, and the secretariat is asked once to sign it.
    """
    values: dict[str, Any] = {
        **at.values, "newest": newest, "paper_from": paper_from, "secretariat": secretariat_id
    }  # fmt: skip
    dialect = dialect_of(session)
    run(
        session,
        "INSERT INTO urging_paper (agency_id, prepared_on)"
        f" SELECT DISTINCT recipient_id, {dialect.day('today')} FROM urging WHERE {_OFTEN}"
        " ORDER BY recipient_id ON CONFLICT (agency_id, prepared_on) DO NOTHING",
        values,
    )
    paper = "SELECT p.id FROM urging_paper p WHERE p.agency_id = recipient_id AND p.prepared_on = :today"
    if not run(session, f"UPDATE urging SET paper_id = ({paper}) WHERE {_OFTEN}", values):
        return 0
    return run(session, _letters(dialect), values)


def _letters(dialect: Dialect) -> str:
    return letters(
        "FROM urging_paper p WHERE p.prepared_on = :today ORDER BY p.id",
        key="'paper_due:' || p.agency_id || ':' || CAST(:today_text AS varchar)",
        kind="'paper_due'",
        agency_id="CAST(:secretariat AS varchar)",
        data=dialect.json(paper="p.id", agency_id="p.agency_id"),
    )
