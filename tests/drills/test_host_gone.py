"""A host is gone while its letter is in the air: the server notices, others go on, nobody says it twice.

The worker of the other host lives on behind a line that is cut, and comes back to find itself declared
dead. In the first round of repeated drills (DONDOC_DRILLS) everybody waits as long as in production: up to a
minute. Otherwise both ends give each other up within seconds.
"""

from collections.abc import Iterator
from time import monotonic

import psycopg
import pytest
import sqlalchemy as sa

from models.db import connect
from tests.drills.conftest import ROUNDS, DrillRow
from tests.drills.cut_line import CutLine, cut_line
from tests.drills.drill import Drill, Hold, Worker
from tests.drills.mail_server import MailServer, until
from tests.drills.office import reader, settle
from tests.drills.verdict import Verdict
from tests.postgres_server import PostgresServer, running_postgres

pytestmark = [pytest.mark.postgres, pytest.mark.crash]
READERS, SLOW = 40, reader(20)
MINUTE = 60.0  # the promise: seconds until either end has noticed
AT_THE_SERVER = ("tcp_keepalives_idle = 1", "tcp_keepalives_interval = 1", "tcp_keepalives_count = 2")
SOON = [f"SET {setting}" for setting in (*AT_THE_SERVER, "tcp_user_timeout = 3000")]
AT_THE_WORKER = (
    "keepalives_idle=1&keepalives_interval=1&keepalives_count=2&tcp_user_timeout=3000&connect_timeout=2"
)
#: Where the worker stands when its line is cut.
POINTS: dict[str, Hold] = {
    "claimed, before the I/O": ("post", "before", 15),
    "posted, before settling": ("post", "after", 15),
    "settling, before its commit": ("notifications.delivery.deliver:settle", "after", 15),
}


@pytest.fixture(scope="module")
def line() -> Iterator[CutLine]:
    """The other host."""
    with cut_line() as laid:
        yield laid


@pytest.fixture(autouse=True)
def _whole(line: CutLine) -> Iterator[None]:
    yield
    line.mend()


@pytest.fixture(scope="module")
def drill_server(line: CutLine) -> Iterator[PostgresServer]:
    """A server that the other host reaches."""
    with running_postgres(synchronous_commit="on", listen_addresses=line.here) as server:
        server.admit(f"{line.here}/32")
        server.admit(f"{line.there}/32")
        yield server


@pytest.fixture(scope="module")
def office_template(drill_server: PostgresServer) -> str:
    """A small office."""
    name = drill_server.create()
    settle(drill_server.url(name), READERS)
    return name


@pytest.fixture(scope="module")
def drill_mail(line: CutLine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MailServer]:
    """A mail server that the other host reaches."""
    server = MailServer(tmp_path_factory.mktemp("mail"), line.here)
    yield server
    server.stop()


@pytest.fixture
def real(drill_round: int) -> bool:
    """Whether this round takes as long as in production."""
    return ROUNDS > 1 and drill_round == 0


def far_away(drill: Drill, line: CutLine, real: bool, hold: Hold | None, work: str = "deliver") -> Worker:
    """A worker on the other host."""
    url, session = at_the_line(drill.url, line), None
    if not real:
        url, session = f"{url}?{AT_THE_WORKER}", SOON
    waits = {"DONDOC_SMTP_TIMEOUT": f"{smtp_timeout(real):.0f}"}
    return drill.worker("far", hold, work, url=url, session=session, settings=waits, prefix=line.prefix)


def at_the_line(url: str, line: CutLine) -> str:
    """The URL of a database as the other host reaches it."""
    return url.replace("@/", f"@{line.here}/").partition("?")[0]


def smtp_timeout(real: bool) -> float:
    return 20.0 if real else 2.0


def noticed(server: PostgresServer) -> float:
    """Seconds until the server has ended the session of the worker that is far away."""
    begun = monotonic()
    with psycopg.connect(host=str(server.folder), user="postgres", autocommit=True) as session:
        query = "SELECT count(*) = 0 FROM pg_stat_activity WHERE application_name = 'far'"
        until(lambda: session.execute(query).fetchall()[0][0], "the server notices", MINUTE + 5)
    return monotonic() - begun


def check(verdict: Verdict, unknown: int) -> None:
    assert verdict.letters >= READERS
    assert (verdict.doubled, verdict.lost, verdict.untrue) == (0, 0, ())
    assert verdict.unknown <= unknown, verdict
    assert verdict.waiting == 0


def test_every_session_asks_for_signs_of_life(drill_server: PostgresServer, line: CutLine) -> None:
    """Not a worker's alone: a sweep holds locks too. Only by TCP does the server say what it has."""
    engine = connect(at_the_line(drill_server.url("postgres"), line))
    with engine.connect() as session:
        asked = ("tcp_keepalives_idle", "tcp_keepalives_interval", "tcp_keepalives_count")
        idle, interval, count = (int(session.scalar(sa.text(f"SHOW {name}")) or 0) for name in asked)
    engine.dispose()
    assert 0 < idle + interval * count < MINUTE


@pytest.mark.parametrize("point", POINTS)
def test_a_host_is_cut_off_and_comes_back(
    drill: Drill, line: CutLine, real: bool, drill_row: DrillRow, point: str
) -> None:
    far = far_away(drill, line, real, POINTS[point])
    far.held()
    line.cut()
    assert noticed(drill.server) < MINUTE
    near = drill.worker("near")
    assert near.wait() == 0, near.log()
    assert len(drill.mail.taken()) >= READERS - 1
    line.mend()
    far.go()
    assert far.wait() == 0, far.log()
    assert far.report()["lost"], far.report()
    verdict = drill.finish()
    check(verdict, 1)
    drill_row(f"host cut off: {point}", verdict)


def test_a_sweep_is_cut_off(drill: Drill, line: CutLine, real: bool, drill_row: DrillRow) -> None:
    """In the middle of its transaction, whose locks everybody else would wait for."""
    far = far_away(drill, line, real, ("flows.actions.follow_up.follow_up:one_at_a_time", "after", 1), "tick")
    far.held()
    line.cut()
    near = drill.worker("near", work="tick")
    assert near.wait() == 0, near.log()
    line.mend()
    far.go()
    assert far.wait() == 1
    assert "OperationalError" in far.log()
    verdict = drill.finish()
    check(verdict, 0)
    drill_row("host cut off: a sweep in its transaction", verdict)


def test_a_host_is_cut_off_for_good(drill: Drill, line: CutLine, real: bool, drill_row: DrillRow) -> None:
    """The letter has been taken, its answer is on the way; the worker must not wait for ever either.

    It hears nothing of the mail server, then within a minute nothing of the database, and for less than
    another it tries to write down what it knows.
    """
    drill.mail.behave(slow={SLOW: 1.0})
    far = far_away(drill, line, real, None)
    drill.mail.await_reader(SLOW)
    line.cut()
    begun = monotonic()
    assert noticed(drill.server) < MINUTE
    near = drill.worker("near")
    assert near.wait() == 0, near.log()
    assert far.wait(4 * MINUTE) == 0, far.log()
    assert monotonic() - begun < smtp_timeout(real) + 2 * MINUTE
    assert far.report()["lost"], far.report()
    verdict = drill.finish()
    check(verdict, 1)
    drill_row("host cut off for good, its letter in the air", verdict)
