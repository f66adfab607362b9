"""Whom a telegram is sent to, whom "nêu trên" means, what a bare heading hands down, where a paper ends."""

from datetime import date

from rules.reading import read_text
from tests.rules.reading.orders import HEAD, REGISTRY, draft, leads

TELEGRAM = """UBND TỈNH CÀ MAU
Số: 07/CĐ-UBND
Cà Mau, ngày 05 tháng 4 năm 2024
CÔNG ĐIỆN
CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH
Điện: Giám đốc Sở Y tế; Chủ tịch UBND các huyện U Minh, Cái Nước; Giám đốc Vườn Quốc gia Đất Mũi.
Chủ tịch UBND tỉnh yêu cầu:
- Duy trì quân số trực ở các chốt canh lửa.
- Hoàn thành gia cố đê bao trước ngày 08/4/2024.
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Trần Văn Bảy
Ban biên tập
"""
RECIPIENTS = ["syt", "UBND huyện U Minh", "UBND huyện Cái Nước", "Vườn Quốc gia Đất Mũi"]


def test_recipients_outside_the_register_are_told_too() -> None:
    assert [leads(d) for d in read_text(TELEGRAM, REGISTRY).directives] == [RECIPIENTS, RECIPIENTS]


def test_a_name_is_asked_about_once_and_stays_unplaced() -> None:
    first, second = read_text(TELEGRAM, REGISTRY).directives
    assert [d.message for d in first.doubts] == [
        f"Chưa xác định được cơ quan “{name}” trong danh mục." for name in RECIPIENTS[1:]
    ]
    assert not second.doubts
    assert [p.body_id for p in second.lead] == ["syt", None, None, None]


def test_those_named_above_are_told_by_name() -> None:
    found = draft(
        "UBND các huyện, thị xã ven biển: Vĩnh Châu, Trần Đề gia cố đê.",
        "UBND các huyện: Kế Sách, Long Phú nạo vét kênh.",
        *("Sở Y tế phối hợp với Sở Tài chính, Công an tỉnh rà soát kinh phí.",) * 6,
        "Chủ tịch UBND các huyện, thị xã nêu trên trực ban trước ngày 20/5.",
    ).directives
    assert sorted(leads(found[-1])) == ["ubnd-ks", "ubnd-lp", "ubnd-td", "ubnd-vc"]


def test_a_heading_of_names_alone_hands_down_to_the_paragraph_below() -> None:
    found = read_text(f"{HEAD}I. UBND các xã, thị trấn\nRa quân thu gom rác, xong trước 25/4.\n", REGISTRY)
    assert [leads(d) for d in found.directives] == [["cap-xa"]]


def test_a_paper_handed_in_on_a_day_is_a_task_beside_the_work() -> None:
    found = draft(
        "Sở Công Thương nắm chắc nguồn hàng, không để sốt giá; trình UBND tỉnh kế hoạch đưa hàng về vùng sâu "
        "trước ngày 20/5."
    ).directives
    assert [d.due.date for d in found] == [None, date(2023, 5, 20)]
    (whole,) = draft("Sở Công Thương nắm nguồn hàng; trình UBND tỉnh kết quả trước ngày 20/5.").directives
    assert whole.due.date == date(2023, 5, 20)


def test_half_a_year_and_a_year_with_their_days() -> None:
    (found,) = draft(
        "Sở Công Thương báo cáo kết quả 6 tháng và năm gửi Sở Tài chính trước ngày 10/6 và ngày 10/12."
    ).directives
    assert found.due.rule == "yearly 10-06, 10-12"


def test_a_cell_of_strangers_is_a_list_of_them() -> None:
    rows = "STT\tNội dung\tĐơn vị thực hiện\tThời gian\n1\tLắp wifi tại chợ\t{who}\tTháng 6/2023\n"
    table = "DANH MỤC nhiệm vụ\nSóc Trăng, ngày 10 tháng 4 năm 2023\n" + rows
    (two,) = read_text(table.format(who="VNPT An Hòa, Viettel An Hòa"), REGISTRY).directives
    assert leads(two) == ["VNPT An Hòa", "Viettel An Hòa"]
    (one,) = read_text(table.format(who="Tổ tự quản chợ, ấp Hòa Mỹ"), REGISTRY).directives
    assert leads(one) == ["Tổ tự quản chợ, ấp Hòa Mỹ"]


def test_a_place_that_sounds_like_from_dates_its_paper() -> None:
    text = "UBND HUYỆN MỸ TÚ\nSố: 45/UBND-NN\nMỹ Tú, ngày 12 tháng 3 năm 2024\nV/v phòng bệnh\n"
    assert read_text(f"{text}1. Sở Y tế cấp thuốc.\n", REGISTRY).document.date == date(2024, 3, 12)


def test_a_day_of_the_week_may_date_the_sentence_before() -> None:
    (found,) = draft(
        "Sở Xây dựng giám sát chất lượng công trình. Thời gian báo cáo: thứ Sáu hằng tuần."
    ).directives
    assert found.due.rule == "weekly friday"


def test_a_board_of_projects_is_told_by_its_bare_name() -> None:
    (found,) = draft("Ban Quản lý dự án tăng ca, bù tiến độ trước ngày 20/5.").directives
    assert leads(found) == ["Ban Quản lý dự án"]
