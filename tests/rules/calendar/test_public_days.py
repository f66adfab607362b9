"""2022-2026 day by day: the shipped calendar against a list compiled from public notices.

The list (``public_days.yaml``) names the source of each day; it was written from the notices, not
from ``config/workdays``.
"""

from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml

from config.work_calendar import load_calendar
from tests.cast import office

LIST = yaml.safe_load(Path(__file__).with_name("public_days.yaml").read_text(encoding="utf-8"))
YEARS = range(2022, 2027)
STATUTORY = ("01-01", "04-30", "05-01", "09-02")


def works(day: date) -> bool:
    """What the public list says of one day."""
    return day in LIST["days_worked"] or (day.weekday() < 5 and day not in LIST["days_off"])


@pytest.mark.parametrize("year", YEARS)
def test_every_day_of_the_year_is_as_announced(year: int) -> None:
    calendar = office().calendar
    days = [
        date(year, 1, 1) + timedelta(days=n) for n in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)
    ]
    differing = [
        f"{day:%a %d/%m/%Y}: " + ("công bố làm, lịch nghỉ" if works(day) else "công bố nghỉ, lịch làm")
        for day in days
        if calendar.is_working(day) != works(day)
    ]
    assert not differing, "\n".join(differing)


@pytest.mark.parametrize("year", YEARS)
def test_the_file_lists_no_day_that_nobody_announced(year: int) -> None:
    file = load_calendar().years[year]
    assert set(file.days_off) - LIST["days_off"].keys() == set()
    assert set(file.worked) == {day for day in LIST["days_worked"] if day.year == year}


def test_every_day_has_a_source_and_every_source_a_use() -> None:
    cited = {*LIST["days_off"].values(), *LIST["days_worked"].values()}
    assert cited == LIST["sources"].keys()
    assert all({"number", "says", "seen"} == source.keys() for source in LIST["sources"].values())


@pytest.mark.parametrize("year", YEARS)
def test_a_year_without_a_number_is_provisional(year: int) -> None:
    cited = {
        source for day, source in {**LIST["days_off"], **LIST["days_worked"]}.items() if day.year == year
    }
    numbers = [LIST["sources"][source]["number"] for source in cited if not source.startswith("law-")]
    file = office().calendar.years[year]
    assert file.provisional is (None in numbers)
    # "Thông báo số 9441/TB-BNV ngày 16/10/2025" is quoted at least by its number.
    assert file.provisional or all(
        number.split(" ngày ")[0].split(",")[0] in file.notice for number in numbers
    )


@pytest.mark.parametrize("year", YEARS)
def test_the_days_of_the_labour_code_are_there(year: int) -> None:
    """Article 112: four fixed days and their make-up; six with the fifth and Hùng Kings' from the moon."""
    assert {f"{year}-{day}" for day in STATUTORY} <= {str(day) for day in LIST["days_off"]}
    assert (date(year, 11, 24) in LIST["days_off"]) is (year >= 2026)


@pytest.mark.parametrize("year", YEARS)
def test_a_swap_keeps_the_number_of_working_days(year: int) -> None:
    swaps = [source for source in LIST["sources"] if "làm bù" in LIST["sources"][source]["says"]]
    worked = [day for day, source in LIST["days_worked"].items() if day.year == year and source in swaps]
    names = office().calendar.years[year].days_off.values()
    assert len(worked) == sum("hoán đổi" in name for name in names)
