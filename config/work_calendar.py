"""Loads ``config/workdays/<year>.yaml`` into the calendar of the rules."""

from datetime import date
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from config.yaml_source import load_yaml
from rules.workdays import WorkCalendar, WorkYear

FOLDER = Path(__file__).parent / "workdays"


class YearFile(BaseModel):
    """One year's file: the notice's number where it has been seen, days off, days worked."""

    model_config = ConfigDict(extra="forbid")

    year: int
    notice: str | None = None
    provisional: bool = True
    days_off: dict[date, str]
    worked: list[date] = []


def load_calendar(folder: Path = FOLDER) -> WorkCalendar:
    """The calendar of all years in ``folder``. Raises ConfigError for a broken file."""
    return WorkCalendar({year.year: year for year in map(_load_year, sorted(folder.glob("*.yaml")))})


@cache
def office_calendar() -> WorkCalendar:
    """The shipped calendar, read once a process."""
    return load_calendar()


def _load_year(path: Path) -> WorkYear:
    file = load_yaml(path, YearFile)
    return WorkYear(file.year, file.days_off, frozenset(file.worked), file.provisional, file.notice)
