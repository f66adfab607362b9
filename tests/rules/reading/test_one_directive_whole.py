"""Clauses behind ";" and sentences behind a task stay with it or become a directive, and what is no order.

Kinds of issue 14, each with sentences of our own.
"""

from datetime import date

import pytest

from rules.draft import DueKind
from tests.rules.reading.orders import draft, leads, only


@pytest.mark.parametrize(
    "tail",
    [
        "cách ly, kiểm soát gia súc đưa vào địa bàn",
        "mỗi xã tối thiểu 02 điểm",
        "kết quả báo cáo UBND tỉnh",
        "nếu vướng về đất thì báo UBND tỉnh",
    ],
)
def test_a_clause_behind_a_semicolon_is_not_lost(tail: str) -> None:
    found = draft(f"Sở Y tế tăng cường kiểm dịch; {tail}.").directives
    assert tail in found[-1].text
    assert all(leads(one) == ["syt"] for one in found)


def test_such_a_clause_with_a_day_of_its_own_is_a_directive_of_its_own() -> None:
    first, second = draft(
        "UBND huyện Kế Sách giao ban hằng tháng; cùng Sở Y tế rà soát danh mục, cuối tháng 6 báo cáo UBND"
        " tỉnh."
    ).directives
    assert (first.due.rule, second.due.date) == ("monthly", date(2023, 6, 30))
    assert [p.body_id for p in second.cooperate] == ["syt"]
    assert leads(second) == ["ubnd-ks"]


@pytest.mark.parametrize(
    "fragment",
    ["Trình UBND tỉnh trước ngày 10/6.", "Báo cáo kết quả về UBND tỉnh chậm nhất ngày 10/6.",
     "Kết quả gửi UBND tỉnh trước ngày 10/6/2023."],
)  # fmt: skip
def test_a_report_with_a_day_dates_the_task_before_it(fragment: str) -> None:
    found = only(f"Giao Sở Y tế đánh giá mạng lưới cấp cứu. {fragment}")
    assert found.due.date == date(2023, 6, 10)
    assert [p.body_id for p in found.report_to] == ["ubnd-tinh"]
    assert found.text.endswith(fragment.rstrip("."))


def test_a_report_with_a_matter_of_its_own_is_not_swallowed() -> None:
    assert len(draft("Giao Sở Y tế rà soát. Báo cáo danh sách trạm y tế trước ngày 10/6.").directives) == 2


@pytest.mark.parametrize("tail", ["ban hành trước ngày 30/6", "hoàn thành trước ngày 30/6"])
def test_a_short_tail_dates_its_sentence(tail: str) -> None:
    assert only(f"Sở Y tế soạn bộ tiêu chí; {tail}.").due.date == date(2023, 6, 30)


@pytest.mark.parametrize(
    "sentence",
    [
        "Ngày 02/3/2023, Văn phòng UBND tỉnh ban hành Công văn số 77/VP-NC, giao Sở Y tế trả lời đơn.",
        "Tại Thông báo số 12/TB-UBND ngày 05/01/2023, UBND tỉnh giao Sở Y tế lập đề án.",
        "Theo quy định hiện hành, Công an cấp huyện chịu trách nhiệm tiếp nhận hồ sơ.",
        "Theo quy định tại Nghị định 12, Sở Y tế có thẩm quyền cấp giấy phép hoạt động.",
        "Trong đó, đặc biệt lưu ý phải phát huy tinh thần trách nhiệm của cả hệ thống.",
        "Văn phòng UBND tỉnh thông báo để các cơ quan biết, thực hiện.",
        "Nhận được Công điện này, yêu cầu các đơn vị, địa phương khẩn trương triển khai thực hiện.",
    ],
)
def test_what_is_no_order(sentence: str) -> None:
    assert draft(sentence).directives == ()


def test_bare_accountability_goes_with_the_action_behind_it() -> None:
    text = "Chịu trách nhiệm toàn diện về kết quả tại địa phương; thường xuyên kiểm tra các trạm"
    (found,) = draft(f"Sở Y tế:\n- {text}.").directives
    assert (found.text, leads(found)) == (text, ["syt"])


def test_the_next_step_of_a_cited_rule_is_no_order() -> None:
    law = "Theo quy định hiện hành, Công an cấp huyện chịu trách nhiệm tiếp nhận hồ sơ."
    assert draft(law, "Sau đó, Sở Y tế cấp phép cho cơ sở đủ điều kiện.").directives == ()
    assert len(draft(law, "Sau đó, Sở Y tế phải báo cáo UBND tỉnh.").directives) == 1


@pytest.mark.parametrize(
    "sentence",
    [
        "Theo quy định hiện hành, giao Sở Y tế cấp phép trước ngày 20/5.",
        "Tại Thông báo số 12/TB-UBND ngày 08/4/2023, UBND tỉnh giao Sở Y tế lập đề án.",
        "Sở Y tế xử lý các điểm nóng đã được nêu trong báo cáo.",
        "Đề nghị Sở Y tế giám sát việc thực hiện.",
        "Yêu cầu Sở Y tế phát huy vai trò thường trực, kiểm tra các trạm trước ngày 20/5.",
    ],
)
def test_what_looks_like_it_and_is_one(sentence: str) -> None:
    assert leads(only(sentence)) == ["syt"]


def test_the_topic_word_alone_sends_nothing_up() -> None:
    topic = only("Sở Y tế báo cáo cụ thể nguyên nhân của những vướng mắc và đề xuất phương án giải quyết.")
    condition = only("Sở Y tế triển khai; nếu phát sinh vướng mắc thì báo cáo UBND tỉnh xem xét, giải quyết.")
    assert (topic.escalation, condition.escalation) == (False, True)
    assert condition.due.kind is DueKind.NONE
