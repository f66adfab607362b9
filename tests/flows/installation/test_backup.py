"""Backing up and restoring: whole or not at all, private, and without saying anything twice."""

import hashlib
import json
import os
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from config.act import by_clock
from config.settings import Settings
from flows.actions.follow_up.tick import send_letters
from flows.actions.installation.backup import back_up
from flows.actions.installation.backup_file import DATABASE, MANIFEST, SETTINGS
from flows.actions.installation.copy_for_tests import copy_for_tests
from flows.actions.installation.restore_backup import restore_backup
from models.db import connect, open_database
from models.installation.postgres_programs import dump_database
from models.tables.tasks import Task
from notifications.witness.standing import TEST_COPY
from rules.refusal import Refusal
from tests.cast import DATED, OPEN_ENDED, Postman, at, dump, issue, move_in, office, rows, settings

NOW = at("2022-08-15", "09:00")
EVIDENCE = b"%PDF-1.4 ket qua"
STORED = f"{hashlib.sha256(EVIDENCE).hexdigest()}.pdf"
PASSWORD = "mat-khau-rieng"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folders of the office, with one file that came with a report."""
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / STORED).write_bytes(EVIDENCE)
    (tmp_path / "evidence" / "arriving-x").write_bytes(b"half")
    return tmp_path


def at_office(folder: Path, url: str, evidence: str = "evidence") -> Settings:
    return settings(
        database_url=url,
        evidence_folder=folder / evidence,
        witness_folder=folder / "witness",
        smtp_password=PASSWORD,
        smtp_username="don-doc",
        smtp_security="tls",
    )


@pytest.fixture
def programs(database_kind: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server's own programs come first."""
    if database_kind == "postgresql":
        server = request.getfixturevalue("postgres_server")
        monkeypatch.setenv("PATH", f"{server.programs}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture
def ours(engine: Engine, migrated_url: str, folder: Path, programs: None) -> Settings:
    """An office on the morning of its first conclusion, nothing sent yet."""
    issue(move_in(engine), DATED, OPEN_ENDED)
    return at_office(folder, migrated_url)


@pytest.fixture
def backup(engine: Engine, ours: Settings, folder: Path) -> Path:
    file = folder / "office.backup"
    back_up(engine, ours, file, NOW)
    return file


@pytest.fixture
def elsewhere(
    ours: Settings, folder: Path, database_kind: str, request: pytest.FixtureRequest
) -> Iterator[Settings]:
    """The same installation with an empty database and no evidence."""
    if database_kind == "sqlite":
        yield at_office(folder, f"sqlite:///{folder / 'new.db'}", "new evidence")
        return
    server = request.getfixturevalue("postgres_server")
    name = server.create()
    yield at_office(folder, server.url(name), "new evidence")
    server.drop(name)


def deliver(ours: Settings) -> list[str]:
    engine, postman = open_database(ours.database_url), Postman()
    send_letters(engine, by_clock(NOW, office()), ours, postman)
    engine.dispose()
    return sorted(postman.take())


def is_empty(ours: Settings) -> bool:
    engine = connect(ours.database_url)
    tables = sa.inspect(engine).get_table_names()
    engine.dispose()
    return tables == []


def test_what_was_backed_up_comes_back(engine: Engine, backup: Path, elsewhere: Settings) -> None:
    done = restore_backup(elsewhere, backup, office())
    restored = open_database(elsewhere.database_url)
    before, after = dump(engine), dump(restored)
    restored.dispose()
    # The backup is told in the trail once it is there.
    of_the_restore = {"restore", "said_before", "witness_stream", "trail"}
    assert [name for name in before if before[name] != after[name] and name not in of_the_restore] == []
    assert (done.evidence, (elsewhere.evidence_folder / STORED).read_bytes()) == (1, EVIDENCE)
    assert [path.name for path in elsewhere.evidence_folder.iterdir()] == [STORED]


def test_a_backup_is_private_and_holds_no_secrets(backup: Path) -> None:
    assert backup.stat().st_mode & 0o777 == 0o600
    with zipfile.ZipFile(backup) as archive:
        told = json.loads(archive.read(SETTINGS))
        assert PASSWORD not in archive.read(SETTINGS).decode() + archive.read(MANIFEST).decode()
    assert told["smtp_host"] == "127.0.0.1"
    assert "smtp_password" not in told
    assert list(backup.parent.glob(".dondoc-*")) == []


def test_a_backup_takes_nobodys_place(engine: Engine, ours: Settings, backup: Path) -> None:
    before = backup.read_bytes()
    with pytest.raises(Refusal, match="không ghi đè"):
        back_up(engine, ours, backup, NOW)
    assert backup.read_bytes() == before


def test_a_restored_morning_is_not_said_again(ours: Settings, backup: Path, elsewhere: Settings) -> None:
    told = deliver(ours)
    assert told
    done = restore_backup(elsewhere, backup, office())
    assert done.since.complete
    assert done.since.said >= len(told)
    assert deliver(elsewhere) == []


def test_a_target_with_tables_is_left_alone(engine: Engine, ours: Settings, backup: Path) -> None:
    before = dump(engine)
    with pytest.raises(Refusal, match="không ghi đè"):
        restore_backup(ours, backup, office())
    assert dump(engine) == before


def rewritten(backup: Path, change: Callable[[dict[str, bytes]], Any]) -> None:
    """The backup with other files in it."""
    with zipfile.ZipFile(backup) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    change(files)
    with zipfile.ZipFile(backup, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)


def _named_outside(files: dict[str, bytes]) -> None:
    told = json.loads(files[MANIFEST])
    told["parts"]["../outside"] = {"size": 1, "sha256": hashlib.sha256(b"x").hexdigest()}
    files |= {"../outside": b"x", MANIFEST: json.dumps(told).encode()}


def _evidence_of_another_content(files: dict[str, bytes]) -> None:
    told, data = json.loads(files[MANIFEST]), b"%PDF-1.4 something else"
    told["parts"][f"evidence/{STORED}"] = {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    files |= {f"evidence/{STORED}": data, MANIFEST: json.dumps(told).encode()}


DAMAGES = {
    "a byte of the database": lambda files: files.update({DATABASE: files[DATABASE][:-1] + b"\xff"}),
    "no database": lambda files: files.pop(DATABASE),
    "no manifest": lambda files: files.pop(MANIFEST),
    "a manifest of nonsense": lambda files: files.update({MANIFEST: b"[]"}),
    "a stranger's file": lambda files: files.update({"evidence/x.pdf": b"x"}),
    "a name outside": _named_outside,
    "evidence of another content": _evidence_of_another_content,
}


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_backup_restores_nothing(backup: Path, elsewhere: Settings, damage: str) -> None:
    rewritten(backup, DAMAGES[damage])
    with pytest.raises(Refusal, match="Chưa khôi phục gì"):
        restore_backup(elsewhere, backup, office())
    assert is_empty(elsewhere)
    assert not elsewhere.evidence_folder.exists()
    assert not (backup.parent / "outside").exists()


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize("cut", [0, 10, -200])
def test_a_file_that_is_no_backup_or_cut_off(backup: Path, elsewhere: Settings, cut: int) -> None:
    backup.write_bytes(backup.read_bytes()[:cut])
    with pytest.raises(Refusal, match="office.backup"):
        restore_backup(elsewhere, backup, office())
    with pytest.raises(Refusal, match="Không tìm thấy"):
        restore_backup(elsewhere, backup.with_name("none"), office())
    assert is_empty(elsewhere)


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_the_remains_of_an_old_database_are_not_played_into_the_new_one(
    backup: Path, elsewhere: Settings, folder: Path
) -> None:
    (folder / "new.db-wal").write_bytes(b"old")
    with pytest.raises(Refusal, match="new.db-wal"):
        restore_backup(elsewhere, backup, office())


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_a_backup_of_a_newer_release(backup: Path, elsewhere: Settings) -> None:
    rewritten(backup, lambda files: files.update({MANIFEST: files[MANIFEST].replace(b'"00', b'"99')}))
    with pytest.raises(Refusal, match="mới hơn phần mềm này"):
        restore_backup(elsewhere, backup, office())


def _program(folder: Path, name: str, release: int) -> None:
    """A program that says its release, and writes down how it was called."""
    folder.mkdir(exist_ok=True)
    script = folder / name
    script.write_text(
        f'#!/bin/sh\n[ "$1" = --version ] && echo "{name} (PostgreSQL) {release}.1" && exit\n'
        f'echo "$@" > {folder}/called; echo "$PGPASSWORD" > {folder}/password\n',
        encoding="utf-8",
    )
    script.chmod(0o755)


@pytest.mark.postgres
@pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)
def test_pg_dump_must_be_there_and_as_new_as_the_server(
    engine: Engine, ours: Settings, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(folder / "programs"))
    with pytest.raises(Refusal, match="Không tìm thấy pg_dump"):
        back_up(engine, ours, folder / "none", NOW)
    _program(folder / "programs", "pg_dump", 9)
    with pytest.raises(Refusal, match="pg_dump 9 cũ hơn máy chủ"):
        back_up(engine, ours, folder / "none", NOW)
    assert not (folder / "none").exists()


@pytest.mark.postgres
@pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)
def test_a_password_is_never_on_the_command_line(
    engine: Engine, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _program(folder / "programs", "pg_dump", 99)
    monkeypatch.setenv("PATH", f"{folder / 'programs'}{os.pathsep}{os.environ['PATH']}")
    with_password = sa.create_engine(engine.url.set(password=PASSWORD))
    dump_database(with_password, folder / "dump")
    with_password.dispose()
    assert PASSWORD not in (folder / "programs" / "called").read_text(encoding="utf-8")
    assert (folder / "programs" / "password").read_text(encoding="utf-8").strip() == PASSWORD


def test_a_copy_for_tests_works_and_never_sends(engine: Engine, ours: Settings, folder: Path) -> None:
    file = copy_for_tests(engine, f"sqlite:///{folder / 'thu.db'}")
    assert file.stat().st_mode & 0o777 == 0o600
    copy, postman = open_database(f"sqlite:///{file}"), Postman()
    assert len(rows(copy, Task)) == len(rows(engine, Task))
    report = send_letters(copy, by_clock(NOW, office()), ours, postman)
    assert (report.halted, postman.take()) == (TEST_COPY, [])
    copy.dispose()
    with pytest.raises(Refusal, match="không ghi đè"):
        copy_for_tests(engine, str(file))
    with pytest.raises(Refusal, match="tệp SQLite"):
        copy_for_tests(engine, "postgresql://localhost/thu")
    assert deliver(ours)
