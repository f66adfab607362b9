"""A file of the office that changed is in use after the next sweep; a broken one is not, and says so."""

import logging
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine
from starlette.testclient import TestClient

from config.act import by_clock
from config.committee import Policy, policy_of, policy_text
from config.files.errors import ConfigError
from flows import sweeping
from flows.actions import office as offices
from flows.actions.follow_up.follow_up import daily_follow_up, recorded
from flows.actions.follow_up.tick import tick
from flows.actions.office import this_office
from flows.terminal.follow_up.resident import one_line
from flows.terminal.tick_words import tick_lines
from models.db import DatabaseNotReady
from models.tables.follow_up_days import PolicyVersion
from tests.cast import Postman, at, move_in, office_with, rows, settings
from tests.config.broken_files import BREAKERS
from web.app import create_app

DAY = at("2022-08-16", "08:00")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of the office with a policy of its own; there is no database."""
    monkeypatch.setenv("DONDOC_HOME", str(tmp_path))
    monkeypatch.setattr(offices, "office_database", _no_database)
    (tmp_path / "committee.yaml").write_text("urging: {paper_from: 3}\n", encoding="utf-8")
    return tmp_path


def _no_database() -> Engine:
    raise DatabaseNotReady("Chưa có cơ sở dữ liệu.")


def spoil(home: Path, text: str = "urging: {paper_from: 0}\nhours: {morning: x}\n") -> str:
    """Break the policy in two places; returns what must be said of the first."""
    (home / "committee.yaml").write_text(text, encoding="utf-8")
    return f"{home / 'committee.yaml'}, dòng 1, trường urging.paper_from: số quá nhỏ"


def test_a_change_is_taken_up_without_a_restart(home: Path) -> None:
    first = this_office()
    assert first.policy.urging.paper_from == 3
    assert this_office() is first
    (home / "committee.yaml").write_text("urging: {paper_from: 4}\n", encoding="utf-8")
    second = this_office()
    assert (second.policy.urging.paper_from, second.trouble) == (4, "")
    assert first.policy_digest != second.policy_digest
    assert first.calendar_digest == second.calendar_digest
    (home / "committee.yaml").unlink()
    assert this_office().policy == Policy()


def test_what_is_only_written_otherwise_is_the_same_version(home: Path) -> None:
    first = this_office()
    (home / "committee.yaml").write_text("# ghi chú\nurging:\n  paper_from: 03\n", encoding="utf-8")
    assert this_office() is not first
    assert this_office() == first


def test_a_year_is_taken_up_too(home: Path) -> None:
    first = this_office()
    (home / "workdays").mkdir()
    (home / "workdays" / "2031.yaml").write_text("year: 2031\ndays_off: {}\n", encoding="utf-8")
    assert 2031 in this_office().calendar.years
    assert this_office().calendar_digest != first.calendar_digest


@pytest.mark.parametrize("breaker", BREAKERS)
@pytest.mark.parametrize("name", ["committee.yaml", "workdays/2022.yaml"])
def test_a_broken_file_keeps_what_was_in_use(home: Path, name: str, breaker: str) -> None:
    (home / "workdays").mkdir()
    good = this_office()
    (home / name).unlink(missing_ok=True)
    BREAKERS[breaker](home / name)
    broken = this_office()
    assert (broken.policy, broken.calendar) == (good.policy, good.calendar)
    assert broken.policy_digest == good.policy_digest
    assert str(home / name) in broken.trouble
    (home / name).rmdir() if breaker == "folder" else (home / name).unlink()
    assert this_office().trouble == ""


def test_a_good_file_beside_a_broken_one_is_taken_up(home: Path) -> None:
    this_office()
    words = spoil(home)
    (home / "workdays").mkdir()
    (home / "workdays" / "2031.yaml").write_text("year: 2031\ndays_off: {}\n", encoding="utf-8")
    found = this_office()
    assert found.policy.urging.paper_from == 3
    assert 2031 in found.calendar.years
    assert words in found.trouble
    assert "(và 1 lỗi khác)" in found.trouble


def test_a_folder_that_is_away_for_a_while(home: Path) -> None:
    good = this_office()
    home.rename(away := home.with_name("away"))
    assert this_office().policy == good.policy
    assert "DONDOC_HOME" in this_office().trouble
    away.rename(home)
    assert this_office() == good


def test_a_process_that_begins_with_a_broken_policy(
    home: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It goes on under the policy of the last day that was followed, or does not begin at all."""
    words = spoil(home)
    with pytest.raises(ConfigError, match="dòng 1, trường urging.paper_from"):
        this_office()
    monkeypatch.setattr(offices, "office_database", lambda: engine)
    with pytest.raises(ConfigError):  # no day was followed
        this_office()
    lived = Policy.model_validate({"urging": {"paper_from": 4}})
    daily_follow_up(move_in(engine), by_clock(DAY, office_with(lived)))
    assert this_office().policy == lived
    assert words in this_office().trouble


def test_a_broken_calendar_is_guessed_by_nobody(home: Path) -> None:
    (home / "workdays").mkdir()
    (home / "workdays" / "2022.yaml").write_text("year: 2023\ndays_off: {}\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"2022\.yaml, dòng 1"):
        this_office()


def test_a_kept_policy_is_read_back() -> None:
    changed = Policy.model_validate({"hours": {"morning": "8:05"}, "digest": {"weekday": 4}})
    for policy in (Policy(), changed):
        assert policy_of(policy_text(policy)) == policy
        assert policy_of(recorded(policy, DAY).text) == policy
    for text in ("", "[]", "{}", '{"hours": 1}', '{"hours": {}, "of": "an older release"}'):
        assert policy_of(text) is None


def test_every_tick_says_it_first(home: Path, engine: Engine) -> None:
    this_office()
    move_in(engine)
    words = spoil(home)
    report = tick(engine, this_office(), DAY, settings(), Postman())
    assert words in tick_lines(report)[0]
    assert tick_lines(report)[0].startswith("CHÚ Ý: ")
    assert words in one_line(report)
    [kept] = rows(engine, PolicyVersion)
    assert policy_of(kept.text) == this_office().policy  # the day was followed under the old one
    (home / "committee.yaml").write_text("urging: {paper_from: 4}\n", encoding="utf-8")
    assert tick(engine, this_office(), DAY, settings(), Postman()).trouble == ""
    lived = [policy_of(row.text) for row in rows(engine, PolicyVersion)]
    assert {one.urging.paper_from for one in lived if one} == {3, 4}


def test_a_sweep_of_prefect_says_it(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    this_office()
    words, kept = spoil(home), list[sweeping.Swept]()
    monkeypatch.setattr(sweeping, "look_at_door", lambda: None)
    monkeypatch.setattr(sweeping, "get_run_logger", lambda: logging.getLogger("run"))
    monkeypatch.setattr(sweeping, "concluded", lambda _slug, _title, swept: kept.append(swept))
    sweeping.through_the_door("a", "A", lambda _now: sweeping.Swept(DAY, "Xong."), None)
    assert words in kept[0].summary
    assert kept[0].summary.endswith("Xong.")
    assert words in dict(kept[0].rows)[sweeping.OLD_VERSION]


def test_the_pages_follow_the_files_and_say_what_is_wrong(home: Path, engine: Engine) -> None:
    move_in(engine)
    app = create_app(engine)
    app.state.engine = engine
    with TestClient(app, base_url="http://127.0.0.1", client=("127.0.0.1", 50000)) as pages:
        assert this_office().policy_digest in pages.get("/viec").text
        assert "banners" not in pages.get("/viec").text
        spoil(home)
        text = pages.get("/viec").text
        assert "dòng 1, trường urging.paper_from" in text
        assert text.index("Không dùng được cấu hình") < text.index("<main")
        (home / "committee.yaml").write_text("urging: {paper_from: 4}\n", encoding="utf-8")
        text = pages.get("/viec").text
        assert "Không dùng được cấu hình" not in text
        assert this_office().policy_digest in text
