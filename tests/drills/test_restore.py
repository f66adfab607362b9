"""A database is set back, before, within and after a morning: nothing is said twice, the rest still goes."""

import os
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from config.act import by_clock
from config.settings import Settings
from flows.actions.follow_up.tick import send_letters
from flows.actions.installation.restored import Restored, restored
from models.db import connect, open_database
from models.installation.database_copy import copy_pages
from models.installation.postgres_programs import dump_database, load_database
from notifications.delivery.account import DeliveryReport
from notifications.outbox.parcel import Outcome, Parcel
from notifications.witness.restore_guard import halted_reason, remember_place
from rules.letter_words import MessageState, OutcomeClass
from tests.cast import messages, office, settings
from tests.drills.conftest import DrillRow
from tests.drills.drill import Drill
from tests.drills.office import NOW, fill
from tests.installations import another_installation

FEW = 24
WITHIN = FEW // 2
Moment = str
MOMENTS = ("before", "within", "after")


class Unplugged(BaseException):
    """The machine went away in the middle of a pass."""


@dataclass
class Town:
    """An office of FEW readers on SQLite, and what its mail server has taken."""

    path: Path
    settings: Settings
    taken: Counter[str] = field(default_factory=Counter)
    at: int | None = None  # at which letter of a pass something happens
    happens: Callable[[], None] = lambda: None

    @property
    def engine(self) -> Engine:
        """A fresh engine: nobody keeps a file open that is about to be replaced."""
        return open_database(f"sqlite:///{self.path}")

    def deliver(self, upto: int | None = None) -> DeliveryReport:
        """One pass; the plug is pulled once the letter number ``upto`` has been taken."""
        engine, calls = self.engine, 0

        def post(url: str, parcel: Parcel) -> Outcome:
            nonlocal calls
            calls += 1
            self.taken[url] += 1
            if calls == self.at:
                self.happens()
            if calls == upto:
                raise Unplugged
            return Outcome(OutcomeClass.SENT, "250", "ok")

        try:
            return send_letters(engine, by_clock(NOW, office()), self.settings, post)
        except Unplugged:
            return DeliveryReport()
        finally:
            engine.dispose()

    def declare(self) -> Restored:
        """A person says so."""
        engine = self.engine
        try:
            return restored(engine, NOW, NOW, self.settings, office().calendar)
        finally:
            engine.dispose()

    def states(self) -> Counter[MessageState]:
        """Messages by state."""
        engine = self.engine
        try:
            return Counter(message.state for message in messages(engine))
        finally:
            engine.dispose()


@pytest.fixture
def town(drill_round: int, _migrated_sqlite: Path, tmp_path: Path) -> Town:
    path = shutil.copyfile(_migrated_sqlite, tmp_path / "office.db")
    engine = open_database(another_installation(f"sqlite:///{path}"))
    fill(engine, FEW)
    engine.dispose()
    return Town(path, settings(witness_folder=tmp_path / "witness"))


def by_backup_api(town: Town, kept: Path) -> None:
    engine = town.engine
    copy_pages(engine, kept / "office.db")
    engine.dispose()


def by_cp(town: Town, kept: Path) -> None:
    for part in ("", "-wal"):
        if Path(f"{town.path}{part}").exists():
            shutil.copyfile(f"{town.path}{part}", kept / f"office.db{part}")


def by_cp_of_one_file(town: Town, kept: Path) -> None:
    """Older than it seems: what stands in the write-ahead log is not in it."""
    shutil.copyfile(town.path, kept / "office.db")


WAYS = (by_backup_api, by_cp, by_cp_of_one_file)


def put_back(town: Town, kept: Path, over: bool) -> None:
    """``over``: the bytes are written into the same file, as cp does; else another file takes its place."""
    for part in ("-wal", "-shm"):
        Path(f"{town.path}{part}").unlink(missing_ok=True)
    if not over:
        town.path.unlink()
    for part in kept.iterdir():
        shutil.copyfile(part, town.path.with_name(part.name))


def morning_and_set_back(town: Town, way: Callable[[Town, Path], None], moment: Moment, kept: Path) -> None:
    """A whole morning, and then the database as it was before, within or after it."""
    kept.mkdir()
    # Somebody else has the database open, as pages do: nobody checkpoints the log meanwhile.
    page = sqlite3.connect(town.path)
    page.execute("SELECT count(*) FROM task").fetchone()
    if moment == "before":
        way(town, kept)
    if moment == "within":
        town.at, town.happens = WITHIN, lambda: way(town, kept)
    town.deliver()
    assert town.deliver().halted is None  # a morning like any other
    if moment == "after":
        way(town, kept)
    page.close()
    put_back(town, kept, over=way is by_cp)


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("way", WAYS)
def test_sqlite_set_back_with_its_witness(
    town: Town, way: Callable[[Town, Path], None], moment: Moment, tmp_path: Path
) -> None:
    morning_and_set_back(town, way, moment, tmp_path / "kept")
    told = town.taken.copy()
    assert set(told.values()) == {1}
    report = town.deliver()
    if moment != "after" or way is by_cp_of_one_file:
        assert "dondoc restored" in (report.halted or "")
        assert halted_reason(town.engine, town.settings) == report.halted
    found = town.declare()
    assert found.complete
    assert town.declare() == found  # twice is once
    report = town.deliver()
    assert report.halted is None
    assert town.taken == told  # doubled 0, and every letter was said
    states = town.states()
    assert states[MessageState.UNKNOWN] <= 1
    assert set(states) <= {MessageState.SENT, MessageState.UNKNOWN}


@pytest.mark.parametrize("moment", MOMENTS)
def test_sqlite_set_back_without_a_witness(town: Town, moment: Moment, tmp_path: Path) -> None:
    morning_and_set_back(town, by_backup_api, moment, tmp_path / "kept")
    shutil.rmtree(tmp_path / "witness")
    told = town.taken.copy()
    if moment != "before":
        assert "sổ chứng" in (town.deliver().halted or "")
    assert not town.declare().complete
    town.deliver()
    assert town.taken == told  # none was sent by itself
    states, expected = (
        town.states(),
        {"before": sum(told.values()), "within": sum(told.values()) - WITHIN + 1},
    )
    assert states[MessageState.UNKNOWN] == expected.get(moment, 0), states
    assert sum(states.values()) == sum(told.values())


def test_a_pass_that_was_cut_off_and_set_back(town: Town, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    by_backup_api(town, kept)
    town.deliver(upto=WITHIN)
    put_back(town, kept, over=True)
    assert town.deliver().halted
    found = town.declare()
    assert (found.said, found.in_the_air, found.complete) == (WITHIN - 1, 1, True)
    town.deliver()
    states = town.states()
    assert states[MessageState.UNKNOWN] == 1
    assert set(town.taken.values()) == {1}
    assert len(town.taken) == sum(states.values())  # those that had not left went now


@pytest.fixture
def _programs(drill: Drill, monkeypatch: pytest.MonkeyPatch) -> None:
    """pg_dump and pg_restore of the drills' own server."""
    monkeypatch.setenv("PATH", f"{drill.server.programs}{os.pathsep}{os.environ['PATH']}")


@pytest.mark.postgres
@pytest.mark.parametrize("witness", [True, False], ids=["witness", "no witness"])
@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.usefixtures("_programs")
def test_postgresql_set_back(
    drill: Drill, drill_row: DrillRow, moment: Moment, witness: bool, tmp_path: Path
) -> None:
    dump, ours = tmp_path / "dump", settings(witness_folder=tmp_path / "witness")
    environment = {"DONDOC_WITNESS_FOLDER": str(ours.witness_folder)}
    _morning_of_two(drill, ours, moment, dump)
    said = drill.verdict()
    assert (said.doubled, said.unknown, said.waiting) == (0, 0, 0)
    _come_back(drill, dump)
    if not witness:
        shutil.rmtree(tmp_path / "witness")
    stopped = drill.worker("stopped", settings=environment)
    assert stopped.wait() == 0
    if (moment, witness) != ("after", True):
        assert stopped.report()["halted"]
    engine = drill.engine()
    found = restored(engine, NOW, NOW, ours, office().calendar)
    engine.dispose()
    assert found.complete is witness
    drill.worker("last", settings=environment).wait()
    verdict = drill.verdict()
    drill_row(f"set back {moment} the morning, {'with' if witness else 'without'} witness", verdict)
    assert (verdict.doubled, verdict.lost, verdict.waiting) == (0, 0, 0)
    assert verdict.arrived == said.arrived
    if witness:
        assert verdict.unknown <= 2
        assert verdict.untrue == ()
    elif moment == "before":
        assert verdict.unknown == said.arrived


def _morning_of_two(drill: Drill, ours: Settings, moment: Moment, dump: Path) -> None:
    """Two workers deliver everything; the dump is made before, after, or with a letter of each in the air."""
    environment = {"DONDOC_WITNESS_FOLDER": str(ours.witness_folder)}
    engine = drill.engine()
    remember_place(engine, ours, NOW)  # as «dondoc migrate» does
    if moment == "before":
        dump_database(engine, dump)
    hold = ("post", "after", 40) if moment == "within" else None
    pair = [drill.worker(name, hold, settings=environment) for name in ("one", "two")]
    if moment == "within":
        for worker in pair:
            worker.held()
        dump_database(engine, dump)
        for worker in pair:
            worker.go()
    assert [worker.wait() for worker in pair] == [0, 0]
    if moment == "after":
        dump_database(engine, dump)
    engine.dispose()


def _come_back(drill: Drill, dump: Path) -> None:
    """The dump in a database of its own, which takes the place of the office's."""
    name = drill.server.create()
    drill.url = drill.server.url(name)
    engine = connect(drill.url)
    load_database(engine, dump, 0)
    engine.dispose()
