"""Sessions, databases and workers die at every point between claim and settlement; nothing is said twice.

Each drill kills something a promise rests on, lets others go on, and then holds the mail server's book
against our pages: doubled 0, lost 0, unknown at most one a worker and fault, all shown as what it is.
"""

import pytest

from tests.drills.conftest import DrillRow
from tests.drills.drill import Drill, Hold, Worker
from tests.drills.office import READERS, reader
from tests.drills.verdict import Verdict

pytestmark = [pytest.mark.postgres, pytest.mark.crash]

#: Where a worker stands when its session dies: the call, before or after it, and which call.
POINTS: dict[str, Hold] = {
    "claiming, before its commit": ("notifications.delivery.deliver:_claimed", "after", 40),
    "claimed, before the I/O": ("post", "before", 40),
    "posted, before settling": ("post", "after", 40),
    "settling, before its commit": ("notifications.delivery.deliver:settle", "after", 40),
    "settled and the next claimed, before its I/O": ("post", "before", 41),
    "dispatching, before its commit": ("notifications.delivery.deliver:dispatch", "after", 1),
    "leaving, nothing left to claim": ("notifications.delivery.deliver:_claim_next", "after", READERS + 1),
}


def check(verdict: Verdict, unknown: int) -> None:
    assert (verdict.letters, verdict.doubled, verdict.lost) == (READERS, 0, 0), verdict
    assert verdict.unknown <= unknown, verdict
    assert verdict.untrue == ()
    assert verdict.waiting == 0


@pytest.mark.parametrize("point", POINTS)
def test_a_session_is_terminated(drill: Drill, drill_row: DrillRow, point: str) -> None:
    victim = drill.worker("victim", hold=POINTS[point])
    victim.held()
    drill.server.terminate("victim")
    other = drill.worker("other")
    assert other.wait() == 0, other.log()
    victim.go()
    assert victim.wait() == 0, victim.log()
    assert victim.report()["lost"] or "leaving" in point
    verdict = drill.finish()
    check(verdict, 1)
    drill_row(f"session terminated: {point}", verdict)


def test_both_sessions_are_terminated_while_the_mail_server_is_slow(
    drill: Drill, drill_row: DrillRow
) -> None:
    drill.mail.behave(slow={reader(30): 3.0, reader(31): 3.0})
    pair = [drill.worker(name) for name in ("left", "right")]
    drill.mail.await_reader(reader(30))
    for worker in pair:
        drill.server.terminate(worker.name)
    third = drill.worker("third")
    for worker in (*pair, third):
        assert worker.wait() == 0, worker.log()
    verdict = drill.finish()
    check(verdict, 2)
    drill_row("both sessions terminated, mail server slow", verdict)


def test_the_database_is_restarted_while_the_mail_server_is_slow(drill: Drill, drill_row: DrillRow) -> None:
    drill.mail.behave(slow={reader(30): 3.0})
    pair = [drill.worker(name) for name in ("left", "right")]
    drill.mail.await_reader(reader(30))
    drill.server.restart("fast")
    third = drill.worker("third")
    for worker in (*pair, third):
        assert worker.wait() == 0, worker.log()
    verdict = drill.finish()
    check(verdict, 2)
    drill_row("database restarted, mail server takes 3 s", verdict)


def test_the_database_dies_without_a_word(drill: Drill, drill_row: DrillRow) -> None:
    pair = [drill.worker(name, hold=("post", "after", 20)) for name in ("left", "right")]
    for worker in pair:
        worker.held()
    drill.server.restart("immediate")
    for worker in pair:
        worker.go()
    ended(pair)
    verdict = drill.finish()
    check(verdict, 2)
    drill_row("database killed and started again", verdict)


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_worker_is_killed_beside_another(drill: Drill, drill_row: DrillRow, when: str) -> None:
    victim = drill.worker("victim", hold=("post", when, 25))
    victim.held()
    other = drill.worker("other")
    victim.kill()
    victim.wait()
    assert other.wait() == 0, other.log()
    verdict = drill.finish()
    check(verdict, 1)
    drill_row(f"worker killed {when} the I/O, another at work", verdict)


def test_an_idle_session_would_be_ended(drill: Drill, drill_row: DrillRow) -> None:
    """Usual hardenings: neither may end a worker that only waits for its mail server."""
    engine = drill.engine()
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        name = engine.url.database
        for limit in ("idle_in_transaction_session_timeout", "idle_session_timeout"):
            connection.exec_driver_sql(f"ALTER DATABASE {name} SET {limit} = '2s'")
    engine.dispose()
    drill.mail.behave(slow={reader(5): 4.0, reader(6): 4.0})
    pair = [drill.worker(name) for name in ("left", "right")]
    ended(pair)
    assert not any(worker.report()["lost"] for worker in pair)
    verdict = drill.finish()
    check(verdict, 0)
    drill_row("time-outs of idle sessions", verdict)


def test_four_workers_share_the_work(drill: Drill, drill_row: DrillRow) -> None:
    four = [drill.worker(f"worker-{n}") for n in range(4)]
    ended(four)
    sent = [worker.report()["by_state"].get("sent", 0) for worker in four]
    assert sum(sent) == READERS
    assert sum(count > 0 for count in sent) > 1
    verdict = drill.verdict()
    check(verdict, 0)
    drill_row("four workers", verdict)


def ended(workers: list[Worker]) -> None:
    for worker in workers:
        assert worker.wait() == 0, worker.log()
