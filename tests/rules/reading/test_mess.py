"""What lies over a text and is none of it: pages, stamps, comments; and the shorthand of minutes."""

from datetime import date

import pytest

from config.agencies import load_register
from rules.draft import Draft
from rules.people.registry import Registry
from rules.reading import read_text

REGISTRY = Registry(load_register().bodies)
HEAD = (
    "THÔNG BÁO\nSố: 8/TB-UBND\nSóc Trăng, ngày 15 tháng 5 năm 2023\n"
    "Phó Chủ tịch UBND tỉnh kết luận như sau:\n"
)
ITEM = "1. Giao Sở Tài nguyên và Môi trường rà soát các khu đất công bỏ trống,"
REST = "lập danh sách gửi UBND tỉnh trước ngày 20/6."
MINUTES = (
    "BIÊN BẢN\nHọp giao ban ngày 16/5/2023\nChủ trì: Phó Chủ tịch UBND tỉnh\n"
    "Dự: SKHĐT, STC, SNN, VP\nA. Báo cáo\n- STC: hụt thu 20 tỷ, đề nghị UBND tỉnh cho tạm ứng\n"
    "B. Chủ tọa kết luận\n"
)


def read(text: str) -> Draft:
    return read_text(text, REGISTRY)


def told(draft: Draft) -> list[tuple[list[str], str]]:
    return [([p.body_id or p.phrase for p in d.lead], str(d.due.date)) for d in draft.directives]


@pytest.mark.parametrize(
    "between",
    [
        "\nUBND tỉnh Sóc Trăng - Thông báo số 8/TB-UBND                    Trang 2/4\n",
        "\nTB số 8/TB-UBND ngày 15/5/2023                                  - 2 -\n",
        "\n                                                      3\n",
        "\nNgười ký: Ủy ban nhân dân tỉnh\n",
        "\nGhi chú [A1]: STNMT xem lại số liệu\n",
    ],
)
def test_a_page_between_two_lines_changes_nothing(between: str) -> None:
    whole, parted = read(f"{HEAD}{ITEM} {REST}\n"), read(f"{HEAD}{ITEM}{between}{REST}\n")
    assert told(whole) == told(parted) == [(["stnmt"], "2023-06-20")]


def test_what_was_struck_is_not_read() -> None:
    (found,) = read(f"{HEAD}1. [xóa: Giao Sở Tư pháp] Giao Sở Y tế rà soát kho thuốc.\n").directives
    assert [p.body_id for p in found.lead] == ["syt"]


def test_bold_marks_of_a_web_page_change_nothing() -> None:
    bold = HEAD.replace("Phó Chủ tịch UBND tỉnh kết luận như sau:", "**Phó Chủ tịch kết luận như sau:**")
    assert told(read(f"{bold}**1.** Giao Sở Y tế rà soát kho thuốc.\n")) == [(["syt"], "None")]


def test_an_account_above_the_orders_is_none() -> None:
    account = "Trong quý I, xã An Mỹ và xã Nhơn Mỹ báo cáo chậm, thu đạt 20%; tồn tại nhiều hạn chế.\n"
    assert told(read(f"{HEAD}{account}1. Giao Sở Y tế rà soát kho thuốc.\n")) == [(["syt"], "None")]


def test_minutes_in_shorthand() -> None:
    text = MINUTES + (
        "1/ Thu ngân sách:\n+ STC rà lại các khoản nợ -> trình UBND tỉnh (20/6)\n"
        "+ SKHĐT + STC làm tờ trình, hạn 25/6\n+ SNN chốt diện tích lúa / thứ 2 tuần sau\n"
    )
    assert told(read(text)) == [
        (["stc"], "2023-06-20"),
        (["skhdt", "stc"], "2023-06-25"),
        (["snn"], "2023-05-22"),
    ]


def test_minutes_without_tone_marks() -> None:
    text = (
        "BIEN BAN LAM VIEC\nHop ngay 16/5/2023\nIII/ CHU TICH KET LUAN\n"
        "- So Y te doi kho thuoc xong truoc 20/6\n- So Tai chinh chi du kinh phi cho xa\n"
    )
    assert told(read(text)) == [(["syt"], "2023-06-20"), (["stc"], "None")]


def test_a_heading_printed_on_each_page_is_no_row() -> None:
    head = "TT\tNhiệm vụ\tChủ trì\tPhối hợp\tThời hạn\n"
    rows = "1\tRà soát máy quét\tSở Tài chính\tSở Y tế\t30/11/2023\n"
    more = "2\tSố hóa hồ sơ\tSở Nội vụ\t\tThường xuyên\n"
    draft = read(f"PHỤ LỤC\nNhiệm vụ năm 2023\n{head}{rows}{head}{more}")
    assert told(draft) == [(["stc"], "2023-11-30"), (["snv"], "None")]


def test_a_page_inside_a_table_of_one_cell_a_line() -> None:
    cells = (
        "TT\nNội dung\nĐơn vị thực hiện\nĐơn vị phối hợp\nThời gian\n"
        "1\nTập huấn thú y\nSở Nội vụ\nSở Y tế\n15/4/2024\n"
    )
    page = "KH 42/KH-UBND                                         Trang 5/6\n"
    more = "2\nThống kê đàn chó\nSở Y tế\nSở Nội vụ\nTháng 6/2024\n"
    draft = read_text(f"PHỤ LỤC\nPHÂN CÔNG NHIỆM VỤ\n{cells}{page}{more}", REGISTRY, date(2024, 3, 1))
    assert told(draft) == [(["snv"], "2024-04-15"), (["syt"], "2024-06-30")]


def test_the_goals_of_a_plan_are_nobodys_orders() -> None:
    text = (
        "KẾ HOẠCH\nPhòng dịch năm 2023\nSóc Trăng, ngày 15 tháng 5 năm 2023\nI. MỤC ĐÍCH\n"
        "1. Không để dịch lây lan.\n2. Tiêm bổ sung hằng tháng cho đàn mới.\nII. TỔ CHỨC THỰC HIỆN\n"
        "1. Sở Y tế\n- Mở thêm điểm tiêm trong quý III.\n"
    )
    assert told(read(text)) == [(["syt"], "2023-09-30")]


def test_a_body_of_a_cell_that_nobody_knows_stays_as_written() -> None:
    head = "TT\tNhiệm vụ\tChủ trì\tPhối hợp\tThời hạn\n"
    row = "1\tRà soát máy quét\tTổ hợp tác Tân Phước\tĐội dân phòng ấp 3\t30/11/2023\n"
    (found,) = read(f"PHỤ LỤC\nNhiệm vụ năm 2023\n{head}{row}").directives
    assert [p.phrase for p in (*found.lead, *found.cooperate)] == [
        "Tổ hợp tác Tân Phước",
        "Đội dân phòng ấp 3",
    ]
    assert {doubt.field for doubt in found.doubts} >= {"lead", "cooperate"}


PLAN = "KẾ HOẠCH\nChuyển đổi số\nSố: 20/KH-UBND\nSóc Trăng, ngày 10 tháng 5 năm 2023\nII. NHIỆM VỤ\n"
STACKED = (
    "1. Xây dựng kho dữ liệu dùng chung\nChủ trì: Sở Thông tin và Truyền thông\n"
    "Phối hợp: Sở Tài chính, Sở Nội vụ\nHạn: Quý III/2023\nKết quả: kho dữ liệu vận hành\n"
    "2. Đào tạo kỹ năng số\n- Chủ trì: Sở Nội vụ\n- Thời gian: Tháng 9 - 10/2023\n"
    "3. Tổng hợp số liệu\nĐơn vị thực hiện: Sở Y tế\nThời gian thực hiện: 6 tháng 01 lần\n"
)


def test_a_title_with_labelled_lines_is_one_directive() -> None:
    draft = read(PLAN + STACKED)
    assert told(draft) == [(["stttt"], "2023-09-30"), (["snv"], "2023-10-31"), (["syt"], "None")]
    assert [p.body_id for p in draft.directives[0].cooperate] == ["stc", "snv"]
    assert draft.directives[2].due.rule == "semiannual"
    assert draft.directives[0].text == "Xây dựng kho dữ liệu dùng chung"


def test_such_forms_without_a_head() -> None:
    text = (
        "Nhiệm vụ 1: Hoàn thiện hồ sơ cảng cá\nCơ quan chủ trì: Sở Công Thương\nThời hạn: 30/8/2023\n"
        "Nhiệm vụ 2: Lập dự toán nạo vét\nCơ quan chủ trì: Sở Tài chính\nThời hạn: 15/9/2023\n"
    )
    assert told(read(text)) == [(["sct"], "2023-08-30"), (["stc"], "2023-09-15")]


@pytest.mark.parametrize("cell", ["Sở Y tế phối hợp Sở Nội vụ", "Sở Y tế chủ trì, Sở Nội vụ phối hợp"])
def test_roles_inside_a_cell(cell: str) -> None:
    head = "| TT | Nội dung | Đơn vị thực hiện | Thời gian |\n|---|---|---|---|\n"
    (found,) = read(
        f"PHỤ LỤC\nDANH MỤC NHIỆM VỤ\n{head}| 1 | Rà soát hộ nghèo | {cell} | 20/6/2023 |\n"
    ).directives
    assert [p.body_id for p in found.lead] == ["syt"]
    assert [p.body_id for p in found.cooperate] == ["snv"]


def test_a_deadline_in_a_cell_is_not_the_papers_date() -> None:
    head = "STT\tNội dung\tCơ quan thực hiện\tHạn cũ\tHạn mới\n"
    draft = read(f"{head}1\tLập quy hoạch chợ\tSở Y tế\t30/6/2023\t30/9/2023\n")
    assert draft.document.date is None
    assert told(draft) == [(["syt"], "2023-09-30")]


def test_a_section_of_a_district_by_its_first_letter() -> None:
    text = MINUTES + "- P. KT-HT thuê kiểm định cầu, có kết quả trước 10/7\n"
    (found,) = read(text).directives
    assert [p.phrase for p in found.lead] == ["P. KT-HT"]
    assert str(found.due.date) == "2023-07-10"
    assert found.doubts
