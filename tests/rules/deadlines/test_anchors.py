"""Deadlines from a receipt or an event: the phrase is read again once its anchor has a day."""

from datetime import date

import pytest

from rules.deadlines.anchors import event_basis, event_due, presumed_receipt, receipt_basis, receipt_due
from rules.draft import DraftDue
from rules.reading.dates.deadline_phrases import DeadlineReader
from rules.reading.text.normalise import views_of
from tests.cast import office

CALENDAR = office().calendar
RECEIVED = date(2022, 8, 25)  # a Thursday, five working days before 5/9/2022


def read(text: str) -> DraftDue:
    views = views_of(text)
    return DeadlineReader(views, date(2022, 8, 15), CALENDAR).read(0, len(views.text))


@pytest.mark.parametrize(
    ("sentence", "due"),
    [
        ("gửi ý kiến trong 05 ngày làm việc kể từ ngày nhận được Thông báo này", "2022-09-05"),
        ("trả lời trong vòng 10 ngày kể từ ngày nhận được văn bản này", "2022-09-04"),
        ("chậm nhất 03 (ba) ngày làm việc kể từ khi nhận được công văn này", "2022-08-30"),
    ],
)
def test_days_from_the_receipt(sentence: str, due: str) -> None:
    found = read(sentence)
    assert (found.anchor, found.date) == ("receipt", None)
    assert receipt_due(found.phrase or "", RECEIVED, CALENDAR) == date.fromisoformat(due)


@pytest.mark.parametrize(
    ("sentence", "due"),
    [
        ("trong 05 ngày làm việc kể từ ngày nhận đủ hồ sơ, thẩm định", "2022-09-05"),
        ("trong vòng 15 ngày kể từ ngày Nghị quyết được thông qua", "2022-09-09"),
        ("trình trước khai mạc ít nhất 10 ngày", "2022-08-15"),
        ("báo cáo chậm nhất 05 ngày sau khi kết thúc hội nghị", "2022-08-30"),
        ("trình HĐND tỉnh tại kỳ họp cuối năm", "2022-08-25"),
        ("báo cáo UBND tỉnh tại phiên họp tháng 12", "2022-08-25"),
        ("hoàn thành trước khai giảng năm học mới", "2022-08-25"),  # trước D includes D
        ("triển khai ngay sau khi được phê duyệt", None),
        ("thực hiện khi có hướng dẫn của Bộ Tài chính", None),
    ],
)
def test_days_from_an_event(sentence: str, due: str | None) -> None:
    found = read(sentence)
    assert (found.anchor, found.date) == ("event", None)
    expected = date.fromisoformat(due) if due else None
    assert event_due(found.phrase or "", RECEIVED, CALENDAR) == expected


def test_working_days_before_an_event() -> None:
    assert event_due("trước khai mạc 5 ngày làm việc", date(2022, 9, 5), CALENDAR) == date(2022, 8, 25)


def test_until_it_is_recorded_a_document_counts_as_received_a_working_day_later() -> None:
    assert presumed_receipt(date(2022, 8, 31), 1, CALENDAR) == date(2022, 9, 5)  # over the holiday


def test_the_basis_says_what_is_only_presumed() -> None:
    assert receipt_basis(RECEIVED, recorded=False) == "tính từ ngày nhận 25/08/2022, tạm tính"
    assert receipt_basis(RECEIVED, recorded=True) == "tính từ ngày nhận 25/08/2022"
    assert event_basis("được phê duyệt", RECEIVED) == "tính từ ngày 25/08/2022: được phê duyệt"


def test_the_meeting_of_today_is_no_event_to_wait_for() -> None:
    assert read("tiếp thu ý kiến tại cuộc họp, hoàn chỉnh báo cáo").anchor is None
    assert read("như ý kiến tại phiên họp, rà soát lại").anchor is None
