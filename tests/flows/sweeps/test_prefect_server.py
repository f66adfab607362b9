"""The real Prefect server, the real schedules: decides about the pins of docs/decisions/0004.

The harness does not show what a started server shows: its scheduler service, its start-up, its log.
"""

import re
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from flows.actions.installation.instant import advance
from tests.cast import DATED, at, issue, move_in
from tests.prefect_server import (
    PATIENCE,
    Api,
    Watch,
    children,
    environment_of,
    free_port,
    process,
    server_command,
    stopped,
    tail,
)

EVENTS = {"dondoc.delivery.done", "dondoc.digest.sent", "dondoc.tasks.overdue"}
TROUBLE = re.compile(r".*(\bERROR\b|\bCRITICAL\b|Traceback).*")


@pytest.fixture
def environment(tmp_path: Path, migrated_sqlite_url: str) -> dict[str, str]:
    """Server and sweeps on an SQLite database."""
    return environment_of(tmp_path, migrated_sqlite_url)


@pytest.mark.prefect
def test_every_sweep_runs_on_its_schedule(
    sqlite_engine: Engine, environment: dict[str, str], tmp_path: Path
) -> None:
    issue(move_in(sqlite_engine), DATED)
    advance(sqlite_engine, at("2022-09-05", "08:00"))  # the first working day after the deadline
    port, watch = str(free_port()), Watch(PATIENCE)
    url = f"http://127.0.0.1:{port}/api"
    environment["PREFECT_API_URL"] = url
    api, logs = Api(url), [tmp_path / "server.log", tmp_path / "sweeps.log"]
    with process(logs[0], environment, *server_command(port)) as server:
        watch.until(api.healthy, "the server answers", logs)
        with process(logs[1], environment, "-m", "flows") as sweeps:
            watch.until(api.completed_by_schedule, "one scheduled run of each sweep", logs)
            watch.until(api.quiet, "the last runs end", logs)
            watch.until(lambda: not children(sweeps), "their processes end", logs)
            assert stopped(sweeps) == 0
        assert api.runs("FAILED", "CRASHED") == []
        watch.until(lambda: {*api.our_events()} >= EVENTS, "our events arrive", logs)
        # Several passes saw the same overdue task, and the server kept one event of it.
        assert api.our_events().count("dondoc.tasks.overdue") == 1
        stopped(server)
    trouble = [found.group() for log in logs for found in TROUBLE.finditer(log.read_text(encoding="utf-8"))]
    assert trouble == [], "\n".join(map(tail, logs))
    assert not (tmp_path / "looked-up").exists(), (tmp_path / "looked-up").read_text()
