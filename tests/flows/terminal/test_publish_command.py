"""``dondoc publish`` shows the last look and asks by options only: no script ever hangs at a prompt."""

import json
from pathlib import Path

import pytest
from typer.testing import Result

from flows.demo.story import SAMPLE
from tests.flows.terminal.test_cli import Run, _dump, office, run

__all__ = ["office", "run"]  # fixtures
DOUBT = "Thời hạn rơi vào ngày nghỉ, cần kiểm tra."
NOW = ("--now", "2022-08-30T09:00")


def drafted(office: Run, folder: Path, doubts: tuple[str, ...] = (), date: str | None = None) -> Path:
    """The sample's draft with these doubts alone, about its first directive, and with another date."""
    value = json.loads(office("read", SAMPLE, "--json").stdout)
    value["document"]["doubts"] = []
    for directive in value["directives"]:
        directive["doubts"], directive["doubt_details"] = [], []
    value["directives"][0]["doubts"] = list(doubts)
    if date:
        value["document"]["date"] = date
        for directive in value["directives"]:
            directive["due"] = {**directive["due"], "kind": "none", "date": None, "rule": None}
    file = folder / "draft.json"
    file.write_text(json.dumps(value), encoding="utf-8")
    return file


def said(result: Result) -> str:
    return " ".join(result.stderr.split())


def test_the_look_comes_first(office: Run, tmp_path: Path) -> None:
    done = office("publish", drafted(office, tmp_path), *NOW)
    assert done.exit_code == 0, done.stderr
    shown = " ".join(done.stdout.split())
    assert shown.index("Xem lại trước khi phát hành") < shown.index("Đã phát hành")
    assert "Giao 33 nhiệm vụ" in shown
    assert "Thời hạn sớm nhất: chậm nhất ngày" in shown
    assert "Chưa có địa chỉ nhận thư:" in shown


def test_an_open_doubt_blocks_and_the_option_is_named(office: Run, tmp_path: Path) -> None:
    file = drafted(office, tmp_path, (DOUBT,))
    before = _dump(tmp_path)
    refused = office("publish", file, *NOW)
    assert refused.exit_code == 2
    assert f"- Chỉ đạo số 1: {DOUBT}" in said(refused)
    assert "thêm --confirm-doubts" in said(refused)
    assert "--confirm-date" not in said(refused)
    assert office("publish", file, *NOW, "--confirm-date").exit_code == 2
    assert _dump(tmp_path) == before
    assert office("publish", file, *NOW, "--confirm-doubts").exit_code == 0


def test_a_date_that_lies_ahead_blocks(office: Run, tmp_path: Path) -> None:
    file = drafted(office, tmp_path, (DOUBT,), "2023-08-25")
    before = _dump(tmp_path)
    refused = office("publish", file, *NOW)
    assert refused.exit_code == 2
    assert "Ngày ban hành 25/08/2023 ở sau ngày phát hành 30/08/2022 tới 360 ngày." in said(refused)
    assert "thêm --confirm-date" in said(refused)
    assert office("publish", file, *NOW, "--confirm-doubts").exit_code == 2
    assert _dump(tmp_path) == before
    assert office("publish", file, *NOW, "--confirm-doubts", "--confirm-date").exit_code == 0


def test_a_deadline_years_away_blocks(office: Run, tmp_path: Path) -> None:
    file = drafted(office, tmp_path)
    value = json.loads(file.read_text(encoding="utf-8"))
    value["directives"][0]["due"] |= {"kind": "date", "date": "2032-09-30", "rule": None}
    file.write_text(json.dumps(value), encoding="utf-8")
    refused = office("publish", file, *NOW)
    assert refused.exit_code == 2
    assert "Thời hạn 30/09/2032 ở sau ngày văn bản hơn 5 năm" in said(refused)
    assert "thêm --confirm-date" in said(refused)
    assert office("publish", file, *NOW, "--confirm-date").exit_code == 0


def test_a_look_alone_changes_nothing(office: Run, tmp_path: Path) -> None:
    file = drafted(office, tmp_path, (DOUBT,))
    before = _dump(tmp_path)
    looked = office("publish", file, *NOW, "--look")
    assert looked.exit_code == 0
    assert "Chưa phát hành gì" in looked.stdout
    assert DOUBT in " ".join(looked.stdout.split())
    assert _dump(tmp_path) == before


@pytest.mark.parametrize("width", ["40", "200"])
def test_on_any_terminal(office: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, width: str) -> None:
    monkeypatch.setenv("COLUMNS", width)
    assert office("publish", drafted(office, tmp_path), *NOW).exit_code == 0
