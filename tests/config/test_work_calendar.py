"""A year's file with a slip in it is refused with its line; a draft for a new year is seeded."""

from pathlib import Path

import pytest

from config.calendar_seed import main, seed, seed_days, seed_text
from config.files.errors import ConfigError
from config.work_calendar import load_calendar

SMALL = """\
year: 2026
notice: 9441/TB-BNV
provisional: false
days_off:
  "2026-01-01": Tết Dương lịch
  "2026-01-02": Nghỉ hoán đổi
worked: ["2026-01-10", "2026-08-22"]
"""
#: What a person corrected after seeding: the package had not learnt of it.
CORRECTIONS = {
    "2026-01-02": "Nghỉ hoán đổi (làm bù ngày 10/01/2026)",  # Công văn 12729/VPCP-KGVX
    "2026-01-10": "làm bù",
}


def written(folder: Path, text: str, name: str = "2026.yaml") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_a_year_in_order_loads(tmp_path: Path) -> None:
    year = load_calendar(written(tmp_path, SMALL)).years[2026]
    assert (year.notice, year.provisional, len(year.days_off), len(year.worked)) == (
        "9441/TB-BNV",
        False,
        2,
        2,
    )


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ('"2026-01-02"', '"2025-12-31"', 6, "31/12/2025 không thuộc năm 2026"),
        ('"2026-01-02"', '"2027-01-02"', 6, "02/01/2027 không thuộc năm 2026"),
        ('"2026-08-22"', '"2027-08-21"', 7, "21/08/2027 không thuộc năm 2026"),
        ('"2026-01-02"', '"2026-01-10"', 6, "10/01/2026 vừa ghi nghỉ vừa ghi làm bù"),
        ('"2026-08-22"', '"2026-08-21"', 7, "21/08/2026 không phải thứ Bảy hay Chủ nhật"),
        ('"2026-01-01"', '"2026-01-05"', 6, "02/01/2026 phải đứng trước 05/01/2026"),
        ('"2026-01-02"', '"2026-01-01"', 6, "«2026-01-01» ghi hai lần"),
        ('["2026-01-10", "2026-08-22"]', '["2026-08-22", "2026-01-10"]', 7, "phải đứng sau"),
        ('"2026-08-22"', '"2026-01-10"', 7, "mỗi ngày một lần"),
        ("provisional: false", "provisional: true", 3, "đã có số thông báo"),
        ("9441/TB-BNV", "null", 3, "chưa có số thông báo"),
        ("9441/TB-BNV", '" "', 2, "notice"),
        ("Nghỉ hoán đổi", '""', 6, "days_off"),
        ('"2026-01-02"', '"2026-02-30"', 6, "days_off"),
        ("year: 2026", "year: 2025", 5, "không thuộc năm 2025"),
        ("days_off", "days_of", 4, "không được biết đến"),
    ],
)
def test_a_slip_is_refused_with_its_line(tmp_path: Path, old: str, new: str, line: int, words: str) -> None:
    assert SMALL.count(old) == 1
    with pytest.raises(ConfigError) as refused:
        load_calendar(written(tmp_path, SMALL.replace(old, new)))
    [sentence] = [text for text in str(refused.value).splitlines() if words in text][:1]
    assert sentence.startswith(f"Tệp {tmp_path / '2026.yaml'}, dòng {line}")


def test_a_file_must_be_named_for_its_year(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"2027\.yaml, dòng 1, .*phải nằm ở tệp 2026\.yaml"):
        load_calendar(written(tmp_path, SMALL, "2027.yaml"))


@pytest.mark.parametrize("year", range(2022, 2028))
def test_shipped_years_are_the_seed_with_known_corrections(year: int) -> None:
    file = load_calendar().years[year]
    ours = {str(day): name for day, name in file.days_off.items()} | {str(d): "làm bù" for d in file.worked}
    off, worked = seed_days(year)
    seeded = {str(day): name for day, name in off.items()} | {str(day): "làm bù" for day in worked}
    assert {day: name for day, name in ours.items() if seeded.get(day) != name} == {
        day: name for day, name in CORRECTIONS.items() if day.startswith(str(year))
    }
    assert seeded.keys() - ours.keys() == set()


def test_a_seeded_year_loads_as_provisional(tmp_path: Path) -> None:
    path = seed(2028, tmp_path)
    year = load_calendar(tmp_path).years[2028]
    assert (year.provisional, year.notice) == (True, None)
    assert path.read_text(encoding="utf-8") == seed_text(2028)
    assert len(year.days_off) >= 9


def test_a_corrected_file_is_never_overwritten(tmp_path: Path) -> None:
    written(tmp_path, SMALL)
    with pytest.raises(ConfigError, match="Đã có tệp"):
        seed(2026, tmp_path)
    assert (tmp_path / "2026.yaml").read_text(encoding="utf-8") == SMALL


def test_the_command_explains_itself(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert [main(said, tmp_path) for said in ([], ["hai nghìn"], ["2028"], ["2028"])] == [2, 2, 0, 2]
    told = capsys.readouterr()
    assert "python -m config.calendar_seed NĂM" in told.err
    assert f"Đã có tệp {tmp_path / '2028.yaml'}" in told.err
    assert f"Đã tạo {tmp_path / '2028.yaml'}" in told.out
