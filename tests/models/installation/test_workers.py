"""A worker is a session: its lock, its claims and its settlements end together."""

from collections.abc import Callable, Iterator

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from config.act import by_clock
from models.database.locks import exclusive
from models.db import connect
from models.installation.workers import SessionLost, Worker, worker
from models.tables.outbox import OutboxMessage
from notifications.delivery import deliver as delivering
from notifications.delivery.deliver import deliver
from notifications.delivery.settle import settle
from notifications.outbox.parcel import Outcome, Parcel
from notifications.outbox.post_office import PostOffice
from rules.letter_words import MessageState, OutcomeClass
from tests.cast import DATED, SENT, Postman, at, issue, messages, move_in, office, settings

MORNING = at("2022-08-15", "09:00")
POSTGRES = pytest.param("postgresql", marks=pytest.mark.postgres)
ON_POSTGRES = pytest.mark.parametrize("database_kind", [POSTGRES], indirect=True)
ACTIVITY = "SELECT state FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"


@pytest.fixture
def other(engine: Engine, migrated_url: str) -> Iterator[Connection]:
    """A session of somebody else."""
    elsewhere = connect(migrated_url)
    with elsewhere.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        yield connection
    elsewhere.dispose()


def one_pass(engine: Engine, post: Callable[[str, Parcel], Outcome]) -> delivering.DeliveryReport:
    return deliver(engine, by_clock(MORNING, office()), settings(), post)


def end(other: Connection, ours: Worker) -> None:
    assert other.scalar(sa.select(sa.func.pg_terminate_backend(ours.process, 5000)))


@ON_POSTGRES
def test_workers_have_numbers_of_their_own_and_numbers_come_back(engine: Engine) -> None:
    with worker(engine) as first, worker(engine) as second:
        assert first is not None
        assert second is not None
        assert (first.number, second.number) == (1, 2)
    with worker(engine) as again:
        assert again is not None
        assert again.number == 1


def test_maintenance_keeps_workers_out(engine: Engine) -> None:
    with exclusive(engine, "deliver") as ours:
        assert ours
        with worker(engine) as kept_out:
            assert kept_out is None
    with worker(engine) as admitted:
        assert admitted is not None


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_beside_sqlite_there_is_one(engine: Engine) -> None:
    with worker(engine) as first, worker(engine) as second:
        assert first is not None
        assert second is None


@ON_POSTGRES
def test_a_lost_session_ends_the_worker(engine: Engine, other: Connection) -> None:
    with worker(engine) as ours:
        assert ours is not None
        end(other, ours)
        for _ in range(2):  # and SQLAlchemy's own new session is never used
            with pytest.raises(SessionLost), ours.unit_of_work() as session:
                session.execute(sa.text("SELECT 1"))


@ON_POSTGRES
def test_who_is_gone_is_known_by_the_lock(engine: Engine, other: Connection) -> None:
    with worker(engine) as first, worker(engine) as second:
        assert first is not None
        assert second is not None
        with second.unit_of_work() as session:
            assert not second.is_gone(session, first.number)
        end(other, first)
        with second.unit_of_work() as session:
            assert second.is_gone(session, first.number)
            assert second.is_gone(session, None)
            assert not second.is_gone(session, second.number)


def test_no_transaction_is_open_while_a_letter_is_on_its_way(engine: Engine, other: Connection) -> None:
    issue(move_in(engine), DATED)
    seen = []

    def look(_url: str, _parcel: Parcel) -> Outcome:
        if engine.dialect.name == "postgresql":
            seen.extend(other.scalars(sa.text(ACTIVITY)))
        else:
            with engine.begin() as writing:  # would wait for another writer, then fail
                writing.exec_driver_sql("UPDATE moment SET id = id")
            seen.append("idle")
        return SENT

    assert one_pass(engine, look).by_state == {"sent": 1}
    assert set(seen) == {"idle"}


@ON_POSTGRES
def test_a_claim_of_another_session_claims_nothing(engine: Engine) -> None:
    """As behind a pooler that gives each transaction another session."""
    issue(move_in(engine), DATED)
    with worker(engine) as ours:
        assert ours is not None
        stranger = Worker(ours.number, ours.process + 1, ours.connection)
        work = delivering.DeliveryPass(
            engine, stranger, _post_office(), settings(), delivering.never, secret="00" * 32
        )
        work.proven.add("mail")
        delivering._dispatch(work)
        with pytest.raises(SessionLost):
            delivering._turn(work, None)
    assert [message.state for message in messages(engine)] == [MessageState.QUEUED]


def test_a_claim_that_is_not_the_present_one_settles_nothing(engine: Engine) -> None:
    issue(move_in(engine), DATED)
    kept = []

    def late(_url: str, _parcel: Parcel) -> Outcome:
        with engine.begin() as connection:  # recovered, decided to be sent again, and claimed by another
            connection.execute(sa.update(OutboxMessage).values(claim=OutboxMessage.claim + 1))
        return SENT

    original = settle

    def remembered(*given: object) -> MessageState | None:
        kept.append(original(*given))  # type: ignore[arg-type]
        return kept[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(delivering, "settle", remembered)
        assert one_pass(engine, late).by_state == {}
    assert kept == [None]
    assert [message.state for message in messages(engine)] == [MessageState.SENDING]


def test_what_a_forerunner_left_under_the_same_number_is_unknown(engine: Engine) -> None:
    issue(move_in(engine), DATED)
    one_pass(engine, lambda _url, _parcel: Outcome(OutcomeClass.TRY_AGAIN, "450"))
    with engine.begin() as connection:
        connection.execute(sa.update(OutboxMessage).values(state=MessageState.SENDING, claimed_by=1))
    postman = Postman()
    report = one_pass(engine, postman)
    assert (report.interrupted, report.unknown, postman.take()) == (1, 1, [])


@ON_POSTGRES
def test_the_server_notices_a_dead_host_within_a_minute(engine: Engine) -> None:
    """On a socket of this machine the server answers 0 to all three: what was asked for counts."""
    asked = []
    sa.event.listen(engine, "before_cursor_execute", lambda _c, _r, statement, *_: asked.append(statement))
    with worker(engine):
        pass
    values = {
        words[1].removeprefix("tcp_keepalives_"): int(words[3])
        for words in (statement.split() for statement in asked)
        if words[0] == "SET" and words[1].startswith("tcp_keepalives")
    }
    assert values["idle"] + values["interval"] * values["count"] < 60


def _post_office() -> PostOffice:
    return PostOffice(office(), MORNING, "dondoc.example")
