"""No sweep works with a Prefect server that lets in whoever asks (decision 0013).

What an open server is: ``test_prefect_open_door.py``. Seen to fail: with ``tolerated_until`` counting from an
open server only; without ``through_the_door`` in a flow; without ``_look_at_door`` in ``serve_sweeps`` and
``run_once``; without the guard's ``os.kill``; with KeyboardInterrupt alone caught by it.
"""

import logging
import os
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from prefect.settings import PREFECT_API_URL, temporary_settings
from sqlalchemy.engine import Engine

from config.settings import get_settings
from flows import door, sweeping
from flows.__main__ import NAMES, main
from flows.actions.installation.open_server import GRACE, tolerated_until
from flows.schedules import SWEEPS
from flows.sweeping import Swept
from models.db import unit_of_work
from models.installation.prefect_grace import PrefectGrace
from rules.refusal import Refusal
from tests.cast import at, dump, move_in
from tests.flows.installation.wall import Wall
from tests.flows.installation.wall import wall as wall
from tests.hostile.installation.fake_prefect import FakePrefect, always, fake_prefect
from tests.models.database.old_office import working_under

NOW = at("2022-08-15", "09:00")
WHAT_TO_SET = ("PREFECT_SERVER_API_AUTH_STRING", "PREFECT_API_AUTH_STRING", "docs/runbook.md")


@pytest.fixture
def fake() -> Iterator[FakePrefect]:
    """An open server, as Prefect starts it by default, that this process is told to use."""
    with fake_prefect(always(200)) as found, temporary_settings({PREFECT_API_URL: found.url}):
        yield found


@pytest.fixture
def office(
    sqlite_engine: Engine, migrated_sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Engine]:
    """An office's own database, which the sweeps open."""
    monkeypatch.setenv("DONDOC_DATABASE_URL", migrated_sqlite_url)
    monkeypatch.setattr(os, "environ", os.environ.copy())
    get_settings.cache_clear()
    yield move_in(sqlite_engine)
    get_settings.cache_clear()


def upgraded(engine: Engine, started_at: datetime | None = None) -> Engine:
    """... of an office that had swept before the upgrade."""
    with unit_of_work(engine) as session:
        session.add(PrefectGrace(id=1, started_at=started_at))
    return engine


def test_a_new_office_is_refused_at_once(office: Engine, fake: FakePrefect) -> None:
    with pytest.raises(Refusal) as refused:
        door.look_at_door()
    assert all(words in str(refused.value) for words in (*WHAT_TO_SET, f"«{fake.here}»", "«dondoc tick»"))


def test_a_password_of_the_address_is_not_said(office: Engine, fake: FakePrefect) -> None:
    with (
        temporary_settings({PREFECT_API_URL: fake.url.replace("://", "://user:sesame@")}),
        pytest.raises(Refusal) as refused,
    ):
        door.look_at_door()
    assert "sesame" not in str(refused.value)


@pytest.mark.parametrize("command", [(), ("all",), *(("once", name) for name in NAMES)])
def test_every_command_refuses(
    office: Engine, fake: FakePrefect, capsys: pytest.CaptureFixture[str], command: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("prefect.serve", pytest.fail)
    monkeypatch.setattr("flows.__main__._run", pytest.fail)
    before = dump(office)
    assert main(command) == 2
    said = capsys.readouterr()
    assert all(words in said.err for words in WHAT_TO_SET)
    assert "Traceback" not in said.err
    assert dump(office) == before


def test_an_office_from_before_is_warned_for_three_days(
    office: Engine, fake: FakePrefect, capsys: pytest.CaptureFixture[str], wall: Wall,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    served: list[int] = []
    monkeypatch.setattr("prefect.serve", lambda *deployments, **_: served.append(len(deployments)))
    upgraded(office)
    for day, clock in (("2022-08-15", "09:00"), ("2022-08-18", "08:59")):
        wall(day, clock)
        assert main([]) == 0
        warned = capsys.readouterr().err
        assert warned.startswith("CẢNH BÁO: Máy chủ Prefect")
        assert "Sau 09:00 ngày 18/08/2022, các lượt quét sẽ không làm việc" in warned
        assert all(words in warned for words in WHAT_TO_SET)
    wall("2022-08-18", "09:00")
    assert main([]) == 2
    assert (served, "CẢNH BÁO" in capsys.readouterr().err) == ([4, 4], False)


def test_the_days_count_from_the_first_start_also_behind_a_closed_door(
    office: Engine, fake: FakePrefect, wall: Wall
) -> None:
    """A server that loses its password a year later is not given three days."""
    upgraded(office)
    fake.answers = always(401)
    wall("2022-08-15", "09:00")
    assert door.look_at_door() is None
    fake.answers = always(200)
    wall("2023-08-15", "09:00")
    with pytest.raises(Refusal):
        door.look_at_door()


def test_a_clock_that_is_set_back_gives_no_more_days(engine: Engine) -> None:
    upgraded(engine, NOW)
    later = [timedelta(0), GRACE - timedelta(seconds=1), GRACE, timedelta(days=400)]
    found = [tolerated_until(engine, NOW + sign * one) for one in later for sign in (1, -1)]
    assert found == [NOW + GRACE] * 4 + [None] * 4


@pytest.mark.parametrize("swept", [True, False])
def test_the_migration_tells_who_had_swept_before(database_url: str, swept: bool) -> None:
    policy = "INSERT INTO policy_version VALUES ('d', 't', '2022-08-15 01:00:00')"
    day = (
        "INSERT INTO follow_up_day (day, first_at, last_at, policy_digest, counts)"
        " VALUES ('2022-08-15', '2022-08-15 01:00:00', '2022-08-15 01:00:00', 'd', '{}')"
    )
    with working_under("0019", database_url, f"{policy};\n{day}" if swept else ""):
        pass
    engine = sa.create_engine(database_url)
    with engine.connect() as connection:
        found = connection.execute(sa.text("SELECT id, started_at FROM prefect_grace")).all()
    engine.dispose()
    assert found == ([(1, None)] if swept else [])


@pytest.fixture
def concluded(monkeypatch: pytest.MonkeyPatch) -> list[Swept]:
    """What a sweep would tell the server at its end."""
    found: list[Swept] = []
    monkeypatch.setattr(sweeping, "concluded", lambda _slug, _title, swept: found.append(swept))
    monkeypatch.setattr(sweeping, "get_run_logger", lambda: logging.getLogger("run"))
    return found


@pytest.mark.parametrize("sweep", SWEEPS, ids=lambda sweep: sweep.name)
def test_every_run_refuses_and_does_nothing(
    office: Engine, fake: FakePrefect, concluded: list[Swept], sweep: Any
) -> None:
    """Also in a work pool, where no command of ours was given."""
    before = dump(office)
    state = sweep.flow.fn()
    assert (state.is_failed(), concluded) == (True, [])
    assert state.message.startswith("Máy chủ Prefect")
    assert dump(office) == before


def test_a_run_within_the_days_warns_in_all_that_it_leaves(
    office: Engine, fake: FakePrefect, concluded: list[Swept], caplog: pytest.LogCaptureFixture
) -> None:
    upgraded(office)
    swept = Swept(NOW, "Đã gửi 3.", (("Đã gửi", "3"),))
    sweeping.through_the_door("deliver-outbox", "Gửi thư", lambda _now: swept, None)
    [told] = concluded
    assert told.summary.startswith("CẢNH BÁO: ")
    assert told.summary.endswith("Đã gửi 3.")
    assert [label for label, _ in told.rows] == ["Máy chủ Prefect không đòi mật khẩu", "Đã gửi"]
    assert caplog.messages[0].startswith("CẢNH BÁO: ")


def test_behind_a_closed_door_nothing_is_said(
    office: Engine, fake: FakePrefect, concluded: list[Swept]
) -> None:
    fake.answers = always(401)
    swept = Swept(NOW, "Đã gửi 3.")
    sweeping.through_the_door("deliver-outbox", "Gửi thư", lambda _now: swept, None)
    assert concluded == [swept]


@pytest.mark.parametrize(
    "end", [None, KeyboardInterrupt(), SystemExit(0)], ids=repr
)  # Prefect knows all three
def test_a_server_that_is_started_anew_without_a_password_ends_the_runner(
    office: Engine, fake: FakePrefect, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    end: BaseException | None,
) -> None:  # fmt: skip
    fake.answers = always(401)
    interrupted = door.threading.Event()
    monkeypatch.setattr(door.os, "kill", lambda _pid, _signal: interrupted.set())
    monkeypatch.setattr("flows.door.guarded_door", _often(door.guarded_door))

    def serve(*_: object, **__: object) -> None:
        fake.answers = always(200)
        assert interrupted.wait(10)
        if end is not None:
            raise end

    monkeypatch.setattr("prefect.serve", serve)
    assert main([]) == 2
    said = capsys.readouterr().err
    assert all(words in said for words in WHAT_TO_SET)


def test_whoever_stops_the_runner_does_so(
    office: Engine, fake: FakePrefect, monkeypatch: pytest.MonkeyPatch
) -> None:
    def serve(*_: object, **__: object) -> None:
        raise SystemExit(0)

    fake.answers = always(401)
    monkeypatch.setattr("prefect.serve", serve)
    with pytest.raises(SystemExit):
        main([])


def test_a_runner_in_a_shells_background_is_ended_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """There SIGINT is ignored."""
    monkeypatch.setattr(door.signal, "getsignal", lambda _signal: door.signal.SIG_IGN)
    assert door._end() is door.signal.SIGTERM


def _often(guarded: Callable[..., Any]) -> Callable[[], Any]:
    return lambda: guarded(0.01)


def test_a_wrong_password_is_said(
    office: Engine, fake: FakePrefect, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from prefect.client.orchestration import SyncPrefectClient

    def serve(*_: object, **__: object) -> None:
        with SyncPrefectClient(fake.url, auth_string="u:sesame") as client:
            client.read_flows()

    fake.answers = always(401)
    monkeypatch.setattr("prefect.serve", serve)
    assert main([]) == 2
    said = capsys.readouterr().err
    assert "không nhận mật khẩu: hãy đặt PREFECT_API_AUTH_STRING" in said
    assert "sesame" not in said
