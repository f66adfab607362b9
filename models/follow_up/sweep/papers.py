"""A công văn đôn đốc for each body that was urged often enough; the secretariat signs and issues it.

One a body and day holds all its urgings with a number from ``urging.paper_from`` on. A paper of today that
is out already names nothing more.
"""

from functools import cache

from sqlmodel import Session

from models.follow_up.sweep.sql.dialects import Dialect, dialect_of
from models.follow_up.sweep.sql.inserts import letters
from models.follow_up.sweep.sql.layout import all_of
from models.follow_up.sweep.sql.statements import Pass, Statements, highest_id, rows_of, run
from rules.outbox.payloads import keys
from rules.outbox.payloads.keys import LetterKind

_ADDED = "INSERT INTO urging_paper (agency_id, prepared_on)"
# One that is there is taken, unless it is out; DO NOTHING would not tell its id.
_OR_TAKEN = """
ON CONFLICT (agency_id, prepared_on) DO UPDATE SET prepared_on = excluded.prepared_on
  WHERE urging_paper.issued_on IS NULL"""


def papers_sql(dialect: Dialect) -> str:
    """Insert the papers for the urgings in ``moved``; the next insert reads them by ``with_papers``."""
    often = f"SELECT DISTINCT agency_id, {dialect.day('today')}\nFROM moved\nWHERE number >= :paper_from"
    return f"{_ADDED}\n{often}\nORDER BY agency_id{_OR_TAKEN}{dialect.told('id, agency_id')}"


def with_papers(dialect: Dialect) -> str:
    """``moved`` with the paper ``p`` of each urging, of which many have none."""
    papers, these = dialect.just_written(
        "papers", "urging_paper", "p.prepared_on = :today AND p.issued_on IS NULL"
    )
    its_own = all_of("p.agency_id = moved.agency_id", "moved.number >= :paper_from", these)
    return f"moved LEFT JOIN {papers} p ON {its_own}"


def paper_for(session: Session, agency_id: str, at: Pass) -> int | None:
    """The id of today's paper to the body, which is prepared if there is none; None: it is out already."""
    mine = f"{_ADDED}\nVALUES (:agency_id, :today){_OR_TAKEN}\nRETURNING id"
    found = rows_of(session, mine, {**at.values, "agency_id": agency_id})
    return found[0][0] if found else None


def last_urging(session: Session) -> int:
    """The id of the newest urging so far."""
    return highest_id(session, "urging")


def ask_to_sign(session: Session, secretariat_id: str, at: Pass) -> int:
    """A letter to the secretariat for each paper of today of which it has none; returns how many."""
    values = {**at.values, "secretariat": secretariat_id}
    return run(session, statements(dialect_of(session))["letters"], values)


@cache
def statements(dialect: Dialect) -> Statements:
    """One statement."""
    return {
        "letters": letters(
            LetterKind.PAPER_DUE,
            "FROM urging_paper p\nWHERE p.prepared_on = :today\nORDER BY p.id",
            key=keys.paper_due.sql(agency_id="p.agency_id", prepared_on="CAST(:today_text AS varchar)"),
            agency_id="CAST(:secretariat AS varchar)",
            data=dialect.json(paper="p.id", agency_id="p.agency_id"),
        )
    }
