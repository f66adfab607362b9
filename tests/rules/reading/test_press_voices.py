"""Who speaks in what newspapers make of an order: excerpts, institutions, heads of departments, quotations.

Kinds that real reports showed; every report here is our own.
"""

from datetime import date

import pytest

from rules.draft import Draft
from rules.reading import read_text
from tests.rules.reading.orders import REGISTRY, leads

GIVEN = date(2023, 5, 15)
TITLE = "Chấn chỉnh việc thu gom rác\n"


def read(text: str) -> Draft:
    return read_text(text, REGISTRY, GIVEN)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Theo đó, đối với các bãi rác tạm, giao Sở Xây dựng kiểm tra, báo cáo trước ngày 30/5.", ["sxd"]),
        ("Lãnh đạo TP yêu cầu Sở Xây dựng hoàn thiện thủ tục cấp phép.", ["sxd"]),
        ("Theo đó, Chủ tịch Lê Văn Sáu giao chủ tịch UBND quận 7 kiểm tra bãi xe trước ngày 20/6.",
         ["UBND quận 7"]),
        ("Theo đó, Phó Chủ tịch UBND TP Lê Văn Sáu yêu cầu Sở Y tế tiếp nhận thuốc.", ["syt"]),
        ("UBND tỉnh vừa ban hành chỉ thị yêu cầu Sở Y tế kiểm tra nguồn nước.", ["syt"]),
        ("Phó Thủ tướng Lê Sáu vừa ký Quyết định số 3/QĐ-TTg chỉ đạo Bộ Y tế xuất cấp thuốc.", ["Bộ Y tế"]),
        ("Chủ tịch UBND tỉnh chỉ đạo, thời gian tới, các chủ đầu tư đẩy nhanh tiến độ.", ["chu-dau-tu"]),
        ("Ban Thường vụ Tỉnh ủy yêu cầu các sở, ngành khẩn trương thu gom rác.", ["so-nganh"]),
        ("Về bãi rác, Chủ tịch UBND tỉnh yêu cầu xử lý. Văn bản cũng nêu rõ, Sở Y tế kiểm tra nguồn nước.",
         ["syt"]),
    ],
)  # fmt: skip
def test_an_order_is_found_whoever_the_paper_lets_give_it(text: str, told: list[str]) -> None:
    assert leads(read(text).directives[-1]) == told


def test_a_department_speaks_where_nobody_above_it_does() -> None:
    orders = "Sở Y tế yêu cầu các trạm y tế khẩn trương phun thuốc diệt muỗi."
    (found,) = read(f"{TITLE}{orders}\nHết tin.").directives
    assert leads(found) == ["các trạm y tế"]
    above = "Chủ tịch UBND tỉnh yêu cầu Công an tỉnh xử lý vi phạm."
    (theirs,) = read(f"{TITLE}{above}\nTrước đó, {orders}\nHết tin.").directives
    assert leads(theirs) == ["catinh"]


def test_a_ministry_orders_by_its_paper() -> None:
    (found,) = read(
        f"{TITLE}Bộ Y tế vừa ban hành công văn, đề nghị Sở Y tế, UBND cấp huyện tổ chức phun thuốc.\nHết tin."
    ).directives
    assert leads(found) == ["syt", "cap-huyen"]


def test_whose_the_quoted_words_are_may_be_said_behind_them() -> None:
    said = "“Sở Y tế phối hợp với UBND cấp huyện kiểm tra nguồn nước; báo cáo trước ngày 20/6”."
    (found,) = read(f"{TITLE}{said} Đó là chỉ đạo của UBND tỉnh đối với ngành y tế.\nHết tin.").directives
    assert (leads(found), found.due.date) == (["syt"], date(2023, 6, 20))
    assert not read(f"{TITLE}{said} Đó là mong muốn của người dân.\nHết tin.").directives


def test_the_next_paragraph_goes_on_with_the_order_and_is_doubted() -> None:
    opening = f"{TITLE}Chủ tịch UBND tỉnh giao Sở Y tế kiểm tra nguồn nước.\n"
    first, second = read(f"{opening}Tiếp tục thống kê các điểm ô nhiễm trên địa bàn.\nHết tin.").directives
    assert leads(second) == leads(first) == ["syt"]
    assert any("hiểu theo đoạn trước" in doubt.message for doubt in second.doubts)
    (alone,) = read(f"{opening}Chủ động thu gom rác tại chợ An Bình\nHết tin.").directives  # a caption
    assert leads(alone) == ["syt"]


def test_a_notice_in_a_newspaper_hands_its_items_to_whoever_they_name() -> None:
    found = read(
        "Thông báo treo cờ\nChủ tịch UBND tỉnh thông báo việc treo cờ, như sau:\n"
        "1. Tất cả cơ quan, trường học và nhà dân phải treo cờ trong ngày 2-9.\n"
        "2. Các cơ quan, đơn vị tổ chức trực cơ quan theo quy định.\n"
    ).directives
    assert [leads(d) for d in found] == [["Tất cả cơ quan", "trường học", "nhà dân"], ["co-quan-giao"]]


def test_a_day_for_the_order_may_stand_in_the_next_sentence() -> None:
    (found,) = read(
        "UBND tỉnh có ý kiến như sau:\n"
        "Giao Sở Y tế góp ý dự thảo. Yêu cầu hoàn thiện gửi Văn phòng UBND tỉnh trước ngày 20/7.\n"
    ).directives
    assert found.due.date == date(2023, 7, 20)


def test_what_stands_before_the_order_in_its_sentence_is_no_part_of_it() -> None:
    (found,) = read(
        "UBND tỉnh có Công văn số 9/UBND-VX, do ông Trần Văn Tám, Phó Chánh Văn phòng ký, với nội dung: "
        "Giao Chủ tịch UBND huyện Mỹ Tú kiểm tra, báo cáo trước ngày 15-9.\nHết tin."
    ).directives
    assert found.text.startswith("Giao Chủ tịch")
    assert leads(found) == ["ubnd-mt"]


def test_what_an_office_says_was_ordered_before_is_no_order() -> None:
    told = "UBND tỉnh có văn bản cho biết, Chủ tịch UBND tỉnh đã giao Thanh tra tỉnh kiểm tra đơn."
    assert not read(f"{TITLE}{told}\nHết tin.").directives


def test_a_passing_on_of_this_paper_is_a_closing() -> None:
    found = read(
        "UBND tỉnh có ý kiến như sau:\nGiao Sở Y tế kiểm tra nguồn nước.\n"
        "Căn cứ nội dung này, Chủ tịch UBND tỉnh yêu cầu Giám đốc Sở Y tế triển khai thực hiện.\n"
        "Yêu cầu các ngành, địa phương thực hiện nghiêm chỉ đạo này.\n"
    ).directives
    assert len(found) == 1


@pytest.mark.parametrize("name", ["Sở Giao thông vận tải", "Sở Giáo dục và Đào tạo"])
def test_the_name_of_a_department_gives_no_orders(name: str) -> None:
    """Its second word is not the verb "giao". Break: take GIVES for the bare word."""
    told = f"Công an tỉnh phối hợp với {name} tập huấn cho học sinh, hoàn thành trước ngày 30/6."
    assert not read(f"Tin vắn\n{told}\nHết tin.").directives
