"""Papers of every genre, with bodies and matters of our own: where their orders stand and who is told."""

from datetime import date

import pytest

from config.agencies import load_register
from rules.draft import Draft, Genre
from rules.people.registry import Registry
from rules.reading import read_text

REGISTRY = Registry(load_register().bodies)
GIVEN = date(2023, 5, 1)
LETTER = """V/v thẩm tra dự toán sửa chữa kè
UBND tỉnh có ý kiến như sau:
Giao Sở Tài chính chủ trì, phối hợp với Sở Xây dựng thẩm tra dự toán; hoàn thành trước ngày 22/6.
"""
TELEGRAM = """CÔNG ĐIỆN
Số: 21/CĐ-UBND
Sóc Trăng, ngày 16 tháng 5 năm 2023
CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH điện: Sở Giao thông vận tải
1. Tạm dừng ngay các bến phà không bảo đảm an toàn.
2. Tổ chức trực ban suốt đợt mưa dông.
Nơi nhận:
- Như trên;
- Lưu: VT.
"""
PARTY = """TỈNH ỦY SÓC TRĂNG                    ĐẢNG CỘNG SẢN VIỆT NAM
Số 12-CT/TU                        Sóc Trăng, ngày 18 tháng 5 năm 2023

CHỈ THỊ
về tăng cường công tác bảo vệ môi trường

Ban Thường vụ Tỉnh ủy yêu cầu:
1- Sở Tài nguyên và Môi trường rà soát các điểm ô nhiễm, báo cáo trước ngày 30/6/2023.
2- UBND các huyện, thị xã, thành phố ra quân thu gom rác.
Nơi nhận:
- Các huyện ủy, thị ủy.
"""
NOTICE = """THÔNG BÁO
Về việc làm sạch các tuyến kênh
Sóc Trăng, ngày 17 tháng 5 năm 2023
Ủy ban nhân dân tỉnh đề nghị các sở, ban, ngành vớt lục bình trước ngày 02/6/2023.
UBND các huyện, thị xã, thành phố kiểm tra việc thực hiện trên địa bàn.
Nơi nhận:
- Thường trực Tỉnh ủy;
- Đài Phát thanh và Truyền hình tỉnh đưa tin;
- Lưu: VT.
"""
ON_PAPER = """Chấn chỉnh việc lấn chiếm hành lang kênh
Ngày 11/5, UBND tỉnh có Công văn chỉ đạo về hành lang bảo vệ kênh.
Theo đó, UBND tỉnh giao Sở Xây dựng thống kê vi phạm, báo cáo trước ngày 29/5; UBND cấp huyện cưỡng chế.
"""
OF_THE_STATE = """Họp về tiến độ cầu Đại Ngãi
Sáng nay, Phó Thủ tướng Lê Minh Hoàn chủ trì họp.
Phó Thủ tướng yêu cầu UBND tỉnh Sóc Trăng bàn giao mặt bằng trước ngày 25/6.
"""
UNTITLED = "Chủ tịch UBND tỉnh Trần Văn Bình yêu cầu Sở Y tế kiểm tra kho thuốc trước ngày 19/5.\n"
LEAD_IN = """Chủ động phòng cháy mùa khô
Ngày 8/5, Chủ tịch UBND tỉnh yêu cầu các sở, ban, ngành, UBND các huyện, thị xã, thành phố phòng cháy:
1. Khẩn trương rà soát phương tiện chữa cháy.
2. Tổ chức diễn tập tại các khu dân cư.
"""
COUNTED = (
    NOTICE[:9]
    + """
Kết luận của Chủ tịch UBND tỉnh tại cuộc họp
Sóc Trăng, ngày 15 tháng 5 năm 2023
Chủ tịch UBND tỉnh kết luận như sau:
Thứ nhất, Sở Nội vụ rà soát biên chế. Thứ hai, Sở Y tế ban hành bộ tiêu chí trước ngày 30/9.
"""
)
ALONE = "\n".join(
    f"{n}. Sở {name} rà soát hồ sơ thuộc lĩnh vực phụ trách trước ngày {n + 10}/6."
    for n, name in enumerate(
        ("Tài chính", "Y tế", "Nội vụ", "Tư pháp", "Xây dựng", "Công Thương", "Giáo dục và Đào tạo",
         "Khoa học và Công nghệ", "Giao thông vận tải", "Tài nguyên và Môi trường"),
        1,
    )
)  # fmt: skip
DISTRICT = """Kế Sách gỡ khó cho vùng cây ăn trái
Sáng 12/5, Chủ tịch UBND huyện Kế Sách làm việc với các xã về cây ăn trái.
Chủ tịch UBND huyện yêu cầu UBND xã Nhơn Mỹ thống kê diện tích nhiễm bệnh trước ngày 30/5.
"""


def read(text: str) -> Draft:
    return read_text(text, REGISTRY, GIVEN)


def told(draft: Draft) -> list[tuple[list[str], str]]:
    """Leads and deadlines."""
    return [([p.body_id or p.phrase for p in d.lead], str(d.due.date)) for d in draft.directives]


@pytest.mark.parametrize(
    ("text", "genre", "wanted"),
    [
        (LETTER, Genre.LETTER, [(["stc"], "2023-06-22")]),
        (TELEGRAM, Genre.TELEGRAM, [(["sgtvt"], "None"), (["sgtvt"], "None")]),
        (PARTY, Genre.PARTY, [(["stnmt"], "2023-06-30"), (["cap-huyen"], "None")]),
        (NOTICE, Genre.NOTICE, [(["so-nganh"], "2023-06-02"), (["cap-huyen"], "None")]),
        (ON_PAPER, Genre.PRESS, [(["sxd"], "2023-05-29"), (["cap-huyen"], "None")]),
        (OF_THE_STATE, Genre.PRESS, [(["ubnd-tinh"], "2023-06-25")]),
        (UNTITLED, Genre.PRESS, [(["syt"], "2023-05-19")]),
        (LEAD_IN, Genre.PRESS, [(["so-nganh", "cap-huyen"], "None")] * 2),
        (COUNTED, Genre.NOTICE, [(["snv"], "None"), (["syt"], "2023-09-30")]),
    ],
    ids=["letter", "telegram", "party", "notice", "on_paper", "state", "untitled", "lead_in", "counted"],
)
def test_a_paper_of_each_genre(text: str, genre: Genre, wanted: list[tuple[list[str], str]]) -> None:
    draft = read(text)
    assert draft.document.genre is genre
    assert draft.document.genre_reason
    assert told(draft) == wanted


def test_ten_bare_points_are_ten_directives() -> None:
    draft = read(ALONE)
    assert draft.document.genre is Genre.LIST
    assert len(draft.directives) == 10
    assert [str(d.due.date) for d in draft.directives] == [f"2023-06-{day}" for day in range(11, 21)]


def test_the_head_of_a_district_speaks_where_nobody_above_does() -> None:
    (found,) = read(DISTRICT).directives
    assert [p.phrase for p in found.lead] == ["UBND xã Nhơn Mỹ"]
    assert str(found.due.date) == "2023-05-30"


def test_a_caption_opens_nobodys_speech() -> None:
    text = (
        "Làm việc với huyện Cù Lao Dung\nChủ tịch UBND tỉnh Lê Văn Tám phát biểu tại buổi làm việc.\n"
        "Huyện đề nghị UBND tỉnh chỉ đạo Sở Công Thương kéo điện ba pha.\n"
    )
    assert read(text).directives == ()


def test_a_chosen_genre_is_believed() -> None:
    text = "Sở Y tế kiểm tra kho thuốc trước ngày 19/5.\nSở Tài chính bố trí kinh phí.\n"
    assert read(text).directives == ()
    chosen = read_text(text, REGISTRY, GIVEN, genre=Genre.LIST)
    assert told(chosen) == [(["syt"], "2023-05-19"), (["stc"], "None")]
    assert chosen.document.genre_reason


def test_orders_that_nobody_is_told_to_have_said() -> None:
    text = (
        "Văn phòng UBND tỉnh có trách nhiệm tổng hợp danh sách, gửi Sở Nội vụ trước ngày 20/5. "
        "Yêu cầu Sở Y tế rà soát lại số liệu.\n"
    )
    draft = read(text)
    assert draft.document.genre is Genre.LETTER
    assert told(draft) == [(["vpubnd"], "2023-05-20"), (["syt"], "None")]


def test_a_decision_tells_whom_it_assigns_something() -> None:
    text = (
        "Số: 55/QĐ-UBND\nSóc Trăng, ngày 12 tháng 5 năm 2023\nQUYẾT ĐỊNH\nVề việc thành lập Tổ công tác\n"
        "Căn cứ Luật Tổ chức chính quyền địa phương;\nQUYẾT ĐỊNH:\nĐiều 1. Thành lập Tổ công tác.\n"
        "Điều 2. Giao Sở Nội vụ xây dựng quy chế hoạt động trước ngày 30/5/2023.\n"
        "Điều 3. Giám đốc Sở Nội vụ chịu trách nhiệm thi hành Quyết định này./.\nNơi nhận:\n- Như Điều 3;\n"
    )
    assert told(read(text)) == [(["snv"], "2023-05-30")]


def test_a_title_above_items_is_nobodys_order() -> None:
    text = (
        "CHỈ THỊ\nSố: 15/CT-UBND\nSóc Trăng, ngày 10 tháng 5 năm 2023\n"
        "Chủ tịch UBND tỉnh yêu cầu các sở, ban, ngành triển khai các nội dung sau:\n"
        "I. TỔ CHỨC THỰC HIỆN\n1. Rà soát hồ sơ tồn đọng.\n2. Sở Tài chính cân đối nguồn vốn.\n"
    )
    assert told(read(text)) == [(["so-nganh"], "None"), (["stc"], "None")]


@pytest.mark.parametrize("words", ["Các xã ven biển (Vĩnh Hải, Lai Hòa):\n- R", "Các địa phương có rừng r"])
def test_a_part_of_a_group_is_doubted(words: str) -> None:
    (found,) = read(f"{NOTICE.split('Ủy ban')[0]}1. {words}à soát hồ sơ trước ngày 20/6.\n").directives
    assert any(doubt.field == "lead" for doubt in found.doubts)


def test_a_committee_of_the_party_without_its_letterhead() -> None:
    text = (
        "Kết luận về công tác cán bộ\nSau khi xem xét, Ban Thường vụ Tỉnh ủy kết luận:\n"
        "1. Thống nhất chủ trương sáp nhập.\n2. Giao Sở Nội vụ xây dựng đề án trong quý III/2023.\n"
    )
    draft = read(text)
    assert draft.document.genre is Genre.PARTY
    assert told(draft) == [(["snv"], "2023-09-30")]


def test_a_day_at_the_end_of_an_item_of_a_list() -> None:
    text = "1/ Sở Y tế: kiểm tra kho thuốc, hạn 20/5\n2/ Sở Tài chính: bố trí kinh phí (25/5)\n"
    assert told(read(text)) == [(["syt"], "2023-05-20"), (["stc"], "2023-05-25")]


def test_an_order_to_nobody_is_the_visited_districts_with_a_doubt() -> None:
    text = (
        "Chủ tịch UBND tỉnh làm việc với huyện Long Phú\n"
        "Chiều 11/5, Chủ tịch UBND tỉnh Lê Văn Tám có buổi làm việc với huyện Long Phú.\n"
        "Phát biểu chỉ đạo, Chủ tịch UBND tỉnh Lê Văn Tám ghi nhận nỗ lực của huyện.\n"
        "Về hạ tầng, đồng chí Lê Văn Tám yêu cầu tập trung hoàn thiện cụm công nghiệp.\n"
    )
    (found,) = read(text).directives
    assert [p.body_id for p in found.lead] == ["ubnd-lp"]
    assert found.doubts


def test_a_province_is_told_by_the_state_and_tells_where_it_speaks_itself() -> None:
    above = (
        "Họp về cao tốc\nSáng nay, Phó Thủ tướng Lê Minh Hoàn chủ trì họp.\nPhó Thủ tướng yêu cầu:\n"
        "1. UBND tỉnh Sóc Trăng bàn giao mặt bằng trước ngày 25/6.\n"
        "2. Sở Giao thông vận tải rà soát tiến độ.\n"
    )
    assert told(read(above)) == [(["ubnd-tinh"], "2023-06-25"), (["sgtvt"], "None")]
    below = above.replace("Phó Thủ tướng", "Chủ tịch UBND tỉnh").replace("Lê Minh Hoàn ", "")
    assert told(read(below)) == [(["sgtvt"], "None")]


def test_the_chair_of_a_city_that_the_register_has_not_tells_others() -> None:
    text = (
        "Tiết kiệm điện mùa nóng\nSáng 4/5, Chủ tịch UBND thành phố Hà Nội họp về cung ứng điện.\n"
        "Chủ tịch UBND thành phố yêu cầu Sở Công Thương kiểm tra lưới điện trước ngày 25/5.\n"
    )
    assert told(read(text)) == [(["sct"], "2023-05-25")]


def test_whoever_is_to_help_is_told_something() -> None:
    head = NOTICE.split("Ủy ban")[0]
    helps = "1. Đề nghị UBND các xã, thị trấn phối hợp, tổ chức triển khai thực hiện.\n"
    assert told(read(head + helps)) == [(["cap-xa"], "None")]
    closing = "1. Giao Sở Y tế lập kế hoạch.\n2. Đề nghị các đơn vị nghiêm túc thực hiện.\n"
    assert told(read(head + closing)) == [(["syt"], "None")]


def test_what_a_paper_orders_that_a_report_tells_of() -> None:
    text = (
        "Chỉ đạo phòng dịch\nUBND tỉnh vừa ban hành Công văn số 12/UBND-KT về phòng dịch. Theo đó:\n"
        "- Sở Tài chính bố trí kinh phí trước ngày 25/5.\n- Sở Y tế giám sát ổ dịch.\nNguồn: Cổng tỉnh\n"
    )
    assert told(read(text)) == [(["stc"], "2023-05-25"), (["syt"], "None")]


def test_an_opinion_inside_a_paragraph_and_what_voters_asked_before_it() -> None:
    text = (
        "Trả lời kiến nghị của cử tri\nCử tri kiến nghị nâng cấp đường, đề nghị Sở Xây dựng sửa chữa tạm. "
        "Sở Xây dựng trình phương án sửa chữa.\n"
        "Qua xem xét, Chủ tịch UBND tỉnh có ý kiến như sau: Giao Sở Y tế kiểm tra trước ngày 31/5.\n"
    )
    assert told(read(text)) == [(["syt"], "2023-05-31")]
