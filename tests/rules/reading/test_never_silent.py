"""Nothing found is never "nothing to do", and the date of a paper is never a deadline (issue 14)."""

from datetime import date

import pytest

from config.agencies import load_register
from rules.draft import LEFT_OVER
from rules.people.registry import Registry
from rules.reading import read_sentence, read_text
from tests.corpus.figures import CORPUS

REGISTRY = Registry(load_register().bodies)
GIVEN = date(2023, 5, 1)
HEAD = (
    "THÔNG BÁO\nSố: 8/TB-UBND\nSóc Trăng, ngày 15 tháng 5 năm 2023\n"
    "Phó Chủ tịch UBND tỉnh kết luận như sau:\n"
)


def left_over(text: str) -> list[str]:
    return [doubt.message for doubt in read_text(text, REGISTRY, GIVEN).doubts if doubt.field == LEFT_OVER]


@pytest.mark.parametrize(
    "text",
    [
        "Hội nghị diễn ra trong không khí phấn khởi.\n",
        "Nhiều mô hình hay được giới thiệu.\nBà con vui mừng đón năm mới.\n",
        "x\n",
    ],
)
def test_a_text_without_a_conclusion_says_so(text: str) -> None:
    draft = read_text(text, REGISTRY, GIVEN)
    assert draft.directives == ()
    assert any("Chưa tìm thấy kết luận" in doubt.message for doubt in draft.doubts)


def test_likely_orders_of_such_a_text_are_its_candidates() -> None:
    text = "Tin trong tuần\nSở Tài chính rà soát dự toán trước ngày 20/6.\nTrời nhiều mây, có mưa vài nơi.\n"
    (one,) = left_over(text)
    assert "Sở Tài chính rà soát dự toán" in one
    draft = read_text(text, REGISTRY, GIVEN)
    span = next(doubt.span for doubt in draft.doubts if doubt.span)
    assert draft.document.text[span.start : span.end] == "Sở Tài chính rà soát dự toán trước ngày 20/6"


def test_a_sentence_with_a_limit_that_names_nobody_is_doubted() -> None:
    text = HEAD + "1. Giao Sở Y tế rà soát danh mục thuốc.\nViệc tiêm chủng hoàn thành trước ngày 30/6.\n"
    (one,) = left_over(text)
    assert "tiêm chủng" in one


def test_the_past_is_doubted_with_its_reason() -> None:
    text = HEAD + "1. Giao Sở Y tế rà soát danh mục thuốc.\n2. Sở Nội vụ đã lập danh sách trước ngày 10/4.\n"
    (one,) = left_over(text)
    assert "thì quá khứ" in one


def test_what_is_surely_none_is_not_doubted() -> None:
    text = (
        "Căn cứ Công văn của Sở Tài chính yêu cầu Sở Y tế báo cáo trước ngày 3/4;\n"
        + HEAD
        + "1. Giao Sở Y tế rà soát danh mục thuốc.\n"
        + "Nơi nhận:\n- Sở Tài chính theo dõi trước ngày 20/6;\n- Báo Sóc Trăng đưa tin;\n- Lưu: VT.\n"
    )
    assert left_over(text) == []


def test_whom_nobody_knows_is_not_passed_over() -> None:
    text = (
        "Chủ động nguồn thuốc\nSáng nay, Bộ trưởng Bộ Y tế chủ trì họp. Bộ trưởng yêu cầu Sở Y tế báo cáo. "
        "Bộ trưởng lưu ý nhà thuốc tư nhân tổ chức trực ngày lễ.\n"
    )
    (one,) = left_over(text)
    assert "nhà thuốc tư nhân" in one
    assert "chưa nhận ra" in one


def test_at_most_twelve_are_named_and_the_rest_counted() -> None:
    text = "Tin vắn\n" + "Sở Tài chính rà soát dự toán trước ngày 20/6.\n" * 20
    found = left_over(text)
    assert len(found) == 13
    assert "8 câu khác" in found[-1]


@pytest.mark.parametrize(
    "line",
    [
        "Thời kỳ kiểm tra từ 01/02/2015 đến 31/12/2021.",
        "Hoàn thành trước ngày 30/9/2024.",
        "Theo Quyết định số 12/QĐ-UBND ngày 5/3/2022 của UBND tỉnh.",
        "Các đơn vị nộp hồ sơ chậm nhất ngày 12 tháng 8 năm 2024.",
    ],
)
def test_a_date_of_something_else_is_not_the_documents(line: str) -> None:
    order = "Chủ tịch UBND tỉnh Lê Văn Tám yêu cầu Thanh tra tỉnh báo cáo trước 15/9."
    text = f"Kiểm tra đất công\n{line}\n{order}\n"
    assert read_text(text, REGISTRY).document.date is None
    (found,) = read_text(text, REGISTRY, GIVEN).directives
    assert str(found.due.date) == "2023-09-15"


def test_a_given_date_is_believed_before_the_text_and_the_difference_told() -> None:
    text = HEAD + "1. Sở Y tế báo cáo trước ngày 30/4.\n"
    draft = read_text(text, REGISTRY, date(2024, 1, 2))
    assert draft.document.date == date(2024, 1, 2)
    assert str(draft.directives[0].due.date) == "2024-04-30"
    assert any("15/05/2023" in doubt.message and "02/01/2024" in doubt.message for doubt in draft.doubts)
    assert read_text(text, REGISTRY, date(2023, 5, 15)).doubts == ()


def test_a_sentence_that_a_person_adds_is_read() -> None:
    text = "Tin trong tuần\nSở Tài chính phối hợp với Sở Y tế rà soát dự toán trước ngày 20/6.\n"
    span = next(doubt.span for doubt in read_text(text, REGISTRY, GIVEN).doubts if doubt.span)
    added = read_sentence(text, span, REGISTRY, GIVEN)
    assert [p.body_id for p in added.lead] == ["stc"]
    assert [p.body_id for p in added.cooperate] == ["syt"]
    assert str(added.due.date) == "2023-06-20"


def test_the_list_is_short_on_ordinary_papers() -> None:
    counts = sorted(
        len(read_text(path.read_text(encoding="utf-8"), REGISTRY).doubts)
        for path in [*(CORPUS / "fourth").glob("*.txt"), *(CORPUS / "sixth").glob("*.txt")]
    )
    assert counts[len(counts) // 2] <= 2
