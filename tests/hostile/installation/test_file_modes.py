"""What the office keeps is for its own account alone, whatever the umask, and old files are mended."""

import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from typer.testing import CliRunner

from config.files import private_files
from config.files.private_files import close_to_others, private_file, private_folder
from config.settings import get_settings
from flows.actions.installation.file_modes import mend_modes
from flows.actions.tasks.evidence.files import NewFile, arriving
from flows.actions.tasks.evidence.held_files import hold
from flows.cli import app
from flows.terminal import commands
from models.database.locks import exclusive
from models.db import DatabaseNotReady, connect
from notifications.channels import registry
from notifications.outbox.parcel import Letter, Parcel
from notifications.witness.book import Witness
from tests.cast import at

LETTER = Parcel(Letter("Chủ đề", "nội dung", "<p>x</p>", "ngắn"), "<a@b.example>")


def open_to_others(folder: Path) -> list[str]:
    """Whatever below ``folder`` somebody else could read or enter."""
    below = [path for path in folder.rglob("*") if not path.is_symlink()]
    return [str(path.relative_to(folder)) for path in below if path.stat().st_mode & 0o077]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An office whose files all lie below one folder that does not exist yet."""
    home = tmp_path / "office" / "of" / "ours"
    for name in ("letters", "evidence", "witness"):
        monkeypatch.setenv(f"DONDOC_{name.upper()}_FOLDER", str(home / name / "deeper"))
    monkeypatch.setenv("DONDOC_DATABASE_URL", f"sqlite:///{home / 'db' / 'office.db'}")
    get_settings.cache_clear()
    yield home
    get_settings.cache_clear()


@pytest.fixture(params=[0o000, 0o022, 0o077, 0o277], ids=oct)
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


@pytest.mark.usefixtures("umask")
def test_what_is_made_is_for_us_alone(here: Path) -> None:
    settings = get_settings()
    engine = connect(settings.database_url)
    with engine.begin() as connection, exclusive(engine, "work"):
        connection.exec_driver_sql("CREATE TABLE x (y)")
        assert (here / "db" / "office.db-wal").exists()
        registry.post("emlfolder://a@b.example", LETTER)
        hold([NewFile("a.pdf", b"%PDF-1.4 x")], at("2022-08-16"))
        with arriving([NewFile("a.pdf", b"%PDF-1.4 x")]):
            Witness.at_hand(engine, settings, "0" * 64).settle_here()
            assert len([path for path in here.rglob("*") if path.is_file()]) >= 7
            assert open_to_others(here.parent.parent.parent) == []
    engine.dispose()


def old_files(here: Path) -> list[Path]:
    """What an older release left open, and beside it what is not ours."""
    names = ("db/office.db", "db/office.db.deliver.lock", "letters/deeper/a@b.eml", "letters/deeper/.x.part",
             f"evidence/deeper/{'0' * 64}.pdf", "evidence/deeper/held/token", "witness/deeper/host",
             "witness/deeper/0123/host-1/w1-2026-01.log", "witness/deeper/0123/host-1/w1.lock")  # fmt: skip
    found = [here / name for name in names]
    for path in found:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
        path.chmod(0o664)
        path.parent.chmod(0o755)
    return found


def test_migrate_mends_what_is_old_and_says_how_much(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = old_files(here)
    stranger, outside = here / "letters" / "deeper" / "của-ai.txt", here / "elsewhere"
    for path in (stranger, outside):
        path.touch()
        path.chmod(0o644)
    (here / "letters" / "deeper" / "link.eml").symlink_to(outside)
    before = os.umask(0)
    try:
        said = CliRunner().invoke(app, ["migrate"]).stdout
    finally:
        os.umask(before)
    assert "Đã thu hẹp quyền của 9 tệp và 6 thư mục" in said
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    assert {stat.S_IMODE(path.parent.stat().st_mode) for path in files if path.parent.name != "db"} == {0o700}
    assert [stat.S_IMODE(path.stat().st_mode) for path in (stranger, outside)] == [0o644, 0o644]
    assert [name for name in open_to_others(here / "db") if name.startswith("office.db")] == []
    commands._mend_modes()
    assert capsys.readouterr().out == ""


def test_what_could_not_be_mended_is_named_and_the_rest_is(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    files = old_files(here)
    chmod = os.chmod

    def refused(path: str, mode: int) -> None:
        if os.readlink(path).endswith(".eml"):
            raise PermissionError(1, "not the owner")
        chmod(path, mode)

    monkeypatch.setattr(private_files.os, "chmod", refused)
    commands._mend_modes()
    told = capsys.readouterr().out
    assert "Đã thu hẹp quyền của 8 tệp" in told
    assert "Chưa thu hẹp được quyền của 1 tệp" in told
    assert "a@b.eml" in told
    assert [path.name for path in files if path.stat().st_mode & 0o077] == ["a@b.eml"]


def test_mending_lets_go_of_no_lock_of_sqlite(tmp_path: Path) -> None:
    """POSIX locks die with any descriptor of the file that their process closes."""
    path = tmp_path / "x.db"
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("CREATE TABLE x (y)")
    path.chmod(0o644)
    holder.execute("BEGIN EXCLUSIVE")
    assert close_to_others(path)
    code = f"import sqlite3; sqlite3.connect({str(path)!r}, timeout=0).execute('BEGIN IMMEDIATE')"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 1
    holder.close()


@pytest.mark.parametrize("make", [private_file, private_folder], ids=["file", "folder"])
def test_a_symlink_to_nothing_is_not_followed(make: Callable[[Path], object], tmp_path: Path) -> None:
    place, target = tmp_path / "place", tmp_path / "target"
    place.symlink_to(target)
    with pytest.raises(OSError, match="place"):
        make(place)
    assert not target.exists()


def test_a_database_is_not_made_where_a_symlink_points(tmp_path: Path) -> None:
    (tmp_path / "office.db").symlink_to(tmp_path / "target.db")
    engine = connect(f"sqlite:///{tmp_path / 'office.db'}")
    with pytest.raises(DatabaseNotReady, match="liên kết"), engine.connect():
        pass
    assert not (tmp_path / "target.db").exists()
    there = tmp_path / "there.db"
    there.touch()
    (tmp_path / "linked.db").symlink_to(there)  # the operator's own arrangement
    with connect(f"sqlite:///{tmp_path / 'linked.db'}").connect() as connection:
        assert connection.scalar(sa.text("SELECT 1")) == 1


def test_a_letter_is_not_written_where_a_symlink_points(here: Path) -> None:
    folder = private_folder(get_settings().letters_folder)
    (folder / "a@b.example.eml").symlink_to(here / "target")
    outcome = registry.post("emlfolder://a@b.example", LETTER)
    assert outcome.code == "written"
    assert (folder / "a@b.example.eml").is_file()
    assert not (folder / "a@b.example.eml").is_symlink()
    assert not (here / "target").exists()


def test_what_lies_beyond_a_symlink_is_somebody_elses(here: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    theirs = elsewhere / "notes"
    theirs.write_text("x")
    theirs.chmod(0o644)
    settings = get_settings()
    folder = private_folder(settings.evidence_folder)
    (folder / "held").symlink_to(elsewhere)
    mend_modes(settings)
    assert stat.S_IMODE(theirs.stat().st_mode) == 0o644
