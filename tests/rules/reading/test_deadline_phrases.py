"""Deadline phrases, one by one: labelling guideline §4."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.draft import DraftDue, DueKind
from rules.reading.dates.dates import WEEKDAY_NAMES
from rules.reading.dates.deadline_phrases import DeadlineReader
from rules.reading.text.normalise import views_of

ISSUED = date(2023, 9, 18)  # a Monday


def read(text: str, day: date | None = ISSUED, calendar: object | None = None) -> DraftDue:
    views = views_of(text)
    return DeadlineReader(views, day, calendar).read(0, len(views.text))


@pytest.mark.parametrize(
    ("phrase", "due"),
    [
        ("trình UBND tỉnh trước ngày 28/12/2023", "2023-12-28"),
        ("xong trước 25/9", "2023-09-25"),
        ("gửi trước ngày 10/01", "2024-01-10"),  # the next occurrence
        ("trình trước ngày 20 tháng 01 năm 2024", "2024-01-20"),
        ("trước ngày 20.10.2023", "2023-10-20"),
        ("báo cáo trước ngày 20-11", "2023-11-20"),
        ("đề xuất trước 17 giờ ngày 22/9/2023", "2023-09-22"),
        ("gửi trước 16h30 ngày 22/9", "2023-09-22"),
        ("chậm nhất ngày 31/10", "2023-10-31"),
        ("đến hết ngày 31/01/2024 giải ngân đạt 95%", "2024-01-31"),
        ("tổ chức vào ngày 02/10", "2023-10-02"),
        ("trước ngày l5/1O/2023", "2023-10-15"),  # damaged by scanning
        ("trình UBND tỉnh trong tháng 11", "2023-11-30"),
        ("trong tháng 01", "2024-01-31"),
        ("trong tháng 02/2024", "2024-02-29"),
        ("hoàn thành cuối tháng 10", "2023-10-31"),
        ("hoàn thành trong quý IV", "2023-12-31"),
        ("hoàn thành trong quý 1/2024", "2024-03-31"),
        ("trong quý I-2024", "2024-03-31"),
        ("hoàn thành trong quý III năm nay", "2023-09-30"),
        ("phấn đấu đến cuối năm có 60 sản phẩm", "2023-12-31"),
        ("thực hiện trong năm 2024", "2024-12-31"),
        ("hoàn thành trong 6 tháng đầu năm 2024", "2024-06-30"),
        ("gửi thư ký trong tuần này", "2023-09-22"),
        ("gửi Sở Tài chính trong tuần sau", "2023-09-29"),
        ("gửi trước 16h00 thứ Ba tuần sau (26/9)", "2023-09-26"),
        ("gửi trước thứ Ba tuần sau", "2023-09-26"),
        ("trong thời hạn 05 ngày làm việc kể từ ngày ban hành Thông báo này", "2023-09-25"),
        ("trong vòng 10 ngày kể từ ngày ký", "2023-09-28"),
        ("nếu đến 30/9 vẫn không bổ sung đủ máy móc thì chấm dứt hợp đồng", "2023-09-30"),
        ("phấn đấu đến ngày 30/9 đạt 60% và cuối năm đạt trên 95%", "2023-12-31"),
        ("lễ khai mạc vào ngày 20/11/2023; trình trước khai mạc ít nhất 45 ngày", "2023-10-06"),
    ],
)
def test_a_date(phrase: str, due: str) -> None:
    found = read(phrase)
    assert (found.kind, str(found.date)) == (DueKind.DATE, due)
    assert found.phrase
    assert found.read_by


@pytest.mark.parametrize(
    ("phrase", "rule"),
    [
        ("hằng ngày, trước 15 giờ, thông báo độ mặn", "daily"),
        ("báo cáo hàng tuần", "weekly"),
        ("báo cáo vào chiều thứ Sáu hằng tuần", "weekly friday"),
        ("hằng tuần, vào thứ Năm, báo cáo", "weekly thursday"),
        ("cung cấp vào Chủ nhật hằng tuần", "weekly sunday"),
        ("công bố giá hằng tháng, bắt đầu từ tháng 8", "monthly"),
        ("trước ngày 28 hằng tháng", "monthly day 28"),
        ("định kỳ hằng tháng, trước ngày 25", "monthly day 25"),
        ("vào ngày 05 và ngày 20 hằng tháng", "monthly day 5, 20"),
        ("mỗi tháng hai lần, vào ngày 01 và ngày 15", "monthly day 1, 15"),
        ("vào ngày 15 và ngày cuối tháng hằng tháng", "monthly day 15, last-day"),
        ("báo cáo vào ngày cuối tháng", "monthly last-day"),
        ("báo cáo hằng quý", "quarterly"),
        ("định kỳ hằng quý, trước ngày 20 của tháng cuối quý", "quarterly day 20"),
        ("trước ngày 05 của tháng đầu quý sau", "quarterly next day 5"),
        ("định kỳ 6 tháng báo cáo", "semiannual"),
        ("6 tháng (trước 20/6) và năm (trước 15/12)", "yearly 20-06, 15-12"),
        ("trước ngày 15/12 hằng năm", "yearly 15-12"),
    ],
)
def test_a_recurrence(phrase: str, rule: str) -> None:
    found = read(phrase)
    assert (found.kind, found.rule, found.date) == (DueKind.RECURRING, rule, None)


@pytest.mark.parametrize(
    "phrase",
    [
        "kịp thời, khẩn trương triển khai ngay trong thời gian tới",
        "chậm nhất 05 ngày kể từ ngày nhận hồ sơ",
        "hoàn thành trước Tết Nguyên đán Quý Mão",
        "tại kỳ họp cuối năm",
        "gửi số liệu, không chờ đến ngày 30/9",
        "tuyệt đối không dồn thanh toán vào cuối năm",
        "bắt đầu từ tháng 5",
        "kể từ ngày 01/7/2023",
        "theo Công văn số 233/SNN-TL ngày 02/10/2023",
        "thực hiện Nghị quyết số 20-NQ/TW ngày 16/6/2022",
        "kế hoạch thanh tra năm 2024",
        "ranh mặn 4 g/l đã vào sâu 38,5 km",
        "trước ngày 31/02/2024",
    ],
)
def test_no_deadline(phrase: str) -> None:
    assert read(phrase).kind is DueKind.NONE


def test_an_event_is_awaited_and_named() -> None:
    found = read("trong 05 ngày kể từ ngày nhận đủ hồ sơ")
    assert (found.anchor, found.event) == ("event", "nhận đủ hồ sơ")
    assert read("trong 05 ngày làm việc kể từ ngày nhận được Thông báo này").anchor == "receipt"


@pytest.mark.parametrize(
    "phrase", ["trong 05 ngày kể từ ngày ký", "trong tuần sau", "trước ngày 30/9", "trong quý IV"]
)
def test_without_a_date_of_the_document_nothing_is_resolved(phrase: str) -> None:
    found = read(phrase, day=None)
    assert (found.kind, found.date) == (DueKind.NONE, None)
    assert found.phrase
    assert read("trước ngày 30/9/2023", day=None).date == date(2023, 9, 30)


def test_working_days_follow_the_calendar_given() -> None:
    class AllDaysWork:
        def add(self, day: date, count: int) -> date:
            return day + timedelta(days=count)

    phrase = "trong 07 ngày làm việc kể từ ngày ban hành"
    assert read(phrase).date == date(2023, 9, 27)
    assert read(phrase, calendar=AllDaysWork()).date == date(2023, 9, 25)


def test_cuoi_thang_is_marked_approximate() -> None:
    assert read("hoàn thành vào cuối tháng 10").approximate
    assert not read("hoàn thành trong tháng 10").approximate


@settings(max_examples=60, deadline=None)
@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.dates(date(2020, 1, 1), date(2030, 12, 31)))
def test_a_written_day_is_read_back_and_a_missing_year_is_the_next(day: date, issued: date) -> None:
    assert read(f"báo cáo trước ngày {day.day}/{day.month}/{day.year}", issued).date == day
    found = read(f"báo cáo trước ngày {day.day}/{day.month}", issued).date
    assert found is not None
    assert issued <= found
    assert (found.day, found.month) == (day.day, day.month)


LIMITS = (
    "trước ngày",
    "chậm nhất ngày",
    "chậm nhất là ngày",
    "đến hết ngày",
    "xong trước ngày",
    "hạn chót là ngày",
)


def printed_day(day: date, style: int) -> str:
    """A day as documents write it; the reader must read back each style."""
    return (
        f"{day.day}/{day.month}/{day.year}",
        f"{day.day:02}/{day.month:02}/{day.year}",
        f"{day.day}-{day.month}-{day.year}",
        f"{day.day:02}.{day.month:02}.{day.year}",
        f"{day.day:02} tháng {day.month} năm {day.year}",
    )[style]


def printed_rule(rule: str) -> str:
    """A recurrence in words."""
    cycle, _, detail = rule.partition(" day ")
    words = {
        "daily": "hằng ngày",
        "weekly": "hằng tuần",
        "monthly": "hằng tháng",
        "quarterly": "hằng quý",
        "semiannual": "định kỳ 6 tháng một lần",
        "monthly last-day": "vào ngày cuối tháng",
        "quarterly next": f"trước ngày {detail} của tháng đầu quý sau",
    }
    days = ("hai", "ba", "tư", "năm", "sáu", "bảy")
    words |= {f"weekly {day}": f"vào thứ {days[n]} hằng tuần" for n, day in enumerate(WEEKDAY_NAMES[:6])}
    if detail and cycle == "monthly":
        return f"trước ngày {detail.replace(', ', ' và ngày ')} hằng tháng"
    if detail and cycle == "quarterly":
        return f"trước ngày {detail} của tháng cuối quý"
    return words[cycle]


days = st.dates(date(2023, 9, 18), date(2030, 12, 31))
numbers = st.integers(1, 28)
rules = st.one_of(
    st.sampled_from(["daily", "weekly", "monthly", "quarterly", "semiannual", "monthly last-day"]),
    st.sampled_from([f"weekly {day}" for day in WEEKDAY_NAMES[:6]]),
    numbers.map(lambda n: f"monthly day {n}"),
    numbers.map(lambda n: f"quarterly day {n}"),
    numbers.map(lambda n: f"quarterly next day {n}"),
    st.tuples(st.integers(1, 14), st.integers(15, 28)).map(lambda pair: f"monthly day {pair[0]}, {pair[1]}"),
)


@settings(max_examples=120, deadline=None)
@given(days, st.integers(0, 4), st.sampled_from(LIMITS), st.sampled_from(["", "17 giờ ", "16h30 "]))
def test_a_printed_day_is_read_back(day: date, style: int, limit: str, clock: str) -> None:
    phrase = f"{limit.removesuffix('ngày')}{clock}ngày {printed_day(day, style)}"
    assert read(f"lập danh sách, báo cáo {phrase}").date == day


@settings(max_examples=120, deadline=None)
@given(rules)
def test_a_printed_recurrence_is_read_back(rule: str) -> None:
    assert read(f"báo cáo kết quả {printed_rule(rule)}").rule == rule
