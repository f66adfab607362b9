"""``dondoc work`` ticks without Prefect, says little, outlives a database that is away, ends when asked."""

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError

from flows.actions.follow_up import tick as ticking
from flows.actions.follow_up.tick import TickReport, tick
from flows.actions.installation.instant import advance
from flows.terminal.follow_up import resident
from flows.terminal.follow_up.resident import FIRST_PAUSE, LONGEST_PAUSE, Resident, did_something, one_line
from rules.refusal import Refusal
from tests.cast import DATED, Postman, at, issue, move_in, office, settings
from tests.checkout import ROOT
from tests.drills.mail_server import until

AWAY = "Không mở được cơ sở dữ liệu"


class Turns(Event):
    """Turns that end as they are told to, and an ``ended`` that keeps the pauses instead of waiting."""

    def __init__(self, *ends: TickReport | Exception) -> None:
        super().__init__()
        self.ends, self.pauses = list(ends), list[float]()
        self.said, self.complaints = list[str](), list[str]()

    def __call__(self, stop: Callable[[], bool]) -> TickReport:
        assert not stop()
        end = self.ends.pop(0)
        if isinstance(end, Exception):
            raise end
        return end

    def wait(self, timeout: float | None = None) -> bool:
        self.pauses.append(timeout or 0)
        if not self.ends:
            self.set()
        return self.is_set()

    def run(self) -> "Turns":
        Resident(self, 60, self, self.said.append, self.complaints.append).run()
        return self


@pytest.fixture
def reports(sqlite_engine: Engine) -> tuple[TickReport, TickReport]:
    """A tick that did something, and one that found nothing to do."""
    issue(move_in(sqlite_engine), DATED)
    busy, idle = (tick(sqlite_engine, office(), at("2022-08-15"), settings(), Postman()) for _ in range(2))
    return busy, idle


def away() -> OperationalError:
    return OperationalError("SELECT secret", {"url": "zalo://token"}, Exception("gone"), hide_parameters=True)


def test_one_line_for_a_tick_that_did_something(reports: tuple[TickReport, TickReport]) -> None:
    busy, idle = reports
    turns = Turns(idle, busy, idle, idle).run()
    [line] = turns.said
    assert line.startswith("15/08/2022 08:00 ")
    assert "thư: " in line
    assert "\n" not in line
    assert turns.pauses == [60] * 4
    assert turns.complaints == []
    assert not did_something(idle)
    assert one_line(idle) == ""


def test_a_reminder_of_what_stands_is_said_once(
    reports: tuple[TickReport, TickReport], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, idle = reports
    monkeypatch.setattr(resident, "tick_lines", lambda report: ["Quét:", "  - 1 thư chưa rõ đã tới hay chưa"])
    assert len(Turns(idle, idle, idle).run().said) == 1


def test_a_database_that_is_away_is_said_once_and_tried_again(reports: tuple[TickReport, TickReport]) -> None:
    busy, idle = reports
    gone = [Refusal(AWAY) for _ in range(8)]
    turns = Turns(*gone, idle, Refusal(AWAY), busy).run()
    assert turns.pauses == [5, 10, 20, 40, 80, 160, 300, 300, 60, FIRST_PAUSE, 60]
    assert max(turns.pauses) == LONGEST_PAUSE
    assert turns.complaints == [f"{AWAY} Sẽ tự thử lại, không cần khởi động lại."] * 2
    assert turns.said[0] == turns.said[1] == "Đã làm việc trở lại."


def test_a_line_that_breaks_in_the_middle_shows_nothing_of_what_was_asked() -> None:
    [said] = Turns(away(), away()).run().complaints
    assert said.startswith("Cơ sở dữ liệu ngừng trả lời giữa chừng (OperationalError).")
    assert "Traceback" not in said
    assert "secret" not in said


def test_a_fault_of_the_program_is_told_in_full_and_does_not_end_the_work(
    reports: tuple[TickReport, TickReport],
) -> None:
    turns = Turns(KeyError("no such thing"), reports[0]).run()
    assert "KeyError" in turns.complaints[0]
    assert "Traceback (most recent call last)" in turns.complaints[0]
    assert turns.pauses[0] == FIRST_PAUSE
    assert len(turns.said) == 2


def test_a_delivery_is_asked_to_stop_if_it_can(
    monkeypatch: pytest.MonkeyPatch, sqlite_engine: Engine
) -> None:
    asked: list[Any] = []

    def stoppable(engine: Engine, office: Any, stop: Callable[[], bool] | None = None) -> str:
        asked.append(stop)
        return "done"

    monkeypatch.setattr(resident, "office_database", lambda: sqlite_engine)
    monkeypatch.setattr(resident, "tick", stoppable)
    ended = Event()
    assert resident.one_tick(ended.is_set) == "done"
    assert asked == [ended.is_set]
    assert ticking.tick is not stoppable


@pytest.fixture
def started(sqlite_engine: Engine, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A real one, on an office with letters for a folder and a mail server that is not there."""
    issue(move_in(sqlite_engine), DATED)
    advance(sqlite_engine, at("2022-08-15", "09:00") + timedelta(minutes=1))
    sqlite_engine.dispose()
    names = {
        "DATABASE_URL": str(sqlite_engine.url),
        "LETTERS_FOLDER": str(tmp_path / "letters"),
        "SMTP_PORT": "1",
    }
    environment = {f"DONDOC_{name}": value for name, value in names.items()}
    log = (tmp_path / "log").open("w")
    with subprocess.Popen(
        [sys.executable, "-m", "flows.cli", "work", "--every", "1"],
        cwd=ROOT,
        env={**environment, "PATH": "/usr/bin:/bin", "PYTHONUNBUFFERED": "1"},
        stdout=log,
        stderr=log,
        text=True,
    ) as process:
        yield process
        with suppress(ProcessLookupError):
            process.kill()
    log.close()


@pytest.mark.crash
@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_well(started: subprocess.Popen[str], sign: signal.Signals, tmp_path: Path) -> None:
    log = tmp_path / "log"
    until(lambda: "thư: " in log.read_text(encoding="utf-8"), "the first tick")
    started.send_signal(sign)
    assert started.wait(10) == 0
    said = log.read_text(encoding="utf-8").splitlines()
    assert said[0] == "Đang làm việc, mỗi 1 giây một lượt; dừng bằng Ctrl-C hoặc SIGTERM."
    assert said[-1] == "Đã dừng."
    assert len(said) == 3, said


@pytest.mark.crash
def test_a_database_that_goes_away_under_it(
    started: subprocess.Popen[str], sqlite_engine: Engine, tmp_path: Path
) -> None:
    log, database = tmp_path / "log", Path(str(sqlite_engine.url.database))
    until(lambda: "thư: " in log.read_text(encoding="utf-8"), "the first tick")
    database.rename(database.with_suffix(".away"))
    until(lambda: "Sẽ tự thử lại" in log.read_text(encoding="utf-8"), "what stands in the way")
    database.unlink(missing_ok=True)
    database.with_suffix(".away").rename(database)
    until(lambda: "Đã làm việc trở lại." in log.read_text(encoding="utf-8"), "at work again")
    started.terminate()
    assert started.wait(10) == 0
    assert "Traceback" not in log.read_text(encoding="utf-8")
