"""Kinds that papers by another author brought: who is told, what is one directive, days, notes, the Party."""

from datetime import date

import pytest

from rules.draft import Draft, Genre
from rules.reading import read_text
from tests.rules.reading.orders import HEAD, REGISTRY, draft, leads, only

PHONED = "Mấy việc Chủ tịch giao hồi sáng, ghi lại để các anh theo\n"
REPORT = """Chủ tịch UBND tỉnh kiểm tra phòng cháy rừng tràm
Thứ hai, 15/04/2024 | 08:15
Sáng 15-4, Chủ tịch UBND tỉnh chủ trì buổi làm việc về phòng cháy rừng.
"""


def noted(*lines: str) -> Draft:
    return read_text(PHONED + "".join(f"- {line}\n" for line in lines), REGISTRY, date(2024, 1, 8))


def helpers(text: str) -> list[str]:
    return [party.body_id or party.phrase for party in only(text).cooperate]


def test_two_departments_that_open_a_paragraph_are_both_told() -> None:
    """A list of names took the line break before it, and stood outside its sentence."""
    text = (
        f"{HEAD}1. Về kinh phí\nSở Công Thương, Sở Tài chính theo nhiệm vụ được giao rà soát dự toán chợ.\n"
    )
    (found,) = read_text(text, REGISTRY).directives
    assert leads(found) == ["sct", "stc"]


def test_a_line_of_work_given_and_nothing_but_items_is_a_list() -> None:
    read = noted(
        "STC: cân vốn sửa cầu, trả lời trước 15/1",
        "SGTVT + Công an tỉnh: dẹp xe dù",
        "UBND H. Kế Sách: b/c thiệt hại vườn cây trong tuần này",
        "VP lên lịch họp, gửi các sở trước 20/1",
    )
    assert read.document.genre is Genre.LIST
    assert [leads(found) for found in read.directives] == [
        ["stc"],
        ["sgtvt", "catinh"],
        ["ubnd-ks"],
        ["vpubnd"],
    ]


@pytest.mark.parametrize(
    ("item", "rule"),
    [
        ("Sở Y tế mỗi sáng gửi số ca bệnh cho Văn phòng UBND tỉnh.", "daily"),
        ("Nhà thầu thi công phải quét đường ngày hai lần.", "daily"),
        ("Chi cục Thủy lợi đo độ mặn tuần hai lần.", "weekly"),
        ("Sở Nội vụ mỗi thứ Sáu gửi danh sách người vắng họp.", "weekly friday"),
        (
            "Sở Tư pháp hằng năm tổng kết công tác hòa giải, báo cáo UBND tỉnh trước ngày 20-11.",
            "yearly 20-11",
        ),
    ],
)
def test_how_often(item: str, rule: str) -> None:
    assert only(item).due.rule == rule


def test_a_day_beside_a_contract_is_its_deadline() -> None:
    """ "ký hợp đồng" was taken for a session ("kỳ họp")."""
    first, second = draft(
        "BVĐK tỉnh mua máy thở, ký hợp đồng chậm nhất 25/5; trong lúc chờ, Giám đốc BVĐK tỉnh mượn máy."
    ).directives
    assert (first.due.date, second.due.date) == (date(2023, 5, 25), None)


def test_what_the_report_of_an_action_adds_is_its_tail() -> None:
    found = only(
        "Đề nghị BHXH tỉnh tạm ứng kinh phí, Giám đốc BHXH tỉnh báo lại Văn phòng vào thứ Ba tuần sau."
    )
    assert found.due.date == date(2023, 4, 18)


@pytest.mark.parametrize(
    ("item", "lead"),
    [
        ("Giám đốc Sở Giáo dục và Đào tạo cho học sinh vùng ngập nghỉ học.", ["sgddt"]),
        ("Hội Nông dân huyện vận động bà con nạo vét mương.", ["Hội Nông dân huyện"]),
        (
            "Giao Ban Quản lý dự án đầu tư xây dựng các công trình Nông nghiệp tỉnh rà soát khối lượng.",
            ["Ban Quản lý dự án đầu tư xây dựng các công trình Nông nghiệp tỉnh"],
        ),
        (
            "Ban Quản lý rừng sác rà soát diện tích bị lấn chiếm trước cuối tháng 5.",
            ["Ban Quản lý rừng sác"],
        ),
        (
            "Đảng đoàn Mặt trận Tổ quốc Việt Nam tỉnh, đảng đoàn các tổ chức chính trị - xã hội tỉnh "
            "vận động hội viên.",
            ["Đảng đoàn Mặt trận Tổ quốc Việt Nam tỉnh", "đảng đoàn các tổ chức chính trị - xã hội tỉnh"],
        ),
    ],
)
def test_who_is_told(item: str, lead: list[str]) -> None:
    assert leads(only(item)) == lead


def test_all_committees_of_a_level_are_told_where_the_register_has_one() -> None:
    text = HEAD.replace("2023", "2025").replace("tháng 4", "tháng 9")
    item = "1. Các huyện ủy, thị ủy, thành ủy lãnh đạo giải tỏa hành lang đê.\n"
    (found,) = read_text(text + item, REGISTRY).directives
    assert leads(found) == ["Các huyện ủy", "thị ủy", "thành ủy"]


def test_who_helps() -> None:
    item = "Sở Tư pháp phối hợp với Sở Xây dựng, UBND các huyện có đê và các đơn vị liên quan rà soát."
    assert helpers(item) == ["sxd", "cap-huyen", "lien-quan"]
    road = "Sở Xây dựng phối hợp với Văn phòng Quản lý đường bộ IV.2 phân luồng xe tải."
    assert helpers(road) == ["Văn phòng Quản lý đường bộ IV.2"]


def test_one_of_those_who_help_is_no_addressee() -> None:
    _, found = draft(
        "Giao Sở Xây dựng bàn giao mặt bằng trước ngày 30/5/2023; đối với 02 hộ tranh chấp thì "
        "phối hợp với Tòa án nhân dân huyện, Sở Tư pháp xử lý, trường hợp vượt thẩm quyền, đề xuất "
        "UBND tỉnh xem xét."
    ).directives
    assert leads(found) == ["sxd"]
    assert [party.body_id or party.phrase for party in found.cooperate] == ["Tòa án nhân dân huyện", "stp"]


def test_a_verb_behind_a_department_is_no_department() -> None:
    found = draft(
        "Giao Sở Y tế chuyển rác về bãi trước ngày 30/5; hằng tuần gửi khối lượng đã chuyển về các sở: "
        "Tài chính, Nội vụ; xây dựng phương án thu phí, trình UBND tỉnh trong quý III."
    ).directives
    assert [leads(one) for one in found] == [["syt"], ["syt"], ["syt"]]
    assert found[1].due.rule == "weekly"


def test_a_labelled_time_behind_a_sentence_divides_nothing() -> None:
    found = only(
        "Sở Y tế chủ trì, phối hợp với Sở Tài chính đánh giá lò đốt rác, tham mưu UBND tỉnh. "
        "Thời gian: 20 ngày, kể từ ngày ký văn bản này."
    )
    assert (leads(found), found.due.date) == (["syt"], date(2023, 4, 30))
    assert found.text.startswith("Sở Y tế chủ trì")


def test_what_somebody_asks_for_himself_is_no_order() -> None:
    assert draft("Chủ đầu tư đề nghị gia hạn đến 30/6/2025.").directives == ()


def test_a_condition_in_the_past_tense_is_no_past() -> None:
    _, found = draft(
        "Sở Y tế quán triệt quy định. Tổ chức cho nhân viên cam kết đã uống rượu thì không lái xe, "
        "hoàn thành trong tháng 5."
    ).directives
    assert found.due.date == date(2023, 5, 31)


def test_a_list_handed_in_is_dated_or_a_directive_that_is_asked_about() -> None:
    dated = only("Các sở, ngành cử 01 cán bộ dự tập huấn. Danh sách gửi về Sở Nội vụ trước ngày 20/5/2023.")
    assert dated.due.date == date(2023, 5, 20)
    _, second = draft(
        "Sở Y tế cử cán bộ trước ngày 10/5/2023. Danh sách gửi về Sở Nội vụ trước ngày 20/5/2023."
    ).directives
    assert (leads(second), second.due.date, bool(second.doubts)) == (["syt"], date(2023, 5, 20), True)


def test_a_paper_of_the_party_is_known_by_its_symbol() -> None:
    text = (
        "TỈNH ỦY SÓC TRĂNG\nSố: 15-CT/TU               Sóc Trăng, ngày 04 tháng 3 năm 2024\nCHỈ THỊ\n"
        "về an toàn giao thông\n"
        "Ban Thường vụ Tỉnh ủy yêu cầu:\n1. Công an tỉnh tăng cường tuần tra.\n"
    )
    document = read_text(text, REGISTRY).document
    assert (document.genre, document.number) == (Genre.PARTY, "15-CT/TU")
    assert document.date == date(2024, 3, 4)


def test_one_day_of_an_undated_paper_is_asked_about_once() -> None:
    (found,) = read_text(
        "1. Sở Y tế rà soát thuốc trước ngày 20/5.\n2. Sở Nội vụ họp.\n", REGISTRY
    ).directives[:1]
    assert len([doubt for doubt in found.doubts if doubt.field == "due"]) == 1


def test_in_minutes_a_day_behind_done_is_the_deadline() -> None:
    text = (
        "BIÊN BẢN HỌP GIAO BAN\nThời gian: 8h00 ngày 14/11/2023\nChủ trì: Chủ tịch UBND tỉnh. Dự: SKHĐT\n"
        "Chủ tịch kết luận:\n- SKHĐT -> rà lại danh mục, xong 15/12\n"
    )
    (found,) = read_text(text, REGISTRY).directives
    assert (leads(found), found.due.date) == (["skhdt"], date(2023, 12, 15))


def test_whoever_must_act_in_the_chairs_speech_is_no_speaker() -> None:
    said = "Chủ tịch UBND tỉnh yêu cầu Sở Y tế trực cấp cứu. Huyện Kế Sách phải đến từng chủ hộ ký cam kết."
    directives = read_text(f"{REPORT}{said}\n", REGISTRY).directives
    assert [leads(found) for found in directives] == [["syt"], ["ubnd-ks"]]


def test_what_is_expected_is_no_order() -> None:
    said = "Chủ tịch UBND tỉnh yêu cầu Sở Y tế trực cấp cứu.\n"
    said += "Dự kiến tháng 6 tới, đoàn Trung ương sẽ vào khảo sát."
    assert len(read_text(f"{REPORT}{said}\n", REGISTRY).directives) == 1


def test_the_visited_place_is_told_without_a_comma() -> None:
    report = REPORT.replace("về phòng cháy rừng.", "với thị xã Ngã Năm.")
    said = (
        "Chủ tịch UBND tỉnh giao Sở Y tế cấp thuốc. “Phía thị xã cũng phải rà soát từng hộ.”, Chủ tịch lưu ý."
    )
    found = read_text(f"{report}{said}\n", REGISTRY).directives
    assert leads(found[1]) == ["ubnd-nn"]


def test_a_lead_from_above_is_asked_about_where_the_clause_names_another() -> None:
    found = draft(
        "Giao Sở Y tế trực. Sở Nội vụ hiện thiếu người, việc vượt thẩm quyền thì báo cáo UBND tỉnh."
    )
    (other,) = [one for one in found.directives if one.text.startswith("Sở Nội vụ")]
    assert leads(other) == ["snv"] or any("Sở Nội vụ" in doubt.message for doubt in other.doubts)


def test_the_committee_of_another_province_is_asked_about() -> None:
    text = HEAD.replace("TỈNH SÓC TRĂNG", "TỈNH QUẢNG TRỊ").replace("Sóc Trăng,", "Đông Hà,")
    (found,) = read_text(
        f"{text}1. Giao đồng chí Phó Chủ tịch UBND tỉnh trực tiếp chỉ huy.\n", REGISTRY
    ).directives
    assert any("có thể không phải cơ quan trong danh mục" in doubt.message for doubt in found.doubts)
