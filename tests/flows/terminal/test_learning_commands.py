"""``dondoc aliases``, ``dondoc reading-report``, ``dondoc read --with-database`` as a user meets them."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from config.settings import get_settings
from flows.actions.documents.intake import save_draft, store_draft
from flows.actions.installation.own_time import give_own_time
from flows.cli import app
from flows.demo.story import SAMPLE
from flows.terminal.commands import console
from models.db import open_database
from rules.vocabulary import Actor
from tests.cast import act, at, conclusion, directive, move_in

Run = Callable[..., Result]
NOW = at("2022-08-15", "09:05")
SENTENCE = "Giao Ban QLDA ODA chủ trì rà soát các dự án hợp tác xã, báo cáo UBND tỉnh trước ngày 30/9/2022."
CONCLUSION = f"""\
ỦY BAN NHÂN DÂN TỈNH SÓC TRĂNG
Số: 266/TB-UBND
Sóc Trăng, ngày 15 tháng 8 năm 2022

THÔNG BÁO
Kết luận của Chủ tịch UBND tỉnh tại cuộc họp Ban Chỉ đạo

Chủ tịch UBND tỉnh kết luận như sau:

1. {SENTENCE}
"""


@pytest.fixture
def run(migrated_sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Runs a command in an office with a register; its output is not wrapped."""
    monkeypatch.setenv("DONDOC_DATABASE_URL", migrated_sqlite_url)
    monkeypatch.setattr(console, "width", 200)
    get_settings.cache_clear()
    engine = open_database(migrated_sqlite_url)
    give_own_time(engine)
    move_in(engine)
    engine.dispose()
    yield lambda *words: CliRunner().invoke(app, [str(word) for word in words])
    get_settings.cache_clear()  # later tests open no database of this one


@pytest.fixture
def learned(run: Run, migrated_sqlite_url: str) -> Run:
    """The same office after it has learned what it calls Ban QLDA ODA."""
    engine = open_database(migrated_sqlite_url)
    draft = conclusion(directive("Giao Ban QLDA ODA rà soát.", "bqlda1"))
    clerk = act(Actor.SECRETARIAT, NOW, capacity="Văn phòng")
    save_draft(
        engine, store_draft(engine, draft, "265.txt", clerk), 0, draft, clerk, (("Ban QLDA ODA", "bqlda1"),)
    )
    engine.dispose()
    return run


def _said(result: Result) -> str:
    assert result.exit_code == 0, result.output
    return " ".join(result.stdout.split())


def test_nothing_learned_yet(run: Run) -> None:
    assert "Chưa ghi nhớ tên gọi nào" in _said(run("aliases"))
    assert "Không có văn bản nào" in _said(run("reading-report"))


def test_the_list_and_taking_one_back(learned: Run) -> None:
    for words in ("Ban QLDA ODA", "Ban Quản lý dự án 1", "09:05 15/08/2022", "Văn phòng", "số 265/TB-UBND"):
        assert words in _said(learned("aliases"))
    assert "Đã rút tên gọi số 1 («Ban QLDA ODA»)" in _said(learned("aliases", "--withdraw", 1))
    assert "đã rút lúc" in _said(learned("aliases"))
    for number, words in ((1, "đã được rút"), (5, "Không có tên gọi số 5")):
        refused = learned("aliases", "--withdraw", number)
        assert (refused.exit_code, words in refused.stderr) == (2, True)


def test_reading_with_the_register_of_the_office(learned: Run, tmp_path: Path) -> None:
    file = tmp_path / "266.txt"
    file.write_text(CONCLUSION, encoding="utf-8")

    def leads(*options: str) -> list[list[str]]:
        value = json.loads(learned("read", file, "--json", *options).stdout)
        return [one["lead"] for one in value["directives"] if "QLDA ODA" in one["text"]]

    assert leads("--with-database") == [["Ban Quản lý dự án 1"]]
    assert leads() != [["Ban Quản lý dự án 1"]]


def test_a_file_corrected_by_hand_is_in_the_report(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "draft.json"
    value = json.loads(run("read", SAMPLE, "--json").stdout)
    read = len(value["directives"])
    value["directives"][0]["lead"] = ["Sở Công Thương"]
    del value["directives"][-1]
    file.write_text(json.dumps(value), encoding="utf-8")
    assert "bản đọc ban đầu" not in _said(
        run("publish", file, "--confirm-doubts", "--now", "2022-08-30T09:00")
    )
    report = json.loads(run("reading-report", "--json").stdout)
    assert (report["documents"], report["directives_read"]) == (1, read)
    assert (report["spurious"], report["missed"], report["kept_as_read"]) == (1, 0, read - 2)
    assert report["field_accuracy"]["lead"] == pytest.approx((read - 2) / (read - 1))
    shown = _said(run("reading-report", "--from", "2022-08-30", "--to", "30/08/2022"))
    for words in (
        "Đọc 1 văn bản",
        f"Chỉ đạo hệ thống đọc được {read}",
        "Cơ quan chủ trì",
        "Quy tắc đọc bị sửa",
    ):
        assert words in shown
    assert "Không có văn bản nào" in _said(run("reading-report", "--from", "2022-08-31"))


def test_a_file_without_its_first_reading_says_so(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "draft.json"
    value = json.loads(run("read", SAMPLE, "--json").stdout)
    del value["first_reading"]
    file.write_text(json.dumps(value), encoding="utf-8")
    assert "không ghi nhận nội dung đã sửa" in _said(
        run("publish", file, "--confirm-doubts", "--now", "2022-08-30T09:00")
    )
    assert "Không có văn bản nào" in _said(run("reading-report"))


def test_days_in_the_wrong_order(run: Run) -> None:
    refused = run("reading-report", "--from", "2022-09-01", "--to", "2022-08-01")
    assert (refused.exit_code, "--to ở trước ngày --from" in refused.stderr) == (2, True)
