"""The guard by itself: what it writes before a letter leaves, and which databases it lets letters leave."""

import shutil
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session

from config.settings import Settings
from flows.actions.installation.restored import restored
from models.db import open_database, reading, unit_of_work
from models.installation.database_copy import copy_database, for_tests
from models.installation.restores import WitnessStream
from models.tables.outbox import Installation
from notifications.witness.lines import last_number
from notifications.witness.restore_guard import Halted, Unwitnessed, halted_reason, open_guard, remember_place
from notifications.witness.standing import AHEAD, NO_WITNESS, TEST_COPY
from tests.cast import dump, office, settings
from tests.notifications.witness.guarded import NOW, PLACE, Told, deliver, send

POSTGRESQL = pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)  # hosts share it


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "witness"


@pytest.fixture
def ours(folder: Path) -> Settings:
    return settings(witness_folder=folder)


def set_back(engine: Engine, by: int) -> None:
    """As a dump restored over the same database leaves it: nothing about its place has changed."""
    with unit_of_work(engine) as session:
        session.execute(sa.update(WitnessStream).values(noted=WitnessStream.noted - by))


def carried_off(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        session.execute(sa.update(WitnessStream).values(fingerprint="elsewhere"))


def streams(engine: Engine) -> dict[int, int]:
    with reading(engine) as session:
        return {row.worker: row.noted for row in session.scalars(sa.select(WitnessStream))}


def log_of(folder: Path, worker: int = 1) -> Path:
    [path] = folder.rglob(f"w{worker}-2022-08.log")
    return path


def test_the_first_pass_is_at_home_and_an_idle_one_writes_nothing(engine: Engine, ours: Settings) -> None:
    before = dump(engine)
    deliver(engine, ours)
    assert dump(engine) == before
    deliver(engine, ours, "reminder:1", "reminder:2")
    known = dump(engine)
    deliver(engine, ours)
    assert dump(engine) == known
    assert streams(engine) == {1: 2}
    assert halted_reason(engine, ours) is None


def test_a_copy_from_before_the_first_letter_sends_nothing(engine: Engine, ours: Settings) -> None:
    remember_place(engine, ours, NOW)
    remember_place(engine, ours, NOW)
    assert streams(engine) == {0: 0}
    assert halted_reason(engine, ours) is None
    carried_off(engine)
    assert halted_reason(engine, ours) == NO_WITNESS
    restored(engine, None, NOW, ours, office().calendar)
    deliver(engine, ours, "reminder:1")


def test_an_entry_is_private_and_names_nobody(sqlite_engine: Engine, ours: Settings, folder: Path) -> None:
    deliver(sqlite_engine, ours, "reminder:1")
    path = log_of(folder)
    text = path.read_text(encoding="utf-8")
    assert "reminder:1" in text
    assert "van-thu" not in text
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    with reading(sqlite_engine) as session:
        assert session.get_one(Installation, 1).secret not in str(path) + text


def test_each_worker_writes_a_file_of_its_own(engine: Engine, ours: Settings, folder: Path) -> None:
    with open_guard(engine, ours, NOW) as first, open_guard(engine, ours, NOW) as second:
        send(engine, first, "reminder:1")
        send(engine, second, "reminder:2", "reminder:3")
        send(engine, first, "reminder:4")
    assert streams(engine) == {1: 2, 2: 2}
    assert (last_number(log_of(folder, 1)), last_number(log_of(folder, 2))) == (2, 2)
    deliver(engine, ours, "reminder:5")  # the lowest number that is free
    assert (last_number(log_of(folder, 1)), last_number(log_of(folder, 2))) == (3, 2)


def test_a_database_behind_its_witness_sends_nothing(engine: Engine, ours: Settings) -> None:
    deliver(engine, ours, "reminder:1", "reminder:2", "reminder:3")
    set_back(engine, by=1)
    assert halted_reason(engine, ours) == AHEAD.format(count=1)
    with pytest.raises(Halted, match="đưa về một thời điểm trước"):
        open_guard(engine, ours, NOW)


def test_a_database_from_before_its_first_letter_sends_nothing(engine: Engine, ours: Settings) -> None:
    deliver(engine, ours, "reminder:1")
    with unit_of_work(engine) as session:
        session.execute(sa.delete(WitnessStream))
    with pytest.raises(Halted, match="1 lượt gửi"):
        open_guard(engine, ours, NOW)


@pytest.mark.parametrize("point", ["claimed", "entered"])
def test_a_pass_killed_at_a_claim_is_no_restore(engine: Engine, ours: Settings, point: str) -> None:
    deliver(engine, ours, "reminder:1")
    with open_guard(engine, ours, NOW) as guard:
        with unit_of_work(engine) as session:
            guard.counted(session, NOW)
        if point == "entered":
            guard.note("<2@dondoc.example>", PLACE, [Told("reminder:2")], NOW)
    carried_off(engine)  # even then the witness agrees
    with open_guard(engine, ours, NOW) as guard:
        assert len(guard.notes) == 1
        send(engine, guard, "reminder:3")
    assert halted_reason(engine, ours) is None
    assert streams(engine) == {1: 2 if point == "claimed" else 3}


def test_a_claim_that_was_rolled_back_is_no_restore(engine: Engine, ours: Settings) -> None:
    with open_guard(engine, ours, NOW) as guard:
        send(engine, guard, "reminder:1")
        with Session(engine) as session:  # never commits
            guard.counted(session, NOW)
        send(engine, guard, "reminder:2")
    assert streams(engine) == {1: 2}
    assert halted_reason(engine, ours) is None


def test_a_database_that_moved_goes_on_if_its_witness_agrees(engine: Engine, ours: Settings) -> None:
    deliver(engine, ours, "reminder:1")
    carried_off(engine)
    with open_guard(engine, ours, NOW) as guard:
        assert "đã chuyển chỗ" in guard.notes[0]
    with open_guard(engine, ours, NOW) as guard:
        assert guard.notes == ()


@pytest.fixture
def another_host(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Settings:
    """Its first pass gives it a name."""
    folder = tmp_path / "another host"
    folder.mkdir()
    (folder / "host").write_text("beta-00000000-11111111\n", encoding="ascii")
    return settings(witness_folder=folder)


@POSTGRESQL
def test_a_copy_without_a_witness_sends_nothing(
    engine: Engine, ours: Settings, another_host: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deliver(engine, ours, "reminder:1")
    deliver(engine, another_host, "reminder:2")  # a second host of the same database may
    carried_off(engine)
    monkeypatch.setattr("notifications.witness.book.machine_name", lambda: "gamma-22222222")
    third = settings(witness_folder=tmp_path / "a third")
    assert halted_reason(engine, third) == NO_WITNESS
    with pytest.raises(Halted, match="dondoc restored"):
        open_guard(engine, third, NOW)


@POSTGRESQL
def test_hosts_wait_for_each_other_when_the_database_has_moved(
    engine: Engine, ours: Settings, another_host: Settings
) -> None:
    theirs = another_host
    deliver(engine, ours, "reminder:1")
    deliver(engine, theirs, "reminder:2")
    carried_off(engine)
    with pytest.raises(Halted, match="còn chờ sổ chứng"):
        open_guard(engine, ours, NOW)
    deliver(engine, theirs, "reminder:3")
    deliver(engine, ours, "reminder:4")


@POSTGRESQL
def test_a_host_that_knows_more_stops_the_others(
    engine: Engine, ours: Settings, another_host: Settings
) -> None:
    theirs = another_host
    deliver(engine, ours, "reminder:1")
    deliver(engine, theirs, "reminder:2", "reminder:3")
    with unit_of_work(engine) as session:  # a failover that lost the last claim of the other host
        session.execute(sa.update(WitnessStream).values(noted=1, fingerprint="elsewhere"))
    with pytest.raises(Halted):
        open_guard(engine, theirs, NOW)
    with pytest.raises(Halted, match="thấy sổ chứng đi trước"):
        open_guard(engine, ours, NOW)


@pytest.mark.parametrize("lost", ["the month", "the folder", "some lines"])
def test_a_lost_witness_stops_letters_until_a_person_vouches(
    engine: Engine, ours: Settings, folder: Path, lost: str
) -> None:
    deliver(engine, ours, "reminder:1", "reminder:2", "reminder:3")
    path = log_of(folder)
    if lost == "the folder":
        shutil.rmtree(folder)
    elif lost == "the month":
        path.unlink()
    else:
        path.write_text(path.read_text(encoding="utf-8").splitlines(keepends=True)[0], encoding="utf-8")
    with pytest.raises(Halted, match="dondoc restored --at now"):
        open_guard(engine, ours, NOW)
    assert restored(engine, None, NOW, ours, office().calendar).complete
    deliver(engine, ours, "reminder:4")
    assert halted_reason(engine, ours) is None
    assert last_number(log_of(folder)) == (1 if lost == "the folder" else 4)


def test_a_line_torn_by_a_power_cut_is_no_entry(engine: Engine, ours: Settings, folder: Path) -> None:
    with open_guard(engine, ours, NOW) as guard:
        send(engine, guard, "reminder:1")
        with unit_of_work(engine) as session:
            guard.counted(session, NOW)
    with log_of(folder).open("ab") as stream:
        stream.write(b'{"n":2,"at":"2022-08-16T08:0')
    deliver(engine, ours, "reminder:2")
    assert streams(engine) == {1: 2}
    assert last_number(log_of(folder)) == 2
    assert halted_reason(engine, ours) is None


def test_what_cannot_be_written_down_does_not_leave(
    sqlite_engine: Engine, ours: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> int:
        raise OSError(28, "No space left on device")

    with open_guard(sqlite_engine, ours, NOW) as guard:
        send(sqlite_engine, guard, "reminder:1")
        monkeypatch.setattr("notifications.witness.lines.os.fdatasync", full)
        with pytest.raises(Unwitnessed, match="đĩa đã đầy"):
            send(sqlite_engine, guard, "reminder:2")


def test_a_copy_for_tests_never_sends(engine: Engine, tmp_path: Path) -> None:
    copy = copy_database(engine, tmp_path / "copy.db")
    for_tests(copy)
    assert halted_reason(copy, settings()) == TEST_COPY
    with pytest.raises(Halted, match="bản sao để thử"):
        open_guard(copy, settings(), NOW)
    trial = copy.execution_options(trial=True)
    with open_guard(trial, settings(), NOW) as guard:
        send(trial, guard, "reminder:1")
    assert streams(copy) == {}
    copy.dispose()


def test_sqlite_tells_a_file_that_was_written_over(tmp_path: Path, migrated_sqlite_url: str) -> None:
    ours = settings(witness_folder=tmp_path / "witness")
    engine = open_database(migrated_sqlite_url)
    deliver(engine, ours, "reminder:1")
    engine.dispose()
    path, kept = Path(str(engine.url.database)), tmp_path / "kept.db"
    shutil.copyfile(path, kept)
    for source, sends in ((kept, True), (kept, False)):  # the second time the witness has gone on
        shutil.copyfile(source, path)
        engine = open_database(migrated_sqlite_url)
        reason = halted_reason(engine, ours)
        assert (reason is None) is sends
        if sends:
            deliver(engine, ours, "reminder:2")
        engine.dispose()
