"""``dondoc meeting`` as a user meets it."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from config.settings import get_settings
from flows.actions.installation.instant import advance
from flows.cli import app
from flows.terminal.commands import console
from models.db import open_database
from tests.cast import at, dump, move_in

Run = Callable[..., Result]
NOW = at("2022-12-14", "09:05")


@pytest.fixture
def run(migrated_sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command in an office that lives on 14/12/2022; its output is not wrapped."""
    monkeypatch.setenv("DONDOC_DATABASE_URL", migrated_sqlite_url)
    monkeypatch.setattr(console, "width", 200)
    get_settings.cache_clear()
    advance(move_in(open_database(migrated_sqlite_url)), NOW)
    return lambda *words: CliRunner().invoke(app, ["meeting", *(str(word) for word in words)])


def _said(result: Result) -> str:
    assert result.exit_code == 0, result.output
    return " ".join(result.stdout.split())


def test_planned_moved_cancelled(run: Run, migrated_sqlite_url: str) -> None:
    assert "Chưa ghi cuộc họp nào" in _said(run("list"))
    said = _said(run("add", "20/12/2022", "Họp Ban Chỉ đạo [quý IV]"))
    assert "cuộc họp số 1, ngày 20/12/2022; báo cáo gửi ngày 19/12/2022." in said
    assert "báo cáo gửi ngày 21/12/2022" in _said(run("move", 1, "2022-12-22"))
    listed = _said(run("list"))
    assert "22/12/2022 Họp Ban Chỉ đạo [quý IV] 21/12/2022" in listed
    assert "Đã hủy cuộc họp số 1, ngày 22/12/2022 («Họp Ban Chỉ đạo [quý IV]»)." in _said(run("cancel", 1))
    assert "đã hủy lúc 09:05 14/12/2022" in _said(run("list"))
    run("add", "20/12/2022", "Họp tổng kết")
    advance(open_database(migrated_sqlite_url), NOW + timedelta(days=800))
    assert "Họp tổng kết đã họp" in _said(run("list"))
    assert "gửi ngày 04/01/2027, tạm tính" in _said(run("add", "05/01/2027", "Họp"))  # no notice yet


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", "13/12/2022", "Họp"), "đã qua"),
        (("add", "ngày mai", "Họp"), "không hợp lệ"),
        (("add", "20/12/2022", " "), "nội dung cuộc họp"),
        (("move", 7, "20/12/2022"), "Không có cuộc họp số 7"),
        (("cancel", 10**30), "Không có cuộc họp số"),
    ],
)
def test_what_is_refused(run: Run, migrated_sqlite_url: str, words: tuple[object, ...], said: str) -> None:
    before = dump(open_database(migrated_sqlite_url))
    refused = run(*words)
    assert (refused.exit_code, said in refused.stderr) == (2, True), refused.output
    assert dump(open_database(migrated_sqlite_url)) == before


def test_before_the_tables_exist(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DONDOC_DATABASE_URL", f"sqlite:///{tmp_path / 'none.db'}")
    get_settings.cache_clear()
    assert "dondoc migrate" in run("list").stderr
