"""``dondoc check``: what is missing is said with its mend, nothing is sent or stored, no secret is shown."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import Result
from sqlalchemy.engine import Engine
from typer.testing import CliRunner

from config import shipped
from config.act import by_clock
from config.settings import get_settings
from flows.actions.follow_up.digest import send_digest
from flows.actions.follow_up.follow_up import daily_follow_up
from flows.actions.installation.check import files
from flows.actions.installation.check.checks import CHECKS, checked
from flows.actions.installation.check.findings import Finding, FindingMark
from flows.actions.installation.instant import advance
from flows.cli import app
from flows.terminal.installation import check_command
from models.db import unit_of_work
from models.tables.agencies import ContactAddress
from models.tables.outbox import ChannelState
from notifications.sandbox.smtp_sink import SmtpSink
from notifications.sandbox.zalo_fake import ZaloFake
from tests.cast import DATED, at, dump, issue, move_in, office
from tests.config.broken_files import BREAKERS
from tests.flows.installation.wall import Wall
from tests.flows.installation.wall import wall as wall

SECRET = "ma-bi-mat-51c7"
DAY = "2022-08-16"  # a Tuesday
Settle = Callable[..., None]


@pytest.fixture
def settle(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Settle]:
    """Set settings for one command; ``dondoc.toml`` of the developer is out of reach."""
    monkeypatch.chdir(tmp_path)

    def set_them(**values: object) -> None:
        for name, value in values.items():
            monkeypatch.setenv(f"DONDOC_{name.upper()}", str(value))
        get_settings.cache_clear()

    set_them(smtp_timeout=2, zalo_timeout=2)
    yield set_them
    get_settings.cache_clear()


@pytest.fixture
def well(sqlite_engine: Engine, settle: Settle, wall: Wall) -> Iterator[tuple[SmtpSink, ZaloFake]]:
    """An office at work: its sweeps were here this morning, its mail server and Zalo answer."""
    wall(DAY, "11:00")
    move_in(sqlite_engine)
    issue(sqlite_engine, DATED)
    daily_follow_up(sqlite_engine, by_clock(at(DAY, "06:45"), office()))
    send_digest(sqlite_engine, by_clock(at(DAY, "07:15"), office()))
    with unit_of_work(sqlite_engine) as session:
        session.execute(sa.text("UPDATE outbox_letter SET state = 'obsolete'"))
    with SmtpSink() as smtp, ZaloFake(SECRET) as zalo:
        settle(
            database_url=sqlite_engine.url.render_as_string(hide_password=False),
            smtp_host=smtp.host, smtp_port=smtp.port, zalo_api=zalo.api, zalo_access_token=SECRET,
        )  # fmt: skip
        yield smtp, zalo


def found(key: str) -> list[Finding]:
    """What the check of this name says."""
    [one] = [one for one in checked() if one.check.key == key]
    return list(one.findings)


def missing(key: str) -> str:
    """The words and mends of what is missing in it."""
    return " ".join(f"{one.words} {one.mend}" for one in found(key) if one.mark is FindingMark.WRONG)


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["check", *words])


def test_an_office_that_has_all_it_needs(
    well: tuple[SmtpSink, ZaloFake], sqlite_engine: Engine, tmp_path: Path
) -> None:
    before, things = dump(sqlite_engine), sorted(tmp_path.rglob("*"))
    result = run()
    assert (result.exit_code, missing("contacts")) == (0, "")
    assert "Văn phòng đủ điều kiện làm việc." in result.stdout
    assert [label for label in (one.label for one in CHECKS) if label not in result.stdout] == []
    smtp, zalo = well
    assert (smtp.messages, zalo.messages) == ([], [])
    assert (dump(sqlite_engine), sorted(tmp_path.rglob("*"))) == (before, things)
    assert SECRET not in result.output


def test_as_json(well: tuple[SmtpSink, ZaloFake]) -> None:
    told = json.loads(run("--json").stdout)
    assert [one["check"] for one in told] == [one.key for one in CHECKS]
    assert all(one["well"] and one["findings"] for one in told)
    assert told[2]["findings"][0].keys() == {"mark", "words", "mend"}


def test_signs_survive_a_terminal_that_knows_ascii_only() -> None:
    assert all(sign.isascii() for sign, _ in check_command._SIGNS.values())
    assert len({sign for sign, _ in check_command._SIGNS.values()}) == len(FindingMark)


def test_nothing_is_there_yet(settle: Settle, tmp_path: Path) -> None:
    """A look makes no database, and says of each thing what it waits for."""
    settle(database_url=f"sqlite:///{tmp_path / 'office.db'}", smtp_port=1)
    result = run()
    assert result.exit_code == 1
    assert "Chưa có tệp cơ sở dữ liệu" in missing("database")
    assert "dondoc migrate" in missing("database")
    assert result.stdout.count("Chưa thử được") == 4  # admins, contacts, clock, schedules
    assert "Còn thiếu ở 6 mục" in result.stdout
    assert list(tmp_path.iterdir()) == []


def test_settings_that_cannot_be_read(settle: Settle) -> None:
    settle(smtp_port="sesame", zalo_access_token=f"{SECRET} {SECRET}")
    assert "DONDOC_SMTP_PORT" in missing("files")
    assert SECRET not in run().output
    assert "Chưa thử được" in missing("mail")


def test_each_fault_of_a_file_is_a_line_of_its_own(settle: Settle, tmp_path: Path) -> None:
    settle(home=tmp_path)
    (tmp_path / "committee.yaml").write_text(
        "urging: {paper_from: 0}\nhours: {morning: x}\n", encoding="utf-8"
    )
    (tmp_path / "agencies.yaml").write_text("bodies: []\n", encoding="utf-8")
    words = [one.words for one in found("files") if one.mark is FindingMark.WRONG]
    assert [
        line for line in words if "committee.yaml, dòng 1" in line or "committee.yaml, dòng 2" in line
    ] == words[:2]
    assert "agencies.yaml, dòng 1" in words[2]


@pytest.mark.parametrize("name", ["committee.yaml", "agencies.yaml", "workdays/2026.yaml", "dondoc.toml"])
@pytest.mark.parametrize("breaker", BREAKERS)
def test_a_broken_file_is_named(settle: Settle, tmp_path: Path, name: str, breaker: str) -> None:
    settle(home=tmp_path, database_url=f"sqlite:///{tmp_path / 'office.db'}", smtp_port=1)
    (tmp_path / "workdays").mkdir()
    BREAKERS[breaker](tmp_path / name)
    assert str(tmp_path / name) in missing("files")


def test_a_folder_that_is_not_there(settle: Settle, tmp_path: Path) -> None:
    settle(home=tmp_path / "none")
    result = run()
    assert result.exit_code == 1
    assert "không có thư mục" in missing("files")
    assert "dondoc init" in missing("files")


def test_what_is_not_read_is_said(settle: Settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"
    (home / "workdays").mkdir(parents=True)
    settle(home=home)
    for name in ("commitee.yaml", "notes.txt", "workdays/2031.yml", "dondoc.toml"):
        (home / name).write_text("")
    (home / "dondoc.toml").chmod(0o644)
    (tmp_path / "dondoc.toml").write_text("")
    notes = [f"{one.words} {one.mend}" for one in found("files") if one.mark is FindingMark.NOTE]
    assert any("commitee.yaml" in one and "«committee.yaml»" in one for one in notes)
    assert any("workdays/2031.yml" in one for one in notes)
    assert any("chmod 600" in one for one in notes)
    assert any("thư mục đang đứng" in one for one in notes)
    assert not any("notes.txt" in one for one in notes)
    assert missing("files") == ""


def test_an_edit_where_it_ships_is_told_how_to_move(
    settle: Settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "edited", lambda: ["committee.yaml"])
    [told] = [one for one in found("files") if "config/committee.yaml" in one.words]
    assert (told.mark, "dondoc init" in told.mend) == (FindingMark.NOTE, True)
    settle(home=tmp_path)
    (tmp_path / "committee.yaml").write_text("{}\n")
    [told] = [one for one in found("files") if "config/committee.yaml" in one.words]
    assert "không dùng tới" in told.words
    assert shipped.edited() == []


def test_mail(well: tuple[SmtpSink, ZaloFake], settle: Settle) -> None:
    assert [one.mark for one in found("mail")] == [FindingMark.GOOD]
    settle(smtp_security="starttls", smtp_username="a", smtp_password=SECRET)
    assert "không hỗ trợ mã hoá hoặc đăng nhập" in missing("mail")
    well[0].stop()
    assert "Không kết nối được máy chủ thư" in missing("mail")
    assert "DONDOC_SMTP_HOST" in missing("mail")
    assert SECRET not in run().output


def test_zalo(well: tuple[SmtpSink, ZaloFake], settle: Settle) -> None:
    assert [one.mark for one in found("zalo")] == [FindingMark.GOOD]
    settle(zalo_access_token="expired-token")
    assert "Cần gia hạn mã truy cập Zalo OA: Access token is invalid" in missing("zalo")
    assert "DONDOC_ZALO_ACCESS_TOKEN" in missing("zalo")
    settle(zalo_api=f"{well[1].api}/elsewhere")
    assert "không trả lời như Zalo (HTTP 404)" in missing("zalo")
    well[1].stop()
    assert "Không kết nối được Zalo" in missing("zalo")
    assert "expired-token" not in run().output


def test_a_channel_that_nobody_is_reached_by_is_not_tried(
    sqlite_engine: Engine, settle: Settle, tmp_path: Path
) -> None:
    move_in(sqlite_engine)
    with unit_of_work(sqlite_engine) as session:
        session.execute(sa.update(ContactAddress).values(channel="folder"))
    settle(database_url=sqlite_engine.url.render_as_string(hide_password=False))
    assert [one.mark for one in (*found("mail"), *found("zalo"))] == [FindingMark.NOTE, FindingMark.NOTE]


def test_calendar(well: object, wall: Wall, settle: Settle, tmp_path: Path) -> None:
    assert [one.mark for one in found("calendar")] == [FindingMark.GOOD, FindingMark.GOOD]
    settle(database_url=f"sqlite:///{tmp_path / 'none.db'}")
    wall("2027-12-20", "09:00")
    this_year, next_year = found("calendar")
    assert (this_year.mark, next_year.mark) == (FindingMark.NOTE, FindingMark.WRONG)
    assert "tạm tính" in this_year.words
    assert "workdays/2028.yaml" in next_year.mend


def test_contacts(well: object, sqlite_engine: Engine) -> None:
    with unit_of_work(sqlite_engine) as session:
        session.execute(sa.update(ContactAddress).values(withdrawn=True))
    words = missing("contacts")
    assert "Văn phòng chưa có địa chỉ nhận thư dùng được" in words
    assert "Cơ quan thường trực" in words
    assert "cơ quan đang có nhiệm vụ mà không có địa chỉ nhận thư: " in words
    assert "dondoc import agencies" in words
    assert "@" not in words


def test_a_register_that_was_not_imported(well: object, settle: Settle, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    settle(home=home)
    assert not any("khác sổ đang dùng" in one.words for one in found("contacts"))
    register = shipped.FOLDER / "agencies.yaml"
    (home / "agencies.yaml").write_bytes(register.read_bytes())
    assert not any("khác sổ đang dùng" in one.words for one in found("contacts"))
    text = register.read_text(encoding="utf-8").replace("name: Văn phòng UBND tỉnh\n", "name: Văn phòng\n", 1)
    (home / "agencies.yaml").write_text(text.replace("van-thu@", "van-phong@", 1), encoding="utf-8")
    [told] = [one for one in found("contacts") if "khác sổ đang dùng" in one.words]
    assert "ở 1 cơ quan, 2 địa chỉ" in told.words


def test_clock(well: object, sqlite_engine: Engine, wall: Wall) -> None:
    assert [one.mark for one in found("clock")] == [FindingMark.GOOD]
    wall("2022-10-16", "11:00")
    assert "Đồng hồ của máy chỉ ngày 16/10/2022" in missing("clock")
    assert "dondoc clock confirm" in missing("clock")
    advance(sqlite_engine, at("2022-10-20"))
    [told] = found("clock")
    assert (told.mark, "dondoc clock real" in told.mend) == (FindingMark.NOTE, True)


@pytest.mark.parametrize(
    ("day", "clock", "well_followed"),
    [
        (DAY, "11:00", True),
        ("2022-08-17", "09:30", True),
        ("2022-08-17", "10:00", False),
        ("2022-08-18", "01:00", False),
    ],
)
def test_the_last_follow_up(well: object, wall: Wall, day: str, clock: str, well_followed: bool) -> None:
    wall(day, clock)
    assert ("sau đó không có lượt nào" not in missing("schedules")) == well_followed
    assert ("dondoc work" in missing("schedules")) != well_followed


def test_letters_that_nobody_sends(well: object, sqlite_engine: Engine, wall: Wall) -> None:
    with unit_of_work(sqlite_engine) as session:
        session.execute(sa.text("UPDATE outbox_letter SET state = 'pending'"))
    assert "đã đến giờ gửi từ hơn nửa giờ" in missing("schedules")
    for hour in ("07:20", "18:00"):  # out of hours they wait as they should
        wall(DAY, hour)
        assert "đã đến giờ gửi" not in missing("schedules")


def test_a_channel_that_stands_still(well: object, sqlite_engine: Engine) -> None:
    since: datetime = at(DAY, "08:00") - timedelta(days=1)
    with unit_of_work(sqlite_engine) as session:
        session.add(ChannelState(channel="mail", since=since, text="Máy chủ thư không nhận"))
    assert "Kênh mail trục trặc từ 08:00 ngày 15/08/2022" in missing("schedules")
