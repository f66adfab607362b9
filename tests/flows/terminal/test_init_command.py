"""``dondoc init``, and a register that is imported from the folder."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from config.settings import get_settings
from flows.actions import office as offices
from flows.cli import app
from flows.terminal.commands import console
from flows.terminal.installation import init_command

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Runs a command in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DONDOC_DATABASE_URL", f"sqlite:///{tmp_path / 'office.db'}")
    monkeypatch.setattr(console, "width", 1000)
    get_settings.cache_clear()
    yield lambda *words: CliRunner().invoke(app, [str(word) for word in words])
    get_settings.cache_clear()


def test_it_says_what_it_made_and_what_to_do_next(run: Run, tmp_path: Path) -> None:
    result = run("init")
    home = tmp_path / "dondoc-home"
    assert result.exit_code == 0
    for words in (
        f"export DONDOC_HOME={home}",
        "«dondoc migrate»",
        "«dondoc import agencies»",
        "«dondoc check»",
    ):
        assert words in result.stdout
    for name in ("dondoc.toml", "committee.yaml", "agencies.yaml", "workdays/nam-mau.txt"):
        assert (home / name).is_file()
        assert f"  {name}: " in result.stdout


def test_the_variable_names_the_folder(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also one that is not there yet, in which no other command would run."""
    monkeypatch.setenv("DONDOC_HOME", str(tmp_path / "ours"))
    result = run("init")
    assert (result.exit_code, (tmp_path / "ours" / "dondoc.toml").is_file()) == (0, True)
    assert "export" not in result.stdout
    assert run("init", tmp_path / "others").exit_code == 0
    assert (tmp_path / "others" / "dondoc.toml").is_file()


def test_it_writes_nothing_over(run: Run, tmp_path: Path) -> None:
    (tmp_path / "dondoc-home").mkdir()
    (tmp_path / "dondoc-home" / "committee.yaml").write_text("{}\n")
    result = run("init")
    assert (result.exit_code, "đã có committee.yaml: không ghi đè" in result.stderr) == (2, True)
    assert len(list((tmp_path / "dondoc-home").iterdir())) == 1


def test_an_example(run: Run, tmp_path: Path) -> None:
    assert run("init", "demo", "--example", "soc-trang-2022").exit_code == 0
    assert "UBND tỉnh Sóc Trăng" in (tmp_path / "demo" / "agencies.yaml").read_text(encoding="utf-8")
    result = run("init", "other", "--example", "nowhere")
    assert (result.exit_code, "soc-trang-2022" in result.stderr) == (2, True)
    assert not (tmp_path / "other").exists()


def test_what_was_edited_where_it_ships_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(init_command, "edited", lambda: ["committee.yaml"])
    assert "Đã chép cả những chỗ Văn phòng đã sửa trong bản phần mềm: committee.yaml." in run("init").stdout


def test_the_register_of_the_folder_is_imported(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert run("migrate").exit_code == 0
    refused = run("import", "agencies")
    assert (refused.exit_code, "Chưa rõ nhập tệp nào" in refused.stderr) == (2, True)
    assert run("init", "home").exit_code == 0
    monkeypatch.setenv("DONDOC_HOME", str(tmp_path / "home"))
    assert "Đã nhập 7 cơ quan" in run("import", "agencies").stdout


@pytest.mark.parametrize("command", [("serve", "--port", "1"), ("work",)])
def test_whoever_stays_says_that_a_file_was_edited_where_it_ships(
    run: Run, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.setattr("config.shipped.edited", lambda: ["committee.yaml"])
    monkeypatch.setattr("flows.terminal.commands.serve_when_free", lambda _port: None)
    monkeypatch.setattr("flows.terminal.follow_up.resident.end_on_signal", lambda ended: ended.set())
    assert run("migrate").exit_code == 0
    result = run(*command)
    assert result.exit_code == 0
    assert "config/committee.yaml" in result.stderr
    assert "dondoc init" in result.stderr


def test_they_begin_under_the_version_before_where_a_file_is_broken(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("flows.terminal.commands.serve_when_free", lambda _port: None)
    assert run("migrate").exit_code == 0
    assert run("init", "home").exit_code == 0
    monkeypatch.setenv("DONDOC_HOME", str(tmp_path / "home"))
    assert offices.this_office().trouble == ""
    (tmp_path / "home" / "committee.yaml").write_text("urging: {paper_from: 0}\n", encoding="utf-8")
    result = run("serve", "--port", "1")
    assert result.exit_code == 0
    assert "dòng 1, trường urging.paper_from" in result.stderr
