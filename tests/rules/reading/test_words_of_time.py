"""Phrases of time of real papers: a day where the paper's day tells one, else a doubt; days hardly meant.

Kinds of issue 14 with phrases of our own; the paper is of Monday 10/4/2023.
"""

from datetime import date

import pytest

from config.work_calendar import load_calendar
from rules.draft import DraftDirective, DueKind
from rules.reading import read_text
from tests.rules.reading.orders import HEAD, REGISTRY, only


def told(words: str) -> DraftDirective:
    return only(f"Giao Sở Y tế kiểm tra, báo cáo UBND tỉnh {words}.")


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("trong 72 giờ", date(2023, 4, 13)),
        ("trong vòng 24 giờ", date(2023, 4, 11)),
        ("chậm nhất sau 02 tuần", date(2023, 4, 24)),
        ("trong vòng nửa tháng", date(2023, 4, 25)),
        ("trong thời hạn hai tháng", date(2023, 6, 10)),
        ("trong 03 tháng kể từ ngày ban hành", date(2023, 7, 10)),
        ("trong tháng tới", date(2023, 5, 31)),
        ("trước ngày 15 tháng sau", date(2023, 5, 15)),
        ("trước 16h chiều mai", date(2023, 4, 11)),
        ("ngay trong đêm nay", date(2023, 4, 10)),
        ("trong 10 ngày kể từ ngày 20/4", date(2023, 4, 30)),
        ("trong tháng 6 và tháng 7", date(2023, 7, 31)),
        ("trong tháng 9 - 10/2023", date(2023, 10, 31)),
        ("trong tháng 6/2023 (trước ngày 25/6)", date(2023, 6, 25)),
        ("trong quý II, quý III/2023", date(2023, 9, 30)),
        ("trước thứ Sáu, ngày 21/4/2023", date(2023, 4, 21)),
        ("trước ngày 30\u221504\u22152023", date(2023, 4, 30)),
    ],
)
def test_a_day_is_told(words: str, day: date) -> None:
    assert told(words).due.date == day


@pytest.mark.parametrize("words", ["cứ 4 giờ một lần", "mỗi 2 giờ một lần"])
def test_every_few_hours_is_daily(words: str) -> None:
    assert told(words).due.rule == "daily"


def test_so_many_times_a_week_is_weekly() -> None:
    assert only("Sở Y tế kiểm tra các trạm ít nhất 03 lần/tuần.").due.rule == "weekly"


@pytest.mark.parametrize(
    "words",
    [
        "vào giữa tháng 5/2023",
        "trong tuần đầu tháng 5/2023",
        "trong nửa đầu tháng 6",
        "trước ngày 23 tháng Chạp",
        "trước ngày 15/7 âm lịch",
        "trong vài ngày tới",
        "tại cuộc họp thường kỳ tháng 6",
        "trước ngày 30/12/20232",
        "trong 12 giờ kể từ khi có yêu cầu",
        "trong 02 ngày làm việc đối với từng hồ sơ",
    ],
)
def test_no_day_is_a_doubt(words: str) -> None:
    found = told(words)
    assert found.due.kind is DueKind.NONE
    assert any(doubt.field == "due" for doubt in found.doubts)


def test_the_period_of_a_report_is_no_deadline() -> None:
    found = only("Sở Y tế báo cáo UBND tỉnh về tình hình dịch bệnh những tháng cuối năm 2023.")
    assert found.due.kind is DueKind.NONE


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ("trước ngày 30/4/2032", "hơn hai năm"),
        ("trước ngày 30/4/2013", "đứng trước ngày của văn bản"),
        ("trước ngày 28/4/2023 (thứ Hai)", "là thứ Sáu"),
        ("trước thứ Ba, ngày 28/4/2023", "là thứ Sáu"),
    ],
)
def test_a_day_that_is_hardly_meant_is_kept_and_doubted(words: str, part: str) -> None:
    found = told(words)
    assert found.due.date
    assert any(part in doubt.message for doubt in found.doubts)


@pytest.mark.parametrize("words", ["trước ngày 28/4/2023 (thứ Sáu)", "trước ngày 30/4/2024"])
def test_a_day_that_may_be_meant_is_not(words: str) -> None:
    assert told(words).doubts == ()


def test_a_count_that_ends_on_a_day_off_is_doubted() -> None:
    def doubts(days: int) -> list[str]:
        text = f"{HEAD}1. Sở Y tế báo cáo trong {days} ngày kể từ ngày ban hành.\n"
        (found,) = read_text(text, REGISTRY, None, load_calendar()).directives
        return [doubt.message for doubt in found.doubts]

    assert [bool(doubts(days)) for days in (4, 5, 6)] == [False, True, True]
    assert "rơi vào ngày nghỉ (15/04/2023)" in doubts(5)[0]
