"""The command line as a user meets it: what it says, and exit code 2 for what the user can mend."""

import json
import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from typer.testing import CliRunner, Result

from config.agencies import load_register
from config.settings import get_settings
from flows.__main__ import main
from flows.actions.documents.intake import make_ready, store_draft
from flows.actions.documents.open_questions import all_confirmed
from flows.actions.installation.instant import advance
from flows.actions.reading.read_conclusion import read_conclusion
from flows.cli import app
from flows.demo.story import SAMPLE
from models.db import open_database
from rules.people.registry import Registry
from rules.vocabulary import Actor
from tests.cast import act, at

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Runs a command against a database of its own; letters go to a folder of its own."""
    monkeypatch.setenv("DONDOC_DATABASE_URL", f"sqlite:///{tmp_path / 'office.db'}")
    monkeypatch.setenv("DONDOC_LETTERS_FOLDER", str(tmp_path / "letters"))
    monkeypatch.setenv("DONDOC_SMTP_PORT", "1")  # nobody listens: mail stays queued
    get_settings.cache_clear()
    yield lambda *words: CliRunner().invoke(app, [str(word) for word in words])
    get_settings.cache_clear()  # later tests open no database of this one


@pytest.fixture
def office(run: Run, own_time_office: Path) -> Run:
    """The same, with tables and register; it may be given its time."""
    return run


def _dump(tmp_path: Path) -> list[str]:
    with sa.create_engine(f"sqlite:///{tmp_path / 'office.db'}").connect() as connection:
        raw = connection.connection.dbapi_connection
        assert raw is not None
        return list(raw.iterdump())  # type: ignore[attr-defined]


def test_the_main_job(office: Run, tmp_path: Path) -> None:
    draft = tmp_path / "draft.json"
    draft.write_text(office("read", SAMPLE, "--json").stdout, encoding="utf-8")
    published = office("publish", draft, "--confirm-doubts", "--now", "2022-08-30T09:00")
    assert published.exit_code == 0
    assert "33 nhiệm vụ (GN-0001 đến GN-0033), 1 quy định chung" in " ".join(published.stdout.split())
    first = office("tick")
    assert "kênh Thư điện tử trục trặc" in first.stdout
    assert len(list((tmp_path / "letters").glob("*.eml"))) >= 1
    before = _dump(tmp_path)
    again = office("tick")
    assert "09:00 ngày 30/08/2022" in again.stdout, "the database goes on from its stored instant"
    assert _dump(tmp_path) == before


def test_the_same_document_twice_points_to_the_first(office: Run, tmp_path: Path) -> None:
    draft = tmp_path / "draft.json"
    draft.write_text(office("read", SAMPLE, "--json").stdout, encoding="utf-8")
    assert office("publish", draft, "--confirm-doubts").exit_code == 0
    before = _dump(tmp_path)
    second = office("publish", draft)
    assert second.exit_code == 2
    assert "văn bản số 1 trong hệ thống" in second.stderr
    assert _dump(tmp_path) == before


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda d: d["directives"][0].update(lead=["Sở Không Có Thật"]), "chỉ đạo số 1, trường lead"),
        (lambda d: d["directives"][0]["due"].update(date="2022-02-30"), "trường due.date"),
        (lambda d: d["directives"][2].update(lead=[]), "Chỉ đạo số 3"),
        (lambda d: d["document"].update(date=None), "Văn bản chưa có ngày"),
        (lambda d: d["directives"][0].pop("escalation"), "thiếu trường bắt buộc"),
        (lambda d: d.update(thua=1), "trường không có trong mẫu"),
    ],
)
def test_a_draft_that_cannot_be_issued(
    office: Run, tmp_path: Path, change: Callable[[dict[str, object]], object], said: str
) -> None:
    value = json.loads(office("read", SAMPLE, "--json").stdout)
    change(value)
    draft = tmp_path / "draft.json"
    draft.write_text(json.dumps(value), encoding="utf-8")
    before = _dump(tmp_path)
    refused = office("publish", draft)
    assert refused.exit_code == 2
    assert said in " ".join(refused.stderr.split())
    assert _dump(tmp_path) == before


@pytest.mark.parametrize(
    "words",
    [
        ("read", "khong-co.docx"),
        ("read", SAMPLE, "--as-of", "31/02/2022"),
        ("publish", "khong-co.json"),
        ("publish", "99"),
        ("publish", "9" * 30),
        ("publish", "."),
        ("take-back", "99"),
        ("take-back", "9" * 30),
        ("tick", "--now", "hôm nay"),
        ("import", "agencies", "khong-co.yaml"),
    ],
)
def test_what_the_user_can_mend_exits_with_2(office: Run, words: tuple[object, ...]) -> None:
    result = office(*words)
    assert result.exit_code == 2
    assert result.stderr.startswith("Lỗi: ")


def test_a_document_is_taken_back(office: Run, tmp_path: Path) -> None:
    registry = Registry(load_register().bodies)
    engine = open_database(f"sqlite:///{tmp_path / 'office.db'}")
    draft = read_conclusion(SAMPLE.name, SAMPLE.read_bytes(), registry, None)
    clerk = act(Actor.SECRETARIAT, advance(engine, at("2022-08-30")))
    seen = all_confirmed(draft, date(2022, 8, 31))
    make_ready(engine, store_draft(engine, draft, SAMPLE.name, clerk), 0, at("2022-08-31"), clerk, seen)
    taken = office("take-back", "1")
    assert (taken.exit_code, taken.stderr) == (0, "")
    assert "(văn bản số 1). Chưa giao việc." in " ".join(taken.stdout.split())
    assert "không có việc đến hạn" in office("tick", "--now", "2022-08-31T08:00").stdout
    again = office("take-back", "1")
    assert again.exit_code == 2
    assert "chưa hẹn phát hành" in again.stderr


def test_before_the_tables_exist(run: Run) -> None:
    result = run("tick")
    assert result.exit_code == 2
    assert "dondoc migrate" in result.stderr


@pytest.mark.usefixtures("run")
def test_sweeps_before_the_tables_exist(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "environ", os.environ.copy())  # main sets what Prefect needs
    assert main(["once", "send_digests"]) == 2
    assert "dondoc migrate" in capsys.readouterr().err


def test_before_the_register_exists(run: Run) -> None:
    run("migrate")
    result = run("publish", "1")
    assert result.exit_code == 2


def test_time_does_not_run_backwards(office: Run, sqlite_engine: Engine) -> None:
    office("tick", "--now", "2022-09-01T08:00")
    result = office("tick", "--now", "2022-08-01T08:00")
    assert result.exit_code == 2
    assert "ở trước thời điểm gần nhất" in result.stderr


def test_a_mistyped_year_does_not_become_the_time_of_the_database(office: Run, tmp_path: Path) -> None:
    assert office("tick", "--now", "2022-09-01T08:00").exit_code == 0
    before = _dump(tmp_path)
    refused = office("tick", "--now", "2092-09-01T08:00")
    assert refused.exit_code == 2
    assert "lịch ngày làm việc năm 2092" in refused.stderr
    assert _dump(tmp_path) == before


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("DATABASE_URL", "garbage", "không hợp lệ"),
        ("DATABASE_URL", "mysql://u:sesame@localhost/x", "Không hỗ trợ cơ sở dữ liệu loại «mysql»"),
        ("DATABASE_URL", "postgresql://u:sesame@127.0.0.1:1/x", "Không mở được cơ sở dữ liệu"),
        ("DATABASE_URL", "sqlite:////dev/null/x.db", "Không mở được cơ sở dữ liệu"),
        ("SMTP_PORT", "sesame", "DONDOC_SMTP_PORT"),
    ],
)
@pytest.mark.parametrize("command", ["tick", "migrate"])
def test_a_wrong_setting_is_refused(
    run: Run, monkeypatch: pytest.MonkeyPatch, command: str, setting: str, value: str, said: str
) -> None:
    monkeypatch.setenv(f"DONDOC_{setting}", value)
    get_settings.cache_clear()
    result = run(command)
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())
    assert "sesame" not in result.output


def test_reading_on_the_terminal(run: Run) -> None:
    result = run("read", SAMPLE)
    assert result.exit_code == 0
    assert "11 chỉ đạo" in result.stdout
    assert "hằng quý" in result.stdout.lower()


def test_the_policy_in_words_needs_no_database(run: Run) -> None:
    said = run("policy", "check")
    assert said.exit_code == 0
    words = " ".join(said.stdout.split())
    assert "nhắc văn thư và chuyên viên trước 5, 3 và 1 ngày làm việc" in words
    assert "Chưa so sánh được" in words


def test_another_policy_is_compared(office: Run, tmp_path: Path) -> None:
    file = tmp_path / "thu.yaml"
    file.write_text("reminders:\n  urge_every_working_days: 9\n", encoding="utf-8")
    assert office("tick", "--now", "2022-08-30T09:00").exit_code == 0
    before = _dump(tmp_path)
    words = " ".join(office("policy", "check", "--policy", file).stdout.split())
    assert "Khác chính sách đang dùng ở 1 điểm reminders.urge_every_working_days" in words
    assert "sau đó cứ 9 ngày làm việc một lần" in words
    assert "lượt quét ngày 30/08/2022" in words
    assert _dump(tmp_path) == before


def test_a_faulty_policy_is_refused_with_its_lines(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "thu.yaml"
    file.write_text("hours:\n  morning: '05:00'\nreminder: {}\n", encoding="utf-8")
    for command in (("policy", "check"), ("simulate",)):
        refused = run(*command, "--policy", file)
        assert refused.exit_code == 2
        assert "dòng 2, trường hours.morning: giờ gửi thư buổi sáng nằm trong giờ yên lặng" in refused.stderr
        assert "dòng 3, trường reminder: trường không được biết đến" in refused.stderr


def test_the_simulation_on_the_terminal(office: Run, tmp_path: Path) -> None:
    draft = tmp_path / "draft.json"
    draft.write_text(office("read", SAMPLE, "--json").stdout, encoding="utf-8")
    assert office("publish", draft, "--confirm-doubts", "--now", "2022-08-30T09:00").exit_code == 0
    before = _dump(tmp_path)
    days = [json.loads(line) for line in office("simulate", "--days", "7", "--json").stdout.splitlines()]
    assert [day["day"] for day in days] == [f"2022-{day}" for day in (
        "08-30", "08-31", "09-01", "09-02", "09-03", "09-04", "09-05")]  # fmt: skip
    assert [day["working"] for day in days] == [True, True, False, False, False, False, True]
    assert any(message["letters"].get("assignment") for message in days[0]["messages"])
    said = office("simulate", "--from", "30/08/2022", "--days", "3").stdout
    assert "Thứ Ba, 30/08/2022" in said
    assert "Thứ Năm, 01/09/2022: ngày nghỉ" in said
    assert "Không thư nào được gửi" in " ".join(said.split())
    assert _dump(tmp_path) == before
    assert "Chưa có lịch ngày làm việc năm 2028" in office("simulate", "--from", "2027-12-30").stderr
