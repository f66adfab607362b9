"""Units report to an aggregator: an earlier date of their own, derived and shown."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.deadlines.two_hop import UnitsDue, aggregator, units_due
from tests.cast import office

CALENDAR = office().calendar
UNITS, FINANCE, PROVINCE = "cap-huyen", "stc", "ubnd-tinh"


@pytest.mark.parametrize(
    ("text", "phrase", "found"),
    [
        (
            "UBND các huyện gửi số liệu về Sở Tài chính để tổng hợp, báo cáo UBND tỉnh trước ngày 30/9/2026",
            "trước ngày 30/9/2026",
            FINANCE,
        ),
        (
            "Các huyện báo cáo Sở Tài chính để Sở tổng hợp, trình UBND tỉnh trong tháng 9",
            "trong tháng 9",
            FINANCE,
        ),
        (  # the date is the units' own
            "UBND các huyện gửi Sở Tài chính trước ngày 20/9/2026 để tổng hợp, báo cáo UBND tỉnh",
            "trước ngày 20/9/2026",
            None,
        ),
        ("UBND các huyện báo cáo Sở Tài chính trước ngày 20/9/2026", "trước ngày 20/9/2026", None),
        ("Sở Tài chính tổng hợp, báo cáo UBND tỉnh trước ngày 20/9/2026", "trước ngày 20/9/2026", None),
        ("UBND các huyện gửi Sở Tài chính để tổng hợp, báo cáo UBND tỉnh", None, None),
    ],
)
def test_only_a_sentence_that_says_so_makes_a_hop(text: str, phrase: str | None, found: str | None) -> None:
    assert aggregator(text, phrase, [UNITS], [FINANCE, PROVINCE]) == found


def test_who_aggregates_its_own_work_makes_no_hop() -> None:
    text = "Sở Tài chính gửi số liệu để tổng hợp, báo cáo UBND tỉnh trước ngày 30/9/2026"
    assert aggregator(text, "trước ngày 30/9/2026", [FINANCE], [FINANCE]) is None
    assert aggregator(text, "trước ngày 30/9/2026", [UNITS], []) is None
    assert aggregator(text, "trước ngày 30/9/2026", [UNITS, FINANCE], [FINANCE]) == FINANCE


def test_the_earlier_date_is_shown_with_its_reason() -> None:
    found = units_due(date(2026, 9, 9), 3, CALENDAR)
    assert found == UnitsDue(date(2026, 9, 4), "hai cấp: sớm hơn 3 ngày làm việc so với 09/09/2026")


def test_over_a_day_off_the_aggregator_keeps_its_whole_days() -> None:
    found = units_due(date(2022, 9, 3), 3, CALENDAR)  # a Saturday after the holiday
    assert found is not None
    assert found.due_on == date(2022, 8, 26)


def test_nobody_is_given_a_date_already_past() -> None:
    assert units_due(date(2022, 8, 31), 3, CALENDAR, assigned_on=date(2022, 8, 26)) is None
    assert units_due(date(2022, 8, 31), 3, CALENDAR, assigned_on=date(2022, 8, 25)) is not None


@given(st.dates(date(2022, 3, 1), date(2026, 12, 31)), st.integers(1, 10))
def test_units_are_always_earlier_and_on_a_working_day(due: date, days: int) -> None:
    found = units_due(due, days, CALENDAR)
    assert found is not None
    assert found.due_on < due
    assert CALENDAR.is_working(found.due_on)
    assert CALENDAR.between(found.due_on, due) == days
