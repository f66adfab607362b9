"""What was doubted and nearly always right is no longer; what may be wrong still is."""

import pytest

from rules.draft import DraftDirective
from tests.rules.reading.orders import draft, only


def fields(found: DraftDirective) -> list[str]:
    return [doubt.field for doubt in found.doubts]


@pytest.mark.parametrize(
    "sentence",
    [
        "Sở Y tế trực cấp cứu 24/24 giờ tại các bệnh viện.",
        "Sở Y tế vận hành đường dây nóng 24/7 để tiếp nhận phản ánh.",
        "Công an tỉnh mở đợt cao điểm dịp lễ 30/4.",
        "Công an tỉnh tuần tra đêm dọc kênh 30/4.",
        "Sở Y tế hỗ trợ các huyện khoanh vùng ổ dịch khi có yêu cầu.",
        "Sở Y tế bàn giao thuốc ngay khi có lệnh.",
        "Sở Y tế phối hợp với các cơ quan liên quan kiểm tra nguồn nước.",
        "Khó khăn, vướng mắc vượt thẩm quyền, các đơn vị báo cáo UBND tỉnh xem xét.",
    ],
)
def test_what_needs_no_answer_is_not_asked(sentence: str) -> None:
    assert fields(only(sentence)) == []


@pytest.mark.parametrize(
    ("sentence", "field"),
    [
        ("Sở Y tế khám sàng lọc cho công nhân, nhớ ngày 20/5.", "due"),
        ("Sở Tài chính thẩm định trong 05 ngày làm việc kể từ ngày nhận đủ hồ sơ.", "due"),
        ("Sở Y tế rà soát danh mục thuốc trước Tết Nguyên đán.", "due"),
        ("Các đơn vị báo cáo kết quả về Sở Y tế trước ngày 20/5.", "lead"),
        ("Các đơn vị liên quan nộp hồ sơ trước ngày 20/5.", "lead"),
        ("UBND huyện Thoại Sơn cử cán bộ phối hợp trước ngày 20/5.", "lead"),
    ],
)
def test_what_may_be_wrong_is_asked(sentence: str, field: str) -> None:
    assert field in fields(only(sentence))


def test_a_rule_that_is_a_task_too_must_say_whose() -> None:
    """A standing rule binds whoever has a task; with a day it is a task, and somebody has to have it."""
    (found,) = draft("Các đơn vị có vướng mắc vượt thẩm quyền báo cáo UBND tỉnh trước ngày 20/5.").directives
    assert found.escalation
    assert not found.standing_rule
    assert "lead" in fields(found)


def test_another_name_is_asked_about_though_the_first_was() -> None:
    first, second, third = draft(
        "UBND huyện Thoại Sơn cử cán bộ phối hợp.",
        "UBND huyện Thoại Sơn và UBND huyện Chợ Mới rà soát hồ sơ.",
        "UBND huyện Chợ Mới bố trí kinh phí.",
    ).directives
    assert ["Thoại Sơn" in d.message for d in first.doubts] == [True]
    assert ["Chợ Mới" in d.message for d in second.doubts] == [True]
    assert not third.doubts
