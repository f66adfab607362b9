"""The office's own folder: what lies in it comes first, file by file, and what is wrong with it is said."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from config.agencies import SHIPPED_REGISTER, load_register
from config.committee import POLICY_FILE, Policy, office_policy
from config.files.errors import ConfigError
from config.home import chosen, home, named_home, settings_file, year_files
from config.settings import Settings, get_settings
from config.work_calendar import FOLDER, office_calendar
from tests.config.broken_files import BREAKERS

YEAR = 'year: {0}\ndays_off: {{"{0}-09-02": Quốc khánh}}\n'
BODY = """\
committee: {body: a, chair: a, standing_agency: a, upper: a, secretariat: a}
bodies: [{id: a, name: Sở A, kind: so, valid_from: 2010-01-01}]
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of an office."""
    monkeypatch.setenv("DONDOC_HOME", str(tmp_path / "office"))
    (tmp_path / "office").mkdir()
    return tmp_path / "office"


def test_without_a_folder_all_is_as_it_ships(monkeypatch: pytest.MonkeyPatch) -> None:
    for value in ("", "  ", None):
        monkeypatch.delenv("DONDOC_HOME", raising=False)
        if value is not None:
            monkeypatch.setenv("DONDOC_HOME", value)
        assert home() is None
        assert chosen(POLICY_FILE) == POLICY_FILE
        assert settings_file() == Path("dondoc.toml")
        assert year_files(FOLDER) == sorted(FOLDER.glob("*.yaml"))


def test_an_empty_folder_changes_only_where_settings_are_read(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "dondoc.toml").write_text('smtp_host = "elsewhere.example"\n', encoding="utf-8")
    assert Settings().smtp_host == "127.0.0.1"
    assert office_policy() == Policy()
    assert chosen(SHIPPED_REGISTER) == SHIPPED_REGISTER
    assert office_calendar().years.keys() == {int(path.stem) for path in FOLDER.glob("*.yaml")}


def test_each_file_of_the_folder_comes_first(folder: Path) -> None:
    (folder / "dondoc.toml").write_text('smtp_host = "mail.example"\n', encoding="utf-8")
    (folder / "committee.yaml").write_text("urging: {paper_from: 4}\n", encoding="utf-8")
    (folder / "agencies.yaml").write_text(BODY, encoding="utf-8")
    (folder / "workdays").mkdir()
    for year in (2022, 2031):
        (folder / "workdays" / f"{year}.yaml").write_text(YEAR.format(year), encoding="utf-8")
    assert Settings().smtp_host == "mail.example"
    assert office_policy().urging.paper_from == 4
    assert [body.id for body in load_register().bodies] == ["a"]
    years = office_calendar().years
    assert (len(years[2022].days_off), len(years[2031].days_off)) == (1, 1)
    assert len(years[2026].days_off) > 5  # this one ships


def test_a_year_is_read_again_when_its_file_changes(folder: Path) -> None:
    (folder / "workdays").mkdir()
    year = folder / "workdays" / "2031.yaml"
    year.write_text(YEAR.format(2031), encoding="utf-8")
    first = office_calendar()
    assert office_calendar() is first
    year.write_text(YEAR.format(2031) + "worked: [2031-01-04]\n", encoding="utf-8")
    assert len(office_calendar().years[2031].worked) == 1
    year.unlink()
    assert 2031 not in office_calendar().years


def _missing(path: Path) -> None:
    path.rmdir()


def _a_file(path: Path) -> None:
    path.rmdir()
    path.write_text("", encoding="utf-8")


def _a_loop(path: Path) -> None:
    path.rmdir()
    path.symlink_to(path)


@pytest.mark.parametrize(
    ("spoil", "words"),
    [(_missing, "không có thư mục"), (_a_file, "không phải thư mục"), (_a_loop, "không đọc được")],
)
def test_a_folder_that_is_none(folder: Path, spoil: Callable[[Path], None], words: str) -> None:
    spoil(folder)
    for read in (home, settings_file, office_policy, office_calendar, load_register, Settings):
        with pytest.raises(ConfigError, match=words) as refused:
            read()
        assert "DONDOC_HOME" in str(refused.value)
    assert named_home() == folder


def test_a_value_that_names_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    for value in ("x" * 2_001, "a\u202eb", "\udcff"):
        monkeypatch.setenv("DONDOC_HOME", value)
        with pytest.raises(ConfigError, match="DONDOC_HOME"):
            home()


READERS = {
    "committee.yaml": office_policy,
    "agencies.yaml": load_register,
    "workdays/2026.yaml": office_calendar,
    "dondoc.toml": get_settings.__wrapped__,  # past its cache
}


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("breaker", BREAKERS)
def test_a_broken_file_is_named(folder: Path, name: str, breaker: str) -> None:
    """A pipe, a folder, a gigabyte, a link to nothing: refused by name, never passed over."""
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    BREAKERS[breaker](path)
    with pytest.raises(ConfigError) as refused:
        READERS[name]()
    assert str(path) in str(refused.value)


@pytest.mark.parametrize("spoil", [lambda path: path.write_text("x"), os.mkfifo])
def test_a_calendar_folder_that_is_none(folder: Path, spoil: Callable[[Path], object]) -> None:
    spoil(folder / "workdays")
    with pytest.raises(ConfigError, match=r"workdays không phải thư mục"):
        office_calendar()


def test_a_hidden_file_is_no_year(folder: Path) -> None:
    """An editor's lock (``.#2026.yaml``, a link to nothing) must not stop an office at 06:45."""
    (folder / "workdays").mkdir()
    (folder / "workdays" / ".#2026.yaml").symlink_to("an.official@host.1234")
    (folder / "workdays" / "._2026.yaml").write_bytes(b"\x00\xff")
    assert 2026 in office_calendar().years


@pytest.mark.parametrize("name", ["committee.yaml", "workdays/2026.yaml"])
@pytest.mark.parametrize("text", ["", "# all of it was commented out\n", "~\n"])
def test_a_file_without_content(folder: Path, name: str, text: str) -> None:
    """Half a copy is nobody's wish to have everything by default."""
    (folder / "workdays").mkdir()
    (folder / name).write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=f"{name}, dòng 1: chưa có nội dung nào .* hoặc xóa tệp"):
        READERS[name]()
