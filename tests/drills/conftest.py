"""Drills: each test that asks for ``drill`` runs ROUNDS times, on a fresh office each time."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter

import pytest

from tests.drills.drill import Crew, Drill
from tests.drills.mail_server import MailServer
from tests.drills.office import settle
from tests.drills.table import KEY, rows_of, table
from tests.drills.verdict import Verdict
from tests.postgres_server import PostgresServer, running_postgres

ROUNDS = int(os.environ.get("DONDOC_DRILLS", "1"))
DrillRow = Callable[[str, Verdict], None]


@pytest.fixture(params=range(ROUNDS), ids=lambda number: f"round{number + 1}")
def drill_round(request: pytest.FixtureRequest) -> int:
    """Which round this is, from 0; a drill that builds its own office asks for this alone."""
    return int(request.param)


@pytest.fixture(scope="session")
def drill_server() -> Iterator[PostgresServer]:
    """A server that may be restarted and killed: what it has committed it keeps."""
    with running_postgres(synchronous_commit="on") as server:
        yield server


@pytest.fixture(scope="session")
def office_template(drill_server: PostgresServer) -> str:
    """The database that every office is a copy of."""
    name = drill_server.create()
    settle(drill_server.url(name))
    return name


@pytest.fixture(scope="session")
def crew() -> Iterator[Crew]:
    """Whoever starts our workers."""
    started = Crew()
    yield started
    started.leave()


@pytest.fixture(scope="session")
def drill_mail(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MailServer]:
    """The mail server of all drills; each drill finds it empty."""
    server = MailServer(tmp_path_factory.mktemp("mail"))
    yield server
    server.stop()


@pytest.fixture
def drill(
    drill_round: int,
    drill_server: PostgresServer,
    office_template: str,
    crew: Crew,
    drill_mail: MailServer,
    tmp_path: Path,
) -> Iterator[Drill]:
    """An office with READERS letters waiting, and nobody at work yet."""
    name = drill_server.create(office_template)
    drill_mail.renew()
    ready = Drill(drill_server.url(name), tmp_path, drill_mail, crew, drill_server)
    yield ready
    ready.end()
    drill_server.drop(name)


@pytest.fixture
def drill_row(request: pytest.FixtureRequest) -> DrillRow:
    """``drill_row(name, verdict)`` gives the table its row; the seconds are those since the test began."""
    begun = perf_counter()

    def row(name: str, verdict: Verdict) -> None:
        counts = {key: getattr(verdict, key) for key in ("letters", "doubled", "lost", "unknown")}
        found = {"drill": name, **counts, "seconds": perf_counter() - begun}
        request.node.user_properties.append((KEY, found))

    return row


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The table, if any drill has run."""
    reports = [report for kind in ("passed", "failed") for report in terminalreporter.getreports(kind)]
    calls = [report for report in reports if getattr(report, "when", "") == "call"]
    lines = table(row for report in calls for row in rows_of(report.user_properties))
    if lines:
        terminalreporter.section("drills")
    for line in lines:
        terminalreporter.write_line(line)
