"""Behind a pooler: in session mode everything works, in the other modes nothing begins."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from threading import Barrier

import psycopg
import pytest
from sqlalchemy.engine import Engine, make_url
from typer.testing import CliRunner

from config.act import by_clock
from config.settings import get_settings
from flows.cli import app
from models.database import poolers
from models.database.locks import exclusive
from models.database.poolers import pooler_problem
from models.db import DatabaseNotReady, connect, open_database
from models.installation.workers import worker
from notifications.delivery.deliver import DeliveryReport, deliver
from notifications.outbox.parcel import Outcome, Parcel
from rules.letter_words import MessageState
from tests.cast import (
    DATED,
    SENT,
    Postman,
    at,
    decided,
    directive,
    issue,
    messages,
    move_in,
    office,
    settings,
)
from tests.pgbouncer import PgBouncer, running_pgbouncer
from tests.postgres_server import PostgresServer

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True),
]
MORNING = at("2022-08-15", "09:00")
#: Sizes of the pool, and pools that take turns.
POOLS: dict[str, dict[str, object]] = {
    "one session": {"default_pool_size": 1},
    "two": {"default_pool_size": 2},
    "two in turns": {"default_pool_size": 2, "server_round_robin": 1},
    "twenty": {"default_pool_size": 20},
    "twenty in turns": {"default_pool_size": 20, "server_round_robin": 1},
}


@pytest.fixture
def database(migrated_url: str) -> str:
    """The name of a database with our tables."""
    return str(make_url(migrated_url).database)


@contextmanager
def opened(url: str) -> Iterator[Engine]:
    engine = open_database(url)
    try:
        yield engine
    finally:
        engine.dispose()


def warm(pooler: PgBouncer, database: str, sessions: int) -> None:
    """Let the pooler open so many sessions, and have them all back."""
    with ExitStack() as clients:
        for _ in range(sessions):
            clients.enter_context(pooler.connect(database)).execute("SELECT 1")
    assert pooler.opened() == sessions


def one_pass(engine: Engine, post: Postman) -> DeliveryReport:
    return deliver(engine, by_clock(MORNING, office()), settings(), post)


@pytest.mark.parametrize("warmed", [0, 2])
@pytest.mark.parametrize("pool", POOLS)
def test_transaction_mode_is_refused(
    postgres_server: PostgresServer, database: str, pool: str, warmed: int
) -> None:
    with running_pgbouncer(postgres_server, pool_mode="transaction", **POOLS[pool]) as pooler:
        if warmed and pool != "one session":
            warm(pooler, database, warmed)
        with pytest.raises(DatabaseNotReady, match="ở chế độ «transaction»"):
            open_database(pooler.url(database))


@pytest.mark.parametrize("turns", [0, 1])
@pytest.mark.parametrize("warmed", [2, 3])
def test_also_while_somebody_else_keeps_a_session(
    postgres_server: PostgresServer, database: str, turns: int, warmed: int
) -> None:
    pool = {"default_pool_size": 3, "server_round_robin": turns}
    with running_pgbouncer(postgres_server, pool_mode="transaction", **pool) as pooler:
        warm(pooler, database, warmed)
        with pooler.connect(database) as busy:
            busy.execute("SELECT 1")  # in a transaction that does not end
            with pytest.raises(DatabaseNotReady, match="ở chế độ «transaction»"):
                open_database(pooler.url(database))


def test_nothing_is_done_behind_it(
    engine: Engine, postgres_server: PostgresServer, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    issue(move_in(engine), DATED)
    before = decided(engine)
    with running_pgbouncer(postgres_server, pool_mode="transaction") as pooler:
        monkeypatch.setenv("DONDOC_DATABASE_URL", pooler.url(database))
        get_settings.cache_clear()
        result = CliRunner().invoke(app, ["tick", "--now", MORNING.isoformat()])
        get_settings.cache_clear()
    assert (result.exit_code, decided(engine), messages(engine)) == (2, before, [])
    assert "bộ gom kết nối ở chế độ «transaction»" in " ".join(result.output.split())


def test_statement_mode_is_refused_by_a_sentence(postgres_server: PostgresServer, database: str) -> None:
    with (
        running_pgbouncer(postgres_server, pool_mode="statement") as pooler,
        pytest.raises(DatabaseNotReady, match="ở chế độ «statement»"),
    ):
        open_database(pooler.url(database))


@pytest.mark.parametrize("pooler_waits", [1, 120])
def test_a_pool_without_a_second_session_is_full(
    postgres_server: PostgresServer, database: str, pooler_waits: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Seconds that the pooler lets a client wait; with more than ours we do not wait for it."""
    monkeypatch.setattr(poolers, "_PATIENCE", 200 if pooler_waits > 1 else 60_000)
    pool: dict[str, object] = {"default_pool_size": 1, "query_wait_timeout": pooler_waits}
    with (
        running_pgbouncer(postgres_server, pool_mode="session", **pool) as pooler,
        pytest.raises(DatabaseNotReady, match="không cấp được phiên thứ hai"),
    ):
        open_database(pooler.url(database))


@pytest.mark.parametrize("turns", [0, 1])
def test_in_session_mode_letters_go_and_locks_hold(
    engine: Engine, postgres_server: PostgresServer, database: str, turns: int
) -> None:
    issue(move_in(engine), DATED)
    post = Postman()
    with (
        running_pgbouncer(postgres_server, pool_mode="session", server_round_robin=turns) as pooler,
        opened(pooler.url(database)) as left,
        opened(pooler.url(database)) as right,
    ):
        with exclusive(left, "follow_up") as ours, exclusive(right, "follow_up") as theirs:
            assert (ours, theirs) == (True, False)
        with exclusive(right, "follow_up") as ours:
            assert ours
        with worker(left) as first, worker(right) as second:
            assert first is not None
            assert second is not None
            assert (first.number, second.number) == (1, 2)
        assert one_pass(left, post).by_state == {"sent": 1}
        assert one_pass(right, post).by_state == {}
        with worker(right) as again:  # a session that was given back has given back its locks
            assert again is not None
            assert again.number == 1
    assert len(post.carried) == 1


def test_two_workers_share_the_work_behind_a_pooler(
    engine: Engine, postgres_server: PostgresServer, database: str
) -> None:
    issue(move_in(engine), *(directive(f"Báo cáo số {n}.", body) for n, body in enumerate(("stc", "sct"))))
    together = Barrier(2)

    def post(_url: str, _parcel: Parcel) -> Outcome:
        together.wait(30)
        return SENT

    with (
        running_pgbouncer(postgres_server, pool_mode="session") as pooler,
        opened(pooler.url(database)) as left,
        opened(pooler.url(database)) as right,
        ThreadPoolExecutor(2) as pair,
    ):
        found = [pair.submit(one_pass, one, Postman({"": post})) for one in (left, right)]
        reports = [report.result() for report in found]
    assert [report.by_state for report in reports] == [{"sent": 1}, {"sent": 1}]
    assert {message.state for message in messages(engine)} == {MessageState.SENT}


def test_without_a_pooler_no_second_session_is_opened(
    migrated_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sessions, begin = [], psycopg.connect
    monkeypatch.setattr(psycopg, "connect", lambda *a, **k: sessions.append(begin(*a, **k)) or sessions[-1])
    engine = connect(migrated_url)
    assert pooler_problem(engine) is None
    assert len(sessions) == 1
    engine.dispose()
