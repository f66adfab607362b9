"""What lies at bodies that have ended: raised to the secretariat once a body, end and task.

From its last day on a body is asked for nothing (``rules.bodies.ended_by``); what it leads, what it was
asked to contribute and what waits for its decision must not vanish with it. What comes to it later, or a
day of ending that is entered late or corrected, is raised by the next pass.
"""

from collections.abc import Mapping

from sqlmodel import Session

from models.predicates import OWING_SQL, ended_sql, open_sql
from models.sweep.statements import Dialect, Pass, dialect_of, letters, rows_of, run
from rules.letter_words import Stake
from rules.vocabulary import CaseState, Rung

_ENDED = ended_sql("a")
_OPEN = open_sql("t")


def raise_ended(session: Session, secretariat_id: str, seats: Mapping[Rung, str], at: Pass) -> int:
    """Write the letters that are new; returns how many. ``seats`` are the bodies that decide on cases."""
    values = {**at.values, "secretariat": secretariat_id}
    if not rows_of(session, f"SELECT 1 FROM agency a WHERE {_ENDED} LIMIT 1", values):
        return 0  # on nearly every day
    dialect = dialect_of(session)
    written = run(session, _led(dialect), values) + run(session, _joined(dialect), values)
    for rung, body in seats.items():
        written += run(session, _waiting(dialect), {**values, "rung": rung.value, "seat": body})
    return written


# CROSS JOIN: SQLite takes the tables in this order, from the few bodies to their tasks.
def _led(dialect: Dialect) -> str:
    source = f"CROSS JOIN {dialect.task('ix_task_desk')} WHERE {_ENDED} AND t.agency_id = a.id AND {_OPEN}"
    return _letters(dialect, source, Stake.LEAD)


def _joined(dialect: Dialect) -> str:
    source = (
        "CROSS JOIN task_cooperation c CROSS JOIN task t"
        f" WHERE {_ENDED} AND c.agency_id = a.id AND c.{OWING_SQL} AND t.id = c.task_id AND {_OPEN}"
    )
    return _letters(dialect, source, Stake.COOPERATES)


def _waiting(dialect: Dialect) -> str:
    source = (
        "CROSS JOIN escalation_case c CROSS JOIN task t"
        f" WHERE {_ENDED} AND a.id = :seat AND c.state = '{CaseState.WAITING.value}' AND c.rung = :rung"
        f" AND t.id = c.task_id AND {_OPEN}"
    )
    return _letters(dialect, source, Stake.DECIDES)


def _letters(dialect: Dialect, source: str, stake: Stake) -> str:
    ends_on = dialect.iso("a.valid_to")
    key = f"'body_ended:' || a.id || ':' || {ends_on} || ':' || t.id || ':' || '{stake.value}'"
    new = f"NOT EXISTS (SELECT 1 FROM outbox_letter o WHERE o.key = {key})"
    return letters(
        f"FROM agency a {source} AND {new} ORDER BY a.id, t.id",
        key=key,
        kind="'body_ended'",
        agency_id="CAST(:secretariat AS varchar)",
        task_id="t.id",
        data=dialect.json(agency_id="a.id", ended_on=ends_on, stake=f"'{stake.value}'"),
    )
