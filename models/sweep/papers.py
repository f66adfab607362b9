"""A công văn đôn đốc for each body that was urged often enough; the secretariat signs and issues it.

One a body and day holds all its urgings with a number from ``urging.paper_from`` on. A paper of today that
is out already names nothing more.
"""

from typing import Any

from sqlmodel import Session

from models.sweep.statements import Dialect, Pass, dialect_of, highest_id, letters, rows_of, run

_ADDED = "INSERT INTO urging_paper (agency_id, prepared_on)"
# One that is there is taken, unless it is out; DO NOTHING would not tell its id.
_OR_TAKEN = (
    " ON CONFLICT (agency_id, prepared_on) DO UPDATE SET prepared_on = excluded.prepared_on"
    " WHERE urging_paper.issued_on IS NULL"
)
_ITS_OWN = "p.agency_id = moved.agency_id AND moved.number >= :paper_from"


def papers_sql(dialect: Dialect) -> str:
    """Insert the papers for the urgings in ``moved``; PostgreSQL's next insert reads them as ``papers``."""
    often = f"SELECT DISTINCT agency_id, {dialect.day('today')} FROM moved WHERE number >= :paper_from"
    told = " RETURNING id, agency_id" if dialect.postgres else ""
    return f"{_ADDED} {often} ORDER BY agency_id{_OR_TAKEN}{told}"


def with_papers(dialect: Dialect) -> str:
    """``moved`` with the paper ``p`` of each urging, of which many have none."""
    if dialect.postgres:  # one statement does not see in the table what it writes there
        return f"moved LEFT JOIN papers p ON {_ITS_OWN}"
    return f"moved LEFT JOIN urging_paper p ON {_ITS_OWN} AND p.prepared_on = :today AND p.issued_on IS NULL"


def paper_for(session: Session, agency_id: str, at: Pass) -> int | None:
    """The id of today's paper to the body, which is prepared if there is none; None: it is out already."""
    mine = f"{_ADDED} VALUES (:agency_id, :today){_OR_TAKEN} RETURNING id"
    found = rows_of(session, mine, {**at.values, "agency_id": agency_id})
    return found[0][0] if found else None


def last_urging(session: Session) -> int:
    """The id of the newest urging so far."""
    return highest_id(session, "urging")


def ask_to_sign(session: Session, secretariat_id: str, at: Pass) -> int:
    """A letter to the secretariat for each paper of today of which it has none; returns how many."""
    values: dict[str, Any] = {**at.values, "secretariat": secretariat_id}
    return run(session, _letters(dialect_of(session)), values)


def _letters(dialect: Dialect) -> str:
    return letters(
        "FROM urging_paper p WHERE p.prepared_on = :today ORDER BY p.id",
        key="'paper_due:' || p.agency_id || ':' || CAST(:today_text AS varchar)",
        kind="'paper_due'",
        agency_id="CAST(:secretariat AS varchar)",
        data=dialect.json(paper="p.id", agency_id="p.agency_id"),
    )
