"""Files that no row names go after a day: never a named one, none outside, none through a symlink."""

import os
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from config.settings import Settings
from flows.actions.tasks.evidence import unnamed_files
from flows.actions.tasks.evidence.files import NewFile
from flows.actions.tasks.evidence.unnamed_files import claim_empty, sweep_unnamed
from flows.actions.tasks.report import Report, report
from models.db import unit_of_work
from models.installation.evidence_names import hold_names
from models.installation.restores import Purpose
from models.tables.outbox import Installation
from models.tables.reports import EvidenceFile
from rules.vocabulary import Actor
from tests.cast import DATED, act_on, at, issue, move_in

NOW = at("2026-03-10", "09:00")
OLD, NEW = NOW - timedelta(days=1, minutes=1), NOW - timedelta(hours=23)
PDF = b"%PDF-1.4 minh chung"
UNNAMED = f"{'a' * 64}.pdf"


@pytest.fixture
def at_work(engine: Engine) -> Engine:
    issue(move_in(engine), DATED)
    return engine


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Folders of this test, and a file for each kind of thing that may lie in them."""
    letters, evidence = tmp_path / "letters", tmp_path / "evidence"
    (evidence / "held").mkdir(parents=True)
    letters.mkdir()
    return Settings(letters_folder=letters, evidence_folder=evidence)


def lay(path: Path, when: datetime) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x")
    os.utime(path, (when.timestamp(),) * 2)
    return path


def test_what_is_unnamed_and_old_goes_and_nothing_else(
    at_work: Engine, settings: Settings, tmp_path: Path
) -> None:
    evidence, letters = settings.evidence_folder, settings.letters_folder
    files = [NewFile("minh chứng.pdf", PDF)]
    report(
        at_work, 1, Report("Đã làm.", files=files), act_on(at_work, 1, Actor.LEAD, at("2022-08-16")), evidence
    )
    [named] = [path for path in evidence.iterdir() if path.is_file()]
    os.utime(named, (OLD.timestamp(),) * 2)
    ours = [evidence / UNNAMED, evidence / "arriving-x1", evidence / "held" / "t", letters / ".ab12.part"]
    others = [evidence / "đọc-tôi.txt", letters / "a@b.eml", tmp_path / UNNAMED, evidence / "sub" / UNNAMED]
    young = [evidence / f"{'b' * 64}.pdf", evidence / "arriving-x2", letters / ".ab13.part"]
    for path in (*ours, *others):
        lay(path, OLD)
    for path in young:
        lay(path, NEW)
    assert sweep_unnamed(at_work, settings, NOW) == 3  # and what was held, which counts for itself
    assert [path for path in ours if path.exists()] == []
    assert [path for path in (named, *others, *young) if not path.exists()] == []
    assert sweep_unnamed(at_work, settings, NOW) == 0
    assert sweep_unnamed(at_work, settings, NOW + timedelta(days=400)) == len(young)
    assert named.exists()


def test_a_symlink_is_removed_and_not_followed(
    sqlite_engine: Engine, settings: Settings, tmp_path: Path
) -> None:
    evidence = settings.evidence_folder
    target = lay(tmp_path / "elsewhere" / "x", OLD)
    links = [
        evidence / UNNAMED,
        evidence / "arriving-l",
        evidence / "held" / "l",
        settings.letters_folder / ".l.part",
    ]
    for link in links:
        link.symlink_to(target)
        os.utime(link, (OLD.timestamp(),) * 2, follow_symlinks=False)
    sweep_unnamed(sqlite_engine, settings, NOW)
    assert [link for link in links if link.is_symlink()] == []
    assert target.exists()
    (evidence / "held").rmdir()
    (evidence / "held").symlink_to(target.parent)
    sweep_unnamed(sqlite_engine, settings, NOW)
    assert target.exists()


def test_what_a_killed_restore_left_beside_the_database_goes(
    sqlite_engine: Engine, settings: Settings
) -> None:
    beside = Path(str(sqlite_engine.url.database)).parent
    outside = lay(beside / "kept" / "x", OLD)
    (beside / ".dondoc-restore-ab12cd34").mkdir()
    (beside / ".dondoc-restore-ab12cd34" / "database").write_bytes(b"all of it")
    (beside / ".dondoc-restore-ab12cd34" / "link").symlink_to(outside.parent)
    for name in (".dondoc-restore-ab12cd34", ".dondoc-copy-link"):
        if name.endswith("link"):
            (beside / name).symlink_to(outside.parent)
        os.utime(beside / name, (OLD.timestamp(),) * 2, follow_symlinks=False)
    assert sweep_unnamed(sqlite_engine, settings, NOW) == 2
    assert sorted(path.name for path in beside.iterdir() if path.name.startswith(".dondoc")) == []
    assert outside.exists()


def purpose(engine: Engine, what: Purpose | None) -> None:
    with unit_of_work(engine) as session:
        session.get_one(Installation, 1).purpose = what.value if what else None


def test_only_the_installation_whose_folder_it_is_removes_evidence(
    sqlite_engine: Engine, settings: Settings
) -> None:
    evidence = settings.evidence_folder
    file = lay(evidence / UNNAMED, OLD)
    for other in (Purpose.TEST, Purpose.OWN_TIME):
        purpose(sqlite_engine, other)
        claim_empty(sqlite_engine, evidence)  # not empty: it stays nobody's
        sweep_unnamed(sqlite_engine, settings, NOW)
        assert file.exists()
    purpose(sqlite_engine, None)
    (evidence / ".installation").write_text("0123456789abcdef")
    sweep_unnamed(sqlite_engine, settings, NOW)
    assert file.exists()
    (evidence / ".installation").unlink()
    sweep_unnamed(sqlite_engine, settings, NOW)
    assert not file.exists()


def test_a_trial_database_sweeps_the_empty_folder_that_it_was_given(
    sqlite_engine: Engine, settings: Settings
) -> None:
    evidence = settings.evidence_folder
    (evidence / "held").rmdir()
    purpose(sqlite_engine, Purpose.OWN_TIME)
    claim_empty(sqlite_engine, evidence)
    file = lay(evidence / UNNAMED, OLD)
    sweep_unnamed(sqlite_engine, settings, NOW)
    assert not file.exists()


def test_a_name_that_is_given_at_the_same_moment_stays(
    at_work: Engine, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody hands in the bytes of an old unnamed file: whoever comes second sees what the first did."""
    evidence = settings.evidence_folder
    report(
        at_work,
        1,
        Report("Một.", files=[NewFile("a.pdf", PDF)]),
        act_on(at_work, 1, Actor.LEAD, at("2022-08-16")),
        evidence,
    )
    [file] = [path for path in evidence.iterdir() if path.is_file() and path.suffix == ".pdf"]
    with unit_of_work(at_work) as session:
        row = session.scalars(sa.select(EvidenceFile)).one()
        told = row.model_dump(exclude={"id"})
        session.delete(row)
    os.utime(file, (OLD.timestamp(),) * 2)
    sweeper = Thread(target=sweep_unnamed, args=(at_work, settings, NOW))
    with unit_of_work(at_work) as session:
        session.execute(sa.select(sa.literal(1)))
        hold_names(session, alone=False)
        sweeper.start()
        session.add(EvidenceFile(**told))
        session.flush()
        sweeper.join(0.2)
        assert sweeper.is_alive()  # it waits for this transaction
        assert file.exists()
    sweeper.join(10)
    assert file.exists()


def test_a_trouble_of_the_disk_stops_nothing(
    sqlite_engine: Engine, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay(settings.evidence_folder / "arriving-x1", OLD)
    unlink: Callable[..., None] = Path.unlink

    def refused(path: Path, missing_ok: bool = False) -> None:
        if path.name.startswith("arriving"):
            raise PermissionError
        unlink(path, missing_ok)

    monkeypatch.setattr(unnamed_files.Path, "unlink", refused)
    assert sweep_unnamed(sqlite_engine, settings, NOW) == 0
    assert sweep_unnamed(sqlite_engine, Settings(evidence_folder=Path("/nowhere/x")), NOW) == 0
