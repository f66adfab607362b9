"""Prefect's server is killed while a delivery is at work: the delivery ends well, and so does its run.

The first of repeated rounds (DONDOC_DRILLS) stays away for more than 300 s: the lease of a concurrency
limit, which used to kill the run, and the retries of a client that was not told to be patient. Then the
server comes back, and is told how the run has ended. In the others it is enough that the last letter is
settled: the run then tries for a minute to tell a server that is not there.
"""

import signal
from contextlib import ExitStack
from pathlib import Path

import pytest

from flows.actions.installation.instant import advance
from tests.drills.conftest import ROUNDS, DrillRow
from tests.drills.drill import Drill
from tests.drills.office import settle
from tests.postgres_server import PostgresServer
from tests.prefect_server import Api, Watch, environment_of, free_port, process, server_command, tail

pytestmark = [pytest.mark.postgres, pytest.mark.prefect, pytest.mark.crash]
READERS = 40
PAST_THE_LEASE, SHORTENED = 330.0, 5.0  # seconds from the server's death to the last letter, at least
NO_ARTIFACT = "The artifact was not kept"
SELDOM = {"DONDOC_SWEEP_EVERY_SECONDS": "86400"}  # only the run that we ask for


@pytest.fixture
def away(drill_round: int) -> float:
    """How long this round does without its server; once past the lease, which takes eight minutes."""
    return PAST_THE_LEASE if ROUNDS > 1 and drill_round == 0 else SHORTENED


@pytest.fixture(scope="module")
def office_template(drill_server: PostgresServer) -> str:
    """A small office."""
    name = drill_server.create()
    settle(drill_server.url(name), READERS)
    return name


@pytest.fixture
def environment(drill: Drill, tmp_path: Path) -> dict[str, str]:
    """Server and sweeps on the office of the drill, whose clock stands at its morning."""
    engine = drill.engine()
    advance(engine, drill.now)
    engine.dispose()
    return {**environment_of(tmp_path, drill.url), **drill.settings("flows"), **SELDOM}


def test_a_delivery_outlives_the_server(
    drill: Drill, environment: dict[str, str], away: float, tmp_path: Path, drill_row: DrillRow
) -> None:
    port, watch = str(free_port()), Watch(away + 240)
    api, logs = Api(f"http://127.0.0.1:{port}/api"), [tmp_path / "server.log", tmp_path / "flows.log"]
    environment["PREFECT_API_URL"] = f"http://127.0.0.1:{port}/api"
    drill.mail.behave(latency=away / READERS)
    with ExitStack() as running:
        with process(logs[0], environment, *server_command(port)):
            watch.until(api.healthy, "the server answers", logs)
            flows = running.enter_context(process(logs[1], environment, "-m", "flows"))
            run = watch.until(lambda: api.start("deliver-outbox"), "the run is taken in", logs)
            watch.until(lambda: len(drill.mail.taken()) > 2, "letters leave", logs)
        # The server has been killed.
        watch.until(
            lambda: flows.poll() is not None or len(drill.mail.taken()) == READERS,
            "all letters leave without it",
            logs,
        )
        watch.until(lambda: drill.verdict().by_state == {"sent": READERS}, "the last one is settled", logs)
        assert flows.poll() is None, tail(logs[1])
        if away > SHORTENED:
            watch.until(lambda: NO_ARTIFACT in logs[1].read_text(encoding="utf-8"), "the run's end", logs)
            running.enter_context(process(logs[0], environment, *server_command(port)))
            watch.until(lambda: api.state(run) == "COMPLETED", "the run tells of its end", logs)
            flows.send_signal(signal.SIGINT)
            assert flows.wait(30) == 0
    verdict = drill.verdict()
    drill_row(f"Prefect gone, delivery {away:.0f} s at work", verdict)
    assert (verdict.doubled, verdict.lost, verdict.unknown, verdict.untrue) == (0, 0, 0, ())
    assert verdict.by_state == {"sent": READERS}
