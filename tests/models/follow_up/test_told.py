"""What a lead was told of, as rows: kept from the first telling on, and for offices that worked before it.

Seen to fail when a repeated letter moves the day, a letter to another body counts, or the upgrade forgets.
"""

from datetime import date

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session

from config.act import by_clock
from models.db import open_database, unit_of_work
from models.follow_up.sweep.sql.statements import Pass
from models.follow_up.sweep.urgings import _AGAIN, _FIRST, urge
from models.follow_up.told import KNOWN_SQL, told_by_letters
from models.tables.outbox import OutboxLetter
from models.tables.tasks import Task, ToldDeadline, Urging
from notifications.outbox.enqueue import NewLetter, enqueue
from rules.follow_up.reminders import windows
from rules.letter_words import LetterState
from rules.outbox.payloads.deadlines import Deadline
from rules.vocabulary import DeadlineCause
from tests.cast import DATED, FINANCE, OPEN_ENDED, TRADE, at, change, issue, move_in, office, rows
from tests.models.database.old_office import working_under

FIRST, LATER = date(2022, 8, 15), date(2022, 8, 18)
NEW = date(2022, 9, 9)


@pytest.fixture
def untold(engine: Engine) -> Engine:
    """GN-0001 (finance, due 31/8/2022) and GN-0002 (trade, no deadline), of which nobody was told yet."""
    issue(move_in(engine), DATED, OPEN_ENDED)
    with unit_of_work(engine) as session:
        session.execute(sa.delete(ToldDeadline))
    return engine


def tell(engine: Engine, day: date, *bodies: str, state: LetterState = LetterState.DISPATCHED) -> None:
    """Letters about GN-0001 to these bodies are looked at on a day."""
    now = at(day)
    with unit_of_work(engine) as session:
        keys = [f"thư:{day}:{n}" for n in range(len(bodies))]
        letters = [
            NewLetter(key, Deadline(None, DeadlineCause.ISSUED, ""), body, day, now, task_id=1)
            for key, body in zip(keys, bodies, strict=True)
        ]
        enqueue(session, letters, now)
        mine = OutboxLetter.key.in_(keys)  # type: ignore[attr-defined]
        session.execute(sa.update(OutboxLetter).where(mine).values(state=state))
        told_by_letters(session, session.scalars(sa.select(OutboxLetter.id).where(mine)).all(), day)


def known(engine: Engine) -> list[tuple[int, str, date, date]]:
    return [(row.task_id, row.agency_id, row.due_on, row.told_on) for row in rows(engine, ToldDeadline)]


@pytest.mark.parametrize("state", [one for one in LetterState if one is not LetterState.PENDING])
def test_a_letter_tells_once_it_was_looked_at(untold: Engine, state: LetterState) -> None:
    tell(untold, FIRST, FINANCE, FINANCE, state=state)
    assert known(untold) == [(1, FINANCE, date(2022, 8, 31), FIRST)]


def test_a_letter_that_waits_or_goes_to_another_tells_nothing(untold: Engine) -> None:
    tell(untold, FIRST, FINANCE, state=LetterState.PENDING)
    tell(untold, LATER, TRADE)
    assert known(untold) == []


def test_what_was_told_keeps_its_day_until_the_deadline_moves(untold: Engine) -> None:
    tell(untold, FIRST, FINANCE)
    tell(untold, LATER, FINANCE)
    assert known(untold)[0][3] == FIRST
    with unit_of_work(untold) as session:
        session.execute(sa.update(Task).where(Task.id == 1).values(due_on=NEW))
    assert known(untold)[0][2] != NEW  # moved, and not told
    tell(untold, date(2022, 8, 19), FINANCE)
    assert known(untold) == [(1, FINANCE, NEW, date(2022, 8, 19))]


def test_another_lead_is_told_anew(untold: Engine) -> None:
    tell(untold, FIRST, FINANCE)
    change(untold, Task, 1, agency_id=TRADE)
    tell(untold, LATER, TRADE)
    assert known(untold) == [(1, TRADE, date(2022, 8, 31), LATER)]


OFFICE_OF_0012 = """
INSERT INTO agency (id, name, kind, vague) VALUES ('stc', 'Sở Tài chính', 'so', FALSE);
INSERT INTO document (id, state, kind, title, text, source_name, draft, version, entered_at)
 VALUES (1, 'issued', 'notice', '', '', '', '{}', 1, '2022-08-15 01:00:00');
INSERT INTO directive (id, document_id, ordinal, text, span_start, span_end, due_kind, due_approximate,
 due_basis, urgency, escalation, standing_rule, doubts)
 VALUES (1, 1, 1, 'Việc.', 0, 5, 'date', FALSE, '', '', FALSE, FALSE, '[]')
"""
TASK = (
    "INSERT INTO task (id, directive_id, agency_id, occurrence, title, status, version, assigned_on, due_on,"
    " original_due_on, urged, due_set_on, late_step, count_step, urgent)"
    " VALUES ({0}, 1, 'stc', {0}, 'Việc', 'assigned', 0, '{2}', {1}, {1}, 0, '{2}', 0, 0, FALSE)"
)
LETTER = (
    "INSERT INTO outbox_letter (key, kind, agency_id, task_id, scheduled_on, not_before, urgent, data, state,"
    " state_note, written_at) VALUES ('assignment:{0}', 'assignment', 'stc', {0}, '2022-08-15',"
    " '2022-08-15 01:00:00', FALSE, '{{}}', '{1}', '', '2022-08-15 01:00:00')"
)
OLD_TASKS = (
    (1, "'2022-08-31'", "2022-08-15", "dispatched"),  # told in time
    (2, "'2022-08-10'", "2022-08-15", "no_contact"),  # could not leave: still told
    (3, "'2022-08-31'", "2022-08-15", "pending"),  # its letter still waits, and will tell
    (4, "NULL", "2022-08-15", "dispatched"),
)


def test_the_tasks_of_an_office_that_works_already_are_taken_as_told(database_url: str) -> None:
    with working_under("0012", database_url, OFFICE_OF_0012) as connection:
        for key, due, day, state in OLD_TASKS:
            connection.exec_driver_sql(TASK.format(key, due, day))
            connection.exec_driver_sql(LETTER.format(key, state))
    upgraded = open_database(database_url)
    today = date(2022, 9, 5)
    with unit_of_work(upgraded) as session:
        here = Pass(by_clock(at(today, "06:45"), office()), at(today, "07:30"))
        when = windows(today, office().policy.rhythm, office().calendar)
        urge(session, when, here, "Văn phòng", 2)
    assert [row.task_id for row in rows(upgraded, Urging)] == [1, 2]
    upgraded.dispose()


def test_the_sweep_finds_what_was_told_by_its_key(sqlite_engine: Engine) -> None:
    with Session(sqlite_engine) as session:
        for chosen in (_FIRST, _AGAIN):
            days = {"urge_before": "2022-09-05", "rested": "2022-08-25"}
            query = sa.text(f"EXPLAIN QUERY PLAN SELECT t.id FROM task t WHERE {chosen} AND {KNOWN_SQL}")
            plan = [row[3] for row in session.connection().execute(query, days)]
            assert any("SEARCH d USING INTEGER PRIMARY KEY" in step for step in plan), plan
