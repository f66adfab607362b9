"""Recurring duties: the next day is strictly later, never skips one, and reads the guideline's notation."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.calendar.recurrence import WEEKDAYS, UnknownRule, check_rule, next_due
from tests.cast import office

CALENDAR = office().calendar
RULES = st.one_of(
    st.sampled_from(["daily", "weekly", "monthly", "monthly last-day", "quarterly", "semiannual", "yearly"]),
    st.sampled_from(WEEKDAYS).map("weekly {}".format),
    st.integers(1, 31).map("monthly day {}".format),
    st.tuples(st.integers(1, 31), st.integers(1, 31)).map(lambda days: f"monthly day {days[0]}, {days[1]}"),
    st.integers(1, 31).map("quarterly day {}".format),
    st.integers(1, 31).map("quarterly next day {}".format),
    st.dates().map(lambda day: f"yearly {day:%d-%m}"),
    st.just("yearly 15-06, 15-12"),
)
DAYS = st.dates(date(2022, 1, 1), date(2025, 12, 31))


@pytest.mark.parametrize(
    ("rule", "after", "due"),
    [
        ("daily", "2022-08-31", "2022-09-05"),  # over the holidays
        ("weekly", "2022-08-24", "2022-08-26"),
        ("weekly", "2022-08-26", "2022-08-31"),  # Friday 2/9 is off, so is Thursday
        ("weekly friday", "2022-08-26", "2022-09-02"),  # a named day stays, also on a day off
        ("monthly", "2022-08-15", "2022-08-31"),
        ("monthly", "2022-08-31", "2022-09-30"),
        ("monthly day 25", "2022-08-25", "2022-09-25"),  # a Sunday
        ("monthly day 10, 25", "2022-08-10", "2022-08-25"),
        ("monthly day 31", "2022-09-01", "2022-09-30"),
        ("monthly last-day", "2023-02-01", "2023-02-28"),
        ("monthly day 15, last-day", "2022-08-15", "2022-08-31"),
        ("quarterly", "2022-08-15", "2022-09-30"),
        ("quarterly day 20", "2022-09-20", "2022-12-20"),
        ("quarterly next day 10", "2022-08-15", "2022-10-10"),
        ("quarterly next day 10", "2022-10-01", "2022-10-10"),  # still belongs to the third quarter
        ("quarterly next day 10", "2022-10-10", "2023-01-10"),
        ("semiannual", "2022-08-15", "2022-12-30"),  # 31/12/2022 is a Saturday
        ("yearly", "2022-12-30", "2023-12-29"),
        ("yearly 15-06, 15-12", "2022-06-15", "2022-12-15"),
        ("yearly 29-02", "2023-03-01", "2024-02-29"),
        ("  Monthly Day 25 ", "2022-08-15", "2022-08-25"),
    ],
)
def test_examples(rule: str, after: str, due: str) -> None:
    assert next_due(rule, date.fromisoformat(after), CALENDAR) == date.fromisoformat(due)


@pytest.mark.parametrize(
    "rule",
    [
        "", "hourly", "monthly 25", "weekly chủ nhật", "yearly 1-6", "quarterly next",
        "quarterly day 0", "monthly day 32", "monthly day 10, 0", "yearly 30-02", "yearly 01-13",
    ],
)  # fmt: skip
def test_what_is_not_in_the_notation_is_refused(rule: str) -> None:
    with pytest.raises(UnknownRule, match="Không hiểu chu kỳ"):
        check_rule(rule)
    with pytest.raises(UnknownRule):
        next_due(rule, date(2022, 8, 15), CALENDAR)


@given(RULES, DAYS)
def test_the_next_day_is_strictly_later(rule: str, after: date) -> None:
    check_rule(rule)
    assert after < next_due(rule, after, CALENDAR) <= after + timedelta(days=370)


@given(RULES, DAYS, st.integers(0, 60))
def test_the_next_day_is_monotone(rule: str, after: date, days: int) -> None:
    later = after + timedelta(days=days)
    assert next_due(rule, after, CALENDAR) <= next_due(rule, later, CALENDAR)


@given(RULES, DAYS, st.integers(0, 60))
def test_no_day_in_between_is_skipped(rule: str, after: date, days: int) -> None:
    # Asking from any day before the next one gives that same one.
    due = next_due(rule, after, CALENDAR)
    between = min(after + timedelta(days=days), due - timedelta(days=1))
    assert next_due(rule, between, CALENDAR) == due
