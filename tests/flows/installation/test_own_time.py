"""``--now`` only where a database was made for it; ``dondoc clock`` tells, confirms and leads back."""

import os
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine
from typer.testing import CliRunner, Result

from config.settings import get_settings
from flows.__main__ import main
from flows.actions.installation.copy_for_tests import copy_for_tests
from flows.actions.installation.instant import advance, present, read_clock
from flows.actions.installation.own_time import give_own_time, must_have_own_time
from flows.cli import app
from flows.terminal.commands import console
from models.db import open_database
from models.installation.clock_leaps import ClockLeap, ConfirmedBy
from models.installation.restores import Purpose, Restore
from models.tables.outbox import Installation, Moment
from rules.refusal import Refusal
from tests.cast import DATED, at, dump, issue, move_in, rows
from tests.flows.installation.wall import Wall, go
from tests.flows.installation.wall import wall as wall

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Runs a command against a database that is not there yet; its output is not wrapped."""
    monkeypatch.setenv("DONDOC_DATABASE_URL", f"sqlite:///{tmp_path / 'office.db'}")
    monkeypatch.setenv("DONDOC_SMTP_PORT", "1")
    monkeypatch.setenv("DONDOC_LETTERS_FOLDER", str(tmp_path / "letters"))
    monkeypatch.setattr(console, "width", 1000)
    get_settings.cache_clear()
    yield lambda *words: CliRunner().invoke(app, [str(word) for word in words])
    get_settings.cache_clear()  # later tests open no database of this one


@pytest.fixture(autouse=True)
def shown(wall: Wall) -> datetime:
    """What the clock of the machine shows: a day of a calendar that is shipped."""
    return wall("2026-03-02", "09:00")


def aim_at(engine: Engine, patch: pytest.MonkeyPatch) -> None:
    """Let commands open this database."""
    patch.setenv("DONDOC_DATABASE_URL", engine.url.render_as_string(hide_password=False))
    get_settings.cache_clear()


def opened(tmp_path: Path) -> Engine:
    return open_database(f"sqlite:///{tmp_path / 'office.db'}")


def test_an_offices_own_database_is_given_no_time(engine: Engine) -> None:
    with pytest.raises(Refusal, match="dondoc migrate --own-time"):
        must_have_own_time(engine)
    go(issue_in(engine))  # a pass by the wall clock does not make it one
    with pytest.raises(Refusal, match="dondoc migrate --own-time"):
        must_have_own_time(engine)


def issue_in(engine: Engine) -> Engine:
    issue(move_in(engine), DATED)
    return engine


def test_a_database_that_was_made_for_it_is(engine: Engine) -> None:
    give_own_time(engine)
    give_own_time(engine)
    must_have_own_time(engine)
    [ours] = rows(engine, Installation)
    assert ours.purpose == Purpose.OWN_TIME


def test_one_that_lives_in_its_own_time_already_keeps_it(engine: Engine) -> None:
    advance(engine, at("2022-08-15"))
    must_have_own_time(engine)


def test_a_copy_for_tests_may_be_given_a_time(engine: Engine, tmp_path: Path) -> None:
    move_in(engine)
    copy = open_database(f"sqlite:///{copy_for_tests(engine, str(tmp_path / 'copy.db'))}")
    must_have_own_time(copy)
    copy.dispose()


def test_an_office_at_work_is_not_turned_into_one(engine: Engine) -> None:
    issue_in(engine)
    before = dump(engine)
    with pytest.raises(Refusal, match="đã có dữ liệu của văn phòng"):
        give_own_time(engine)
    assert dump(engine) == before


@pytest.mark.parametrize(
    "words", [("tick",), ("publish", "draft.json"), ("publish", "1")], ids=lambda words: words[0]
)
def test_commands_refuse_a_given_time(run: Run, tmp_path: Path, words: tuple[str, ...]) -> None:
    assert run("migrate").exit_code == 0
    engine = opened(tmp_path)
    before = dump(engine)
    refused = run(*words, "--now", "2022-08-30T09:00")
    assert refused.exit_code == 2
    assert "«dondoc migrate --own-time»" in refused.stderr
    assert dump(engine) == before
    engine.dispose()


@pytest.mark.parametrize("words", [("all",), ("once", "send_digests"), ("once", "deliver_outbox")])
def test_sweeps_refuse_a_given_time(
    run: Run, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.setattr(os, "environ", os.environ.copy())  # main sets what Prefect needs
    assert run("migrate").exit_code == 0
    assert main([*words, "--now", "2022-08-30T09:00"]) == 2
    assert "«dondoc migrate --own-time»" in capsys.readouterr().err


def test_a_database_made_for_it_from_the_first_command_on(run: Run, tmp_path: Path) -> None:
    assert run("migrate", "--own-time").exit_code == 0
    engine = opened(tmp_path)
    move_in(engine)
    assert run("tick", "--now", "2022-08-30T09:00").exit_code == 0
    assert present(engine) == at("2022-08-30", "09:00")
    assert "sống theo thời điểm được đặt: 09:00 ngày 30/08/2022" in run("clock").stdout
    assert run("tick", "--now", "2022-12-30T09:00").exit_code == 0  # a person says so: no leap
    assert run("migrate", "--own-time").exit_code == 0  # an upgrade later on
    engine.dispose()


def test_own_time_is_refused_for_an_office_at_work(run: Run, tmp_path: Path) -> None:
    assert run("migrate").exit_code == 0
    engine = opened(tmp_path)
    issue_in(engine)
    engine.dispose()
    refused = run("migrate", "--own-time")
    assert (refused.exit_code, "đã có dữ liệu của văn phòng" in refused.stderr) == (2, True)


@pytest.mark.parametrize("given", ["2022-08-30", "2090-01-01"])
def test_back_to_the_clock(
    engine: Engine, run: Run, shown: datetime, monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    aim_at(engine, monkeypatch)
    issue_in(engine)
    advance(engine, at("2022-08-15"))
    go(engine)
    advance(engine, at(given))
    assert "Từ nay cơ sở dữ liệu theo đồng hồ của máy" in run("clock", "real").stdout
    clock = read_clock(engine)
    assert (clock.leap, clock.simulated) == (None, False)
    assert clock.now == shown
    [moment] = rows(engine, Moment)
    assert not moment.simulated
    assert [row.confirmed_by for row in rows(engine, ClockLeap)] == [ConfirmedBy.COMMAND]
    assert run("tick", "--now", "2090-02-01T08:00").exit_code == 2
    assert "đã theo đồng hồ của máy; không thay đổi gì" in run("clock", "real").stdout


def test_the_clock_on_the_terminal(
    engine: Engine, run: Run, wall: Wall, monkeypatch: pytest.MonkeyPatch
) -> None:
    aim_at(engine, monkeypatch)
    issue_in(engine)
    wall("2022-08-15", "09:00")
    go(engine)
    assert "theo đồng hồ của máy: 09:00 ngày 15/08/2022" in run("clock").stdout
    refused = run("clock", "confirm")
    assert (refused.exit_code, "không có gì cần xác nhận" in refused.stderr) == (2, True)
    wall("2022-10-20")
    first, *_ = run("tick").stdout.splitlines()
    assert first.startswith("CHÚ Ý: Đồng hồ của máy chỉ ngày 20/10/2022, muộn hơn 66 ngày")
    assert "«dondoc clock confirm»" in first
    shown = run("clock").stdout
    assert "Đồng hồ của máy: 07:35 ngày 20/10/2022. Tạm tính là 07:35 ngày 16/08/2022." in shown
    assert "Đã xác nhận đồng hồ đúng: 07:35 ngày 20/10/2022" in run("clock", "confirm").stdout
    assert "CHÚ Ý: Đồng hồ" not in run("tick").stdout


def test_a_restore_is_declared_by_the_clock_as_it_shows(
    engine: Engine, run: Run, wall: Wall, monkeypatch: pytest.MonkeyPatch
) -> None:
    aim_at(engine, monkeypatch)
    issue_in(engine)
    wall("2022-08-15", "18:00")
    go(engine)
    wall("2022-10-20", "19:00")
    said = run("restored", "--at", "2022-10-19T22:00")
    assert (said.exit_code, "theo trạng thái lúc 22:00 ngày 19/10/2022" in said.stdout) == (0, True)
    [declared] = rows(engine, Restore)
    assert declared.declared_at == at("2022-10-20", "19:00")
    assert "CHÚ Ý: Đồng hồ" in run("tick").stdout, "a restore is no word about the clock"
