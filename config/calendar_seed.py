"""Drafts ``config/workdays/<year>.yaml`` from the ``holidays`` package, for a person to correct.

``python -m config.calendar_seed 2028`` in a checkout with the development packages. The draft holds
the statutory days, their make-up days and the swaps that the package knows; the notice of the year
(Tết, Quốc khánh, swapped Saturdays) is compared by hand, then ``notice`` and ``provisional`` change.
"""

import re
import sys
from datetime import date
from pathlib import Path

from config.files.errors import ConfigError
from config.work_calendar import FOLDER
from rules.calendar.workdays import WEEKEND
from rules.refusal import Refusal
from rules.text.typed import FIRST_YEAR, LAST_YEAR, YEARS, count_typed

_HEADER = """\
# Days of {year} that differ from the weekly pattern (Saturday and Sunday off).
# Drafted from the package holidays {version}; compare it with the notice of the year, correct it,
# enter the notice's number and date, and only then write provisional: false.
year: {year}
notice: null  # number and date of the official notice
provisional: true
"""
#: The package's words in the spelling of the offices.
_WORDS = (
    (re.compile(r"^Ngày nghỉ \(thay cho ngày (.+)\)$"), r"Nghỉ hoán đổi (làm bù ngày \1)"),
    (re.compile(r"^Ngày Giỗ Tổ"), "Giỗ Tổ"),
    (re.compile(r"Nguyên Đán"), "Nguyên đán"),
)


def seed_days(year: int) -> tuple[dict[date, str], tuple[date, ...]]:
    """Days off on weekdays with their names, and weekend days worked, as the package has them.

    Raises ConfigError when the package is not installed or knows nothing of ``year``.
    """
    try:
        from holidays import country_holidays
    except ImportError:
        raise ConfigError("Chưa cài gói holidays: hãy chạy «make check» một lần rồi thử lại.") from None
    days = country_holidays("VN", years=year, language="vi", expand=False)
    if not days:
        raise ConfigError(f"Gói holidays không có ngày nghỉ năm {year}.")
    off = {day: _named(name) for day, name in sorted(days.items()) if day.weekday() not in WEEKEND}
    return off, tuple(sorted(day for day in days.weekend_workdays if day.year == year))


def seed_text(year: int) -> str:
    """The draft of the year's file, in the form of those already there."""
    from importlib.metadata import version

    off, worked = seed_days(year)
    days = "".join(f'  "{day}": {name}\n' for day, name in off.items())
    swapped = ", ".join(f'"{day}"' for day in worked)
    header = _HEADER.format(year=year, version=version("holidays"))
    return f"{header}days_off:\n{days}worked: [{swapped}]  # weekend days worked instead\n"


def seed(year: int, folder: Path = FOLDER) -> Path:
    """Write the draft; never over a file that a person may have corrected. Raises ConfigError."""
    path = folder / f"{year}.yaml"
    text = seed_text(year)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise ConfigError(f"Đã có tệp {path}; hãy sửa tệp ấy, hoặc xóa đi rồi tạo lại.") from None
    except OSError as error:
        raise ConfigError(f"Không ghi được tệp {path}: {error}.") from None
    return path


def _named(name: str) -> str:
    for pattern, words in _WORDS:
        name = pattern.sub(words, name)
    return name


def main(arguments: list[str], folder: Path = FOLDER) -> int:
    """Seed one year; the exit code is 2 for everything that the user can mend."""
    year = count_typed(arguments[0], LAST_YEAR) if len(arguments) == 1 else None
    if year is None or year < FIRST_YEAR:
        sys.stderr.write(f"Cách dùng: python -m config.calendar_seed NĂM (năm từ {YEARS})\n")
        return 2
    try:
        path = seed(year, folder)
    except Refusal as refusal:
        sys.stderr.write(f"Lỗi: {refusal}\n")
        return 2
    sys.stdout.write(f"Đã tạo {path}: hãy đối chiếu với thông báo nghỉ lễ, tết của năm.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
