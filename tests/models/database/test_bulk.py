"""Rows by the thousand: in their order, with all their types, and only once where they have a key."""

from datetime import UTC, date, datetime

from sqlalchemy.engine import Engine

from models.database.bulk import insert_for_ids, insert_new, insert_rows
from models.db import unit_of_work
from models.tables.outbox import OutboxLetter
from models.tables.tasks import Task, TaskCooperation
from rules.letter_words import LetterState
from rules.outbox.payloads.keys import LetterKind
from rules.vocabulary import CooperationState, TaskStatus
from tests.cast import DATED, FINANCE, PLANNING, TRADE, issue, move_in, rows

NOW = datetime(2022, 8, 15, 1, 2, 3, 456789, UTC)
HOSTILE = 'Việc "một" \\ {hai}; $1 :ba %s\nDòng hai – ữ'


def letter(key: str, **more: object) -> dict[str, object]:
    row: dict[str, object] = {
        "key": key, "kind": LetterKind.REVIEW, "agency_id": FINANCE, "task_id": None,
        "scheduled_on": NOW.date(), "not_before": NOW, "urgent": True, "number": None,
        "due_on": date(2022, 8, 31), "state_note": "", "state": LetterState.PENDING, "written_at": NOW,
        "data": {"lý do": HOSTILE, "ids": [1, 2], "none": None},
    }  # fmt: skip
    return {**row, **more}


def test_every_type_comes_back(engine: Engine) -> None:
    move_in(engine)
    with unit_of_work(engine) as session:
        assert insert_new(session, OutboxLetter, [letter("một", state_note=HOSTILE)], "key") == {"một"}
    [found] = rows(engine, OutboxLetter)
    assert (found.kind, found.state, found.urgent) == (LetterKind.REVIEW, LetterState.PENDING, True)
    assert (found.not_before, found.due_on, found.number) == (NOW, date(2022, 8, 31), None)
    assert found.data == {"lý do": HOSTILE, "ids": [1, 2], "none": None}
    assert found.state_note == HOSTILE


def test_a_known_key_is_left_alone_and_the_order_is_kept(engine: Engine) -> None:
    move_in(engine)
    names = [f"k{number:03}" for number in range(300, 0, -1)]
    with unit_of_work(engine) as session:
        insert_new(session, OutboxLetter, [letter("k007", urgent=False)], "key")
        told = insert_new(session, OutboxLetter, [letter(name) for name in names], "key")
        assert told == set(names) - {"k007"}
        assert insert_new(session, OutboxLetter, [letter(name) for name in names], "key") == set()
        assert insert_new(session, OutboxLetter, [], "key") == set()
    found = rows(engine, OutboxLetter)
    assert [one.key for one in found] == ["k007", *(name for name in names if name != "k007")]
    assert found[0].urgent is False


def test_ids_come_in_the_order_of_the_rows(engine: Engine) -> None:
    issue(move_in(engine), DATED)
    known = {
        "directive_id": 1,
        "agency_id": TRADE,
        "status": TaskStatus.ASSIGNED,
        "assigned_on": date(2022, 8, 15),
    }
    wanted = [
        {**known, "occurrence": 900 - number, "title": f"Việc {number}", "due_set_on": date(2022, 8, 15)}
        for number in range(400)
    ]
    with unit_of_work(engine) as session:
        ids = insert_for_ids(session, Task, wanted)
        assert insert_for_ids(session, Task, []) == []
    titles = {task.id: task.title for task in rows(engine, Task)}
    assert [titles[key] for key in ids] == [f"Việc {number}" for number in range(400)]


def test_what_a_row_leaves_out_is_the_columns_own(engine: Engine) -> None:
    issue(move_in(engine), DATED)
    with unit_of_work(engine) as session:
        insert_rows(session, TaskCooperation, [{"task_id": 1, "agency_id": PLANNING}])
        insert_rows(session, TaskCooperation, [])
    [part] = rows(engine, TaskCooperation)
    assert (part.state, part.version, part.due_on) == (CooperationState.ASKED, 0, None)
