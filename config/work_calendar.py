"""Loads ``workdays/<year>.yaml``, the office's own or those that ship, into the calendar of the rules.

A year's file is copied by a person from a notice, so whatever a person can get wrong is refused
with its line: a day of another year, a day both off and worked, a worked weekday, a number of a
notice on a year still called provisional. ``config/calendar_seed.py`` drafts the next year.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

from config.files.days import Day
from config.files.errors import ConfigError
from config.files.setting_file import text_of
from config.files.shown import shown_path
from config.files.yaml_lines import locate
from config.files.yaml_source import MOST_BYTES, parse_yaml
from config.home import Stamp, stamp, year_files
from rules.calendar.workdays import WEEKEND, WorkCalendar, WorkYear
from rules.text.typed import FIRST_YEAR, LAST_YEAR

FOLDER = Path(__file__).parent / "workdays"

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
Year = Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)]
Fault = tuple[tuple[str | int, ...], str]


class YearFile(BaseModel):
    """One year's file: the notice's number where it has been seen, days off, days worked."""

    model_config = ConfigDict(extra="forbid")

    year: Year
    notice: Words | None = None
    provisional: bool = True
    days_off: dict[Day, Words] = Field(max_length=366)
    worked: list[Day] = Field(default=[], max_length=366)

    @model_validator(mode="after")
    def _consistent(self) -> "YearFile":
        faults = [*_notice_faults(self), *_off_faults(self), *_worked_faults(self)]
        if faults:
            raise ValidationError.from_exception_data("YearFile", [_detail(*fault) for fault in faults])
        return self


def load_calendar(folder: Path = FOLDER) -> WorkCalendar:
    """The calendar of all years in ``folder``. Raises ConfigError for a broken file."""
    return _of_files(sorted(folder.glob("*.yaml")))


def office_calendar() -> WorkCalendar:
    """The calendar of this office, read anew when a file of it has changed. Raises ConfigError."""
    files = tuple(year_files(FOLDER))
    return _as_stamped(files, tuple(map(stamp, files)))


@lru_cache(maxsize=1)
def _as_stamped(files: tuple[Path, ...], _stamps: tuple[Stamp, ...]) -> WorkCalendar:
    return _of_files(files)


def _of_files(files: Iterable[Path]) -> WorkCalendar:
    return WorkCalendar({year.year: year for year in map(_load_year, files)})


def _load_year(path: Path) -> WorkYear:
    text = text_of(path, MOST_BYTES)
    file = parse_yaml(text, path, YearFile)
    if path.stem != str(file.year):  # else one of two files of a year would silently win
        place = f"Tệp {shown_path(path)}, dòng {locate(text).line_of(('year',))}, trường year"
        raise ConfigError(f"{place}: năm {file.year} phải nằm ở tệp {file.year}.yaml.")
    return WorkYear(file.year, file.days_off, frozenset(file.worked), file.provisional, file.notice)


def _detail(place: tuple[str | int, ...], words: str) -> InitErrorDetails:
    fault = PydanticCustomError("calendar", "{words}", {"words": words})
    return InitErrorDetails(type=fault, loc=place, input=None)


def _notice_faults(file: YearFile) -> Iterator[Fault]:
    """A year is either provisional or has its notice (design of follow-up, "Deadlines")."""
    if file.notice and file.provisional:
        yield ("provisional",), "đã có số thông báo thì ghi provisional: false"
    if not file.notice and not file.provisional:
        yield ("provisional",), "chưa có số thông báo thì năm này còn tạm tính (provisional: true)"


def _off_faults(file: YearFile) -> Iterator[Fault]:
    worked = set(file.worked)
    for day in file.days_off:
        place = ("days_off", day.isoformat())
        if day.year != file.year:
            yield place, f"ngày {day:%d/%m/%Y} không thuộc năm {file.year}"
        if day in worked:
            yield place, f"ngày {day:%d/%m/%Y} vừa ghi nghỉ vừa ghi làm bù"
    for earlier, day in pairwise(file.days_off):
        if day < earlier:
            yield ("days_off", day.isoformat()), f"ngày {day:%d/%m/%Y} phải đứng trước {earlier:%d/%m/%Y}"


def _worked_faults(file: YearFile) -> Iterator[Fault]:
    for place, day in enumerate(file.worked):
        if day.year != file.year:
            yield ("worked", place), f"ngày {day:%d/%m/%Y} không thuộc năm {file.year}"
        if day.weekday() not in WEEKEND:
            yield ("worked", place), f"ngày {day:%d/%m/%Y} không phải thứ Bảy hay Chủ nhật"
    for place, (earlier, day) in enumerate(pairwise(file.worked), start=1):
        if day <= earlier:
            yield ("worked", place), f"ngày {day:%d/%m/%Y} phải đứng sau ngày ghi trước nó, mỗi ngày một lần"
