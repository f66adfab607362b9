"""Papers that the grammar does not know: what looks like an order becomes a directive with its doubt."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.draft import Draft, Genre
from rules.reading import read_text
from rules.reading.document import read_document_text
from tests.corpus.figures import CORPUS
from tests.rules.reading.orders import REGISTRY

DAY = date(2023, 5, 15)
#: Lines under which the grammar of minutes looks for nothing: none of them says that it concludes.
ORDERS = (
    "Sở Tài chính rà soát dự toán của các đơn vị, tổng hợp, trình UBND tỉnh trước ngày 20/6",
    "Sở Y tế kiểm tra, bổ sung thuốc cho các trạm y tế, báo cáo kết quả hằng tháng",
    "Công an tỉnh phối hợp với Sở Giao thông vận tải xử lý xe quá tải, hoàn thành trước ngày 30/6",
    "UBND huyện Mỹ Xuyên phải nạo vét tuyến kênh cấp 2, bàn giao mặt bằng trước ngày 15/7",
)
NONE = (
    "Sở Nội vụ đã tổng hợp, trình UBND tỉnh danh sách các xã trước ngày 10/4",
    "Giám đốc Sở Xây dựng chịu trách nhiệm trước UBND tỉnh về tiến độ các công trình",
    "Chúng tôi sẽ rà soát, bổ sung hồ sơ, báo cáo Sở Y tế trước ngày 20/6",
)


def paper(*lines: str) -> str:
    return "BIÊN BẢN\nSinh hoạt đầu tuần\n" + "".join(f"- {line}.\n" for line in lines)


def read(text: str, judge: bool = True) -> Draft:
    if judge:
        return read_text(text, REGISTRY, DAY)
    return read_document_text(text, REGISTRY, DAY, None, None, None)


def test_the_grammar_alone_finds_nothing_in_it() -> None:
    assert read(paper(*ORDERS), judge=False).directives == ()


def test_what_looks_like_an_order_becomes_a_directive() -> None:
    draft = read(paper(*ORDERS))
    assert [d.text for d in draft.directives] == list(ORDERS)
    assert [p.body_id for p in draft.directives[2].lead] == ["catinh"]
    assert [p.body_id for p in draft.directives[2].cooperate] == ["sgtvt"]
    assert [str(d.due.date) for d in draft.directives[::3]] == ["2023-06-20", "2023-07-15"]
    assert draft.directives[1].due.rule == "monthly"


def test_each_says_by_which_signs_and_the_paper_says_how_many() -> None:
    draft = read(paper(*ORDERS))
    for directive in draft.directives:
        first = directive.doubts[0]
        assert (first.field, "Chưa chắc là chỉ đạo" in first.message) == ("text", True)
        (quoted, *_) = first.message.split("“")[1].split("”")
        assert quoted in directive.text
    assert any(doubt.field == "document" and "4 nhiệm vụ" in doubt.message for doubt in draft.doubts)


def test_what_the_grammar_knows_to_be_none_stays_none() -> None:
    assert [d.text for d in read(paper(*ORDERS, *NONE)).directives] == list(ORDERS)


def test_one_such_line_may_be_anything() -> None:
    draft = read(paper(ORDERS[0]))
    assert draft.directives == ()
    assert any(doubt.span for doubt in draft.doubts)


def test_more_was_read_than_is_open() -> None:
    """Two likely lines beside two directives: the grammar knows such a paper."""
    head = "THÔNG BÁO\nSố: 8/TB-UBND\nSóc Trăng, ngày 15 tháng 5 năm 2023\n"
    text = (
        f"{head}{ORDERS[2]}.\n{ORDERS[3]}.\nChủ tịch UBND tỉnh kết luận:\n1. {ORDERS[0]}.\n2. {ORDERS[1]}.\n"
    )
    alone = read(text, judge=False)
    assert len(alone.directives) == 2
    assert read(text) == alone


def test_news_in_which_nobody_speaks_orders_nothing() -> None:
    text = "Tin vắn\n" + "".join(f"{line}.\n" for line in ORDERS)
    draft = read_text(text, REGISTRY, DAY, genre=Genre.PRESS)
    assert draft.directives == ()
    assert any("Chưa tìm thấy kết luận" in doubt.message for doubt in draft.doubts)


@pytest.mark.parametrize("path", sorted((CORPUS / "second").glob("*.txt")), ids=lambda path: path.stem)
def test_a_paper_that_the_grammar_knows_is_read_as_it_reads_it(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert read(text) == read(text, judge=False)


@settings(max_examples=30, deadline=None)
@given(st.permutations(ORDERS + NONE))
def test_the_order_of_lines_changes_only_the_order(lines: list[str]) -> None:
    assert [d.text for d in read(paper(*lines)).directives] == [one for one in lines if one in ORDERS]
