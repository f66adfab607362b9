"""The frame itself: a quiet pass ends well, and the verdict sees what it is there to see."""

import pytest

from models.tables.outbox import OutboxMessage
from rules.letter_words import MessageState
from tests.cast import change, messages
from tests.drills.conftest import DrillRow
from tests.drills.drill import Drill
from tests.drills.office import reader, settle
from tests.drills.table import KEY, table
from tests.drills.verdict import judge
from tests.postgres_server import PostgresServer

pytestmark = [pytest.mark.postgres, pytest.mark.crash]
READERS = 20


@pytest.fixture
def drill_round() -> int:
    """Once is enough here, however often the drills are repeated."""
    return 0


@pytest.fixture(scope="module")
def office_template(drill_server: PostgresServer) -> str:
    """A small office."""
    name = drill_server.create()
    settle(drill_server.url(name), READERS)
    return name


def test_a_quiet_pass(drill: Drill, drill_row: DrillRow, request: pytest.FixtureRequest) -> None:
    worker = drill.worker("calm")
    assert worker.wait() == 0, worker.log()
    assert worker.report()["by_state"] == {"sent": READERS}
    verdict = drill.verdict()
    assert (verdict.letters, verdict.arrived) == (READERS, READERS)
    assert (verdict.waiting, verdict.doubled, verdict.lost, verdict.unknown) == (0, 0, 0, 0)
    assert verdict.untrue == ()
    drill_row("a quiet pass", verdict)
    [(key, row)] = request.node.user_properties
    assert (key, row["letters"]) == (KEY, READERS)
    request.node.user_properties.clear()


def test_a_worker_stands_where_it_is_told_to(drill: Drill) -> None:
    held = drill.worker("held", hold=("post", "before", 3))
    held.held()
    assert len(drill.mail.taken()) == 2
    held.go()
    drill.mail.await_letters(3)
    held.kill()
    assert held.wait() == -9
    assert held.report() == {}


def test_a_slow_letter_is_taken_before_the_answer(drill: Drill) -> None:
    drill.mail.behave(slow={reader(5): 90.0})
    worker = drill.worker("slow")
    drill.mail.await_reader(reader(5), seconds=40)
    worker.kill()
    worker.wait()
    verdict = drill.finish()
    assert (verdict.doubled, verdict.lost, verdict.unknown, verdict.untrue) == (0, 0, 1, ())


def test_sessions_can_be_ended_and_the_server_restarted(drill: Drill) -> None:
    worker = drill.worker("victim", hold=("post", "before", 1))
    worker.held()
    assert drill.server.terminate("victim") >= 1
    assert drill.server.terminate("nobody") == 0
    drill.server.restart("immediate")
    engine = drill.engine()
    assert len(messages(engine)) == READERS
    engine.dispose()


def test_the_verdict_sees_what_is_wrong(drill: Drill) -> None:
    assert drill.worker("calm").wait() == 0
    engine, book = drill.engine(), drill.mail.taken()
    twice, other = book[0], book[1]
    again = twice._replace(message_id="<another@dondoc.example>")
    verdict = judge(engine, [*book, twice, again])
    assert verdict.doubled == 2
    assert verdict.untrue == ("a letter arrived that nothing here speaks of: <another@dondoc.example>",)
    missing = judge(engine, book[1:])
    assert (missing.lost, len(missing.untrue)) == (1, 1)
    assert "never arrived" in missing.untrue[0]
    row = next(one for one in messages(engine) if one.message_id == other.message_id)
    for state, word in ((MessageState.QUEUED, "queued"), (MessageState.SENDING, "nobody is at work")):
        change(engine, OutboxMessage, row.id, state=state)
        assert word in judge(engine, book).untrue[0]
    change(engine, OutboxMessage, row.id, state=MessageState.UNKNOWN)
    unknown = judge(engine, [one for one in book if one != other])
    assert (unknown.unknown, unknown.lost, unknown.untrue) == (1, 0, ())
    engine.dispose()


def test_the_table_adds_up_the_rounds() -> None:
    row = {"drill": "a", "letters": 200, "doubled": 0, "lost": 0, "unknown": 1, "seconds": 1.25}
    lines = table([row, {**row, "unknown": 2}])
    assert lines[2] == "| a | 2 | 400 | 0 | 0 | 3 (at most 2) | 2.5 |"
    assert table([]) == []
