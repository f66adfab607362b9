"""What lies at bodies that have ended: raised to the secretariat once a body, end and task.

From its last day on a body is asked for nothing (``rules.people.bodies.ended_by``); what it leads, what it
was asked to contribute and what waits for its decision must not vanish with it. What comes to it later, or a
day of ending that is entered late or corrected, is raised by the next pass.
"""

from collections.abc import Mapping
from functools import cache

from sqlmodel import Session

from models.database.predicates import OWING_SQL, ended_sql, open_sql
from models.follow_up.sweep.sql.dialects import Dialect, dialect_of
from models.follow_up.sweep.sql.inserts import letters
from models.follow_up.sweep.sql.layout import all_of, nested, quoted
from models.follow_up.sweep.sql.statements import Pass, Statements, rows_of, run
from rules.letter_words import Stake
from rules.outbox.payloads import keys
from rules.outbox.payloads.keys import LetterKind
from rules.vocabulary import CaseState, Rung

_ENDED = ended_sql("a")
_OPEN = open_sql("t")


def raise_ended(session: Session, secretariat_id: str, seats: Mapping[Rung, str], at: Pass) -> int:
    """Write the letters that are new; returns how many. ``seats`` are the bodies that decide on cases."""
    values = {**at.values, "secretariat": secretariat_id}
    sql = statements(dialect_of(session))
    if not rows_of(session, sql["anybody"], values):
        return 0  # on nearly every day
    written = run(session, sql["led"], values) + run(session, sql["joined"], values)
    for rung, body in seats.items():
        written += run(session, sql["waiting"], {**values, "rung": rung.value, "seat": body})
    return written


@cache
def statements(dialect: Dialect) -> Statements:
    """Whether any body has ended; then a statement for each stake in a task."""
    # CROSS JOIN: SQLite takes the tables in this order, from the few bodies to their tasks.
    led = _letters(dialect, Stake.LEAD, f"CROSS JOIN {dialect.task('ix_task_desk')}", "t.agency_id = a.id")
    joined = _letters(
        dialect,
        Stake.COOPERATES,
        "CROSS JOIN task_cooperation c CROSS JOIN task t",
        f"c.agency_id = a.id AND c.{OWING_SQL} AND t.id = c.task_id",
    )
    waiting = _letters(
        dialect,
        Stake.DECIDES,
        "CROSS JOIN escalation_case c CROSS JOIN task t",
        f"a.id = :seat AND c.state = {quoted(CaseState.WAITING.value)} AND c.rung = :rung"
        " AND t.id = c.task_id",
    )
    return {
        "anybody": f"SELECT 1 FROM agency a\nWHERE {_ENDED}\nLIMIT 1",
        "led": led,
        "joined": joined,
        "waiting": waiting,
    }


def _letters(dialect: Dialect, stake: Stake, tables: str, theirs: str) -> str:
    ends_on, why = dialect.iso("a.valid_to"), quoted(stake.value)
    key = keys.body_ended.sql(agency_id="a.id", ended_on=ends_on, task_id="t.id", stake=why)
    new = f"NOT EXISTS {nested(f'SELECT 1 FROM outbox_letter o WHERE o.key = {key}')}"
    return letters(
        LetterKind.BODY_ENDED,
        f"FROM agency a {tables}\nWHERE {all_of(_ENDED, theirs, _OPEN, new)}\nORDER BY a.id, t.id",
        key=key,
        agency_id="CAST(:secretariat AS varchar)",
        task_id="t.id",
        data=dialect.json(agency_id="a.id", ended_on=ends_on, stake=why),
    )
