"""What scanning and pasting do to a text: glued words, lost hyphens, broken lines (issue 3, "Robust")."""

from datetime import date

import pytest

from config.agencies import load_register
from rules.people.registry import Registry
from rules.reading import read_text
from rules.reading.text.glued import without_glue
from tests.rules.reading.test_sentences import HEAD

REGISTRY = Registry(load_register().bodies)


@pytest.mark.parametrize(
    ("glued", "parted"),
    [
        ("SởTài chính", "Sở Tài chính"),
        ("LuậtTổ chức", "Luật Tổ chức"),
        ("đượcsửa", "được sửa"),
        ("BANHÀNH", "BAN HÀNH"),
        ("thựchiện, phốihợp", "thực hiện, phối hợp"),
    ],
)
def test_glued_words_are_parted(glued: str, parted: str) -> None:
    assert without_glue(glued) == parted


@pytest.mark.parametrize(
    "word", ["nghiêng", "thường xuyên", "VNeID", "OneDrive", "Đắk Lắk", "Krông Pắc", "iPhone"]
)
def test_other_words_stay(word: str) -> None:
    assert without_glue(word) == word


@pytest.mark.parametrize(
    ("text", "lead", "due"),
    [
        ("1. Giao SởTài chính chủtrì rà soát trước ngày 30/9/2023.", "stc", date(2023, 9, 30)),
        ("1. Giao Sở Tài\nchính báo cáo Chủ tịch\nUBND tỉnh trước ngày 30/9/2023.", "stc", date(2023, 9, 30)),
        ("1. Các\nchủ đầu tư báo cáo UBND tỉnh trước ngày\n31/10.", "chu-dau-tu", date(2023, 10, 31)),
        ("1. Giao Sở Lao động Thương binh và Xã hội rà soát danh sách.", "sldtbxh", None),
        ("1. Giao Sở\nLao động-Thương binh\nvà Xã hội rà soát danh sách.", "sldtbxh", None),
        ("(1) Giao Sở Y tế rà soát danh mục thuốc trước 20/10.", "syt", date(2023, 10, 20)),
        ("1. Sở Y tế được yêu cầu rà soát danh mục thuốc.", "syt", None),
        ("1. Sở Y tế là đơn vị đầu mối của tỉnh, phải rà soát danh mục thuốc.", "syt", None),
        ("1. Giao Sở Y tế trả lời bằng văn bản trước ngày 21/11.", "syt", date(2023, 11, 21)),
        (
            "1. Giao Sở Y tế hướng dẫn các trạm y tế trước ngày khai giảng 05/10/2023.",
            "syt",
            date(2023, 10, 5),
        ),
        ("1. Sở Y tế rà soát, hạn cuối gửi UBND tỉnh là ngày 14/11.", "syt", date(2023, 11, 14)),
    ],
)
def test_the_reading_is_as_if_undamaged(text: str, lead: str, due: date | None) -> None:
    directives = read_text(HEAD + text, REGISTRY).directives
    assert [party.body_id for directive in directives for party in directive.lead] == [lead]
    assert directives[0].due.date == due


def test_lines_of_a_letterhead_are_not_joined() -> None:
    document = read_text(HEAD + "1. Giao Sở Y tế rà soát.", REGISTRY).document
    assert (document.issuer_id, document.title.splitlines()[0][:9]) == ("ubnd-tinh", "THÔNG BÁO")


@pytest.mark.parametrize(
    "text",
    [
        "Tổ chức thực hiện",
        "Thống nhất bắn pháo hoa tầm thấp trong đêm khai mạc.",
        "Chuẩn bị hàng hóa cuối năm đã được quan tâm.",
    ],
)
def test_no_directive_comes_of_it(text: str) -> None:
    assert not read_text(f"{HEAD}1. {text}", REGISTRY).directives


def test_whoever_was_named_last_speaks_on() -> None:
    press = (
        "Sóc Trăng: Kiểm tra tiến độ\n05/04/2023\n(STO) - Ngày 4-4, Phó Chủ tịch UBND tỉnh Mai Thanh Liêm đi "
        "kiểm tra.\nTại buổi làm việc, ông Liêm cho rằng tiến độ còn chậm. Ông cũng giao Sở Y tế rà soát "
        "danh mục thuốc trước ngày 15/4.\nSở Công Thương hướng dẫn các chợ rà soát dây điện.\n"
    )
    found = [[p.body_id for p in d.lead] for d in read_text(press, REGISTRY).directives]
    assert found == [["syt"], ["sct"]]
