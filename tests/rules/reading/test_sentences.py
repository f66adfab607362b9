"""Single patterns of directives: who, with whom, escalation, and what is none (guideline §1-§5)."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.agencies import load_register
from rules.draft import Draft, DraftDirective, DueKind
from rules.people.registry import Registry
from rules.reading import read_text

REGISTRY = Registry(load_register().bodies)
HEAD = """ỦY BAN NHÂN DÂN
TỈNH SÓC TRĂNG
Số: 9/TB-UBND
Sóc Trăng, ngày 18 tháng 9 năm 2023

THÔNG BÁO
Kết luận của Phó Chủ tịch UBND tỉnh

Sau khi nghe báo cáo, Phó Chủ tịch UBND tỉnh kết luận như sau:
"""


def read(body: str, head: str = HEAD) -> tuple[DraftDirective, ...]:
    return read_text(head + body, REGISTRY).directives


def leads(directive: DraftDirective) -> list[str | None]:
    return [party.body_id for party in directive.lead]


def helpers_of(directive: DraftDirective) -> list[str | None]:
    return [party.body_id for party in directive.cooperate]


@pytest.mark.parametrize(
    ("sentence", "lead", "cooperate"),
    [
        ("Giao Sở Tài chính chủ trì, phối hợp với Sở Y tế rà soát danh mục.", ["stc"], ["syt"]),
        ("Sở Nội vụ phối hợp với các địa phương rà soát biên chế.", ["snv"], ["cap-huyen"]),
        ("Sở Y tế, Sở Tư pháp và Công an tỉnh rà soát quy định.", ["syt", "stp", "catinh"], []),
        ("Các sở: Tài chính, Công Thương, Y tế rà soát thủ tục.", ["stc", "sct", "syt"], []),
        (
            "UBND các huyện Mỹ Tú, Long Phú, thị xã Ngã Năm lập danh sách.",
            ["ubnd-mt", "ubnd-lp", "ubnd-nn"],
            [],
        ),
        ("Ngành công thương đẩy mạnh kết nối tiêu thụ.", ["sct"], []),
        ("Đề nghị Ngân hàng Nhà nước chi nhánh tỉnh chỉ đạo các tổ chức tín dụng cho vay.", ["nhnn"], []),
        ("Giám đốc Sở Y tế trực tiếp kiểm tra các trạm y tế.", ["syt"], []),
        ("Các đồng chí Phó Chủ tịch UBND tỉnh trực tiếp kiểm tra dự án.", ["ubnd-tinh"], []),
        ("Các đơn vị, địa phương cập nhật số liệu.", ["so-nganh", "cap-huyen"], []),
        ("Sở Y tế (chủ trì), CDC tỉnh (phối hợp) tổng hợp tình hình dịch.", ["syt"], ["cdc"]),
        ("Về biên chế, Sở Nội vụ xem xét, tham mưu theo quy định.", ["snv"], []),
        ("Sở Xây dựng cùng với Sở Giao thông vận tải khảo sát tuyến đường.", ["sxd"], ["sgtvt"]),
    ],
)
def test_who_leads_and_who_cooperates(sentence: str, lead: list[str], cooperate: list[str]) -> None:
    (found,) = read(f"1. {sentence}\n")
    assert (leads(found), helpers_of(found)) == (lead, cooperate)


@pytest.mark.parametrize(
    "sentence",
    [
        "Biểu dương Sở Y tế đã hoàn thành tốt nhiệm vụ.",
        "Sở Tài chính đã tham mưu UBND tỉnh phân bổ kinh phí.",
        "Trong 08 tháng qua, UBND tỉnh đã giao Sở Xây dựng công bố giá vật liệu hằng quý.",
        "Phê bình các chủ đầu tư giải ngân chậm.",
        "Thống nhất chủ trương tổ chức Lễ hội.",
        "Phấn đấu đến cuối năm có thêm 05 xã đạt chuẩn.",
        "Phải tạo chuyển biến rõ nét trong năm nay.",
        "UBND tỉnh mong muốn các cơ quan phát huy tinh thần trách nhiệm.",
        "Giám đốc Sở Y tế chịu trách nhiệm trước UBND tỉnh về công tác y tế.",
        "Yêu cầu các đơn vị, địa phương nghiêm túc thực hiện.",
        "Vì sao tiến độ chậm như vậy?",
    ],
)
def test_what_is_no_directive(sentence: str) -> None:
    assert read(f"1. {sentence}\n") == ()


def test_a_heading_hands_its_addressee_down() -> None:
    first, second, third = read(
        "1. Sở Y tế:\n- Rà soát danh mục thuốc.\n- Báo cáo UBND tỉnh trước ngày 30/9.\n"
        "2. Giao Sở Tư pháp thẩm định dự thảo.\n"
    )
    assert [leads(d) for d in (first, second, third)] == [["syt"], ["syt"], ["stp"]]
    assert str(second.due.date) == "2023-09-30"


def test_a_sentence_is_split_where_addressee_or_deadline_changes() -> None:
    assert len(read("1. Sở Y tế tập huấn cho cán bộ; xây dựng kế hoạch dự phòng trước ngày 30/9.\n")) == 2
    assert len(read("1. Sở Y tế tập huấn cho cán bộ; Sở Tư pháp thẩm định dự thảo.\n")) == 2
    assert len(read("1. Sở Y tế lập danh sách; hoàn thành trước ngày 30/9.\n")) == 1
    assert len(read("1. Sở Y tế tập huấn; trường hợp vượt thẩm quyền thì báo cáo UBND tỉnh.\n")) == 1


def test_a_remainder_is_counted_out() -> None:
    _, second = read(
        "1. UBND các huyện Trần Đề, Long Phú rà soát hồ sơ; các huyện còn lại lập danh sách gửi Sở Y tế.\n"
    )
    assert len(second.lead) == 9
    assert "ubnd-td" not in leads(second)


def test_back_references_mean_the_body_spoken_of() -> None:
    first, second = read("1. Giao Sở Tài chính bố trí vốn. Sở này tham mưu UBND tỉnh phương án.\n")
    assert (leads(first), leads(second)) == (["stc"], ["stc"])


@pytest.mark.parametrize(
    ("sentence", "lead", "escalation"),
    [
        ("Nếu có khó khăn vượt thẩm quyền, các địa phương báo cáo UBND tỉnh xem xét.", "cap-huyen", True),
        ("Trường hợp vượt thẩm quyền, báo cáo UBND tỉnh để giải quyết.", "co-quan-giao", True),
        ("Sở Y tế báo cáo kết quả và khó khăn, vướng mắc trước ngày 25 hằng tháng.", "syt", False),
        ("Sở Y tế tháo gỡ khó khăn, vướng mắc cho các trạm y tế.", "syt", False),
    ],
)
def test_escalation_is_a_condition_that_sends_upward(sentence: str, lead: str, escalation: bool) -> None:
    (found,) = read(f"1. {sentence}\n")
    assert (leads(found), found.escalation) == ([lead], escalation)


def test_an_unknown_agency_is_doubted_and_not_guessed() -> None:
    (found,) = read("1. Giao Sở Tài chính phối hợp với Hội Sinh vật cảnh tổ chức trưng bày.\n")
    assert [doubt.field for doubt in found.doubts] == ["cooperate"]


def test_a_deadline_that_crosses_the_year_is_doubted() -> None:
    (found,) = read("1. Giao Sở Tài chính lập danh sách trước ngày 10/01.\n")
    assert any("2024" in doubt.message for doubt in found.doubts)


@pytest.mark.parametrize(
    "words",
    [
        "ngày 55 hằng tháng",
        "ngày 0 mỗi tháng",
        "ngày 45/13 hằng năm",
        "ngày 99 tháng cuối quý",
        "ngày 31/02 hằng năm",
    ],
)
def test_a_cycle_on_a_day_that_does_not_exist_is_doubted(words: str) -> None:
    """No form and no page takes such a cycle: read as one, the draft could not be opened."""
    (directive,) = read(f"Sở Y tế báo cáo kết quả trước {words}.\n")
    assert directive.due.kind is DueKind.NONE
    assert [doubt.message for doubt in directive.doubts if doubt.field == "due"]


def test_without_a_date_nothing_relative_is_resolved() -> None:
    undated = HEAD.replace("Sóc Trăng, ngày 18 tháng 9 năm 2023\n", "")
    body = "1. Giao Sở Y tế báo cáo trước ngày 30/9.\n"
    blind = read_text(undated + body, REGISTRY)
    assert blind.document.date is None
    assert [doubt.field for doubt in blind.doubts] == ["date"]
    assert blind.directives[0].due.kind is DueKind.NONE
    told = read_text(undated + body, REGISTRY, as_of=date(2024, 3, 1))
    assert str(told.directives[0].due.date) == "2024-09-30"
    assert told.doubts


def test_the_same_words_mean_other_bodies_later() -> None:
    later = (
        HEAD.replace("TỈNH SÓC TRĂNG", "THÀNH PHỐ CẦN THƠ")
        .replace("2023", "2025")
        .replace("UBND tỉnh", "UBND thành phố")
    )
    (found,) = read("1. Sở Tài chính phối hợp với các địa phương rà soát tài sản.\n", later)
    assert (leads(found), helpers_of(found)) == (["ct-stc"], ["ct-xa-phuong"])


def test_a_slip_with_labels_is_one_directive() -> None:
    slip = (
        "PHIẾU GIAO VIỆC\nNgày 05/4/2023\nNội dung: Rà soát hồ sơ hỗ trợ hợp tác xã\n"
        "Đơn vị chủ trì: Sở Tài chính\nĐơn vị phối hợp: Sở KH&ĐT\nThời hạn: 20/4/2023\n"
    )
    (found,) = read_text(slip, REGISTRY).directives
    assert (leads(found), helpers_of(found), str(found.due.date)) == (["stc"], ["skhdt"], "2023-04-20")


@pytest.mark.parametrize(
    "rows",
    [
        "| TT | Nhiệm vụ | Chủ trì | Phối hợp | Hạn cũ | Hạn mới |\n|---|---|---|---|---|---|\n"
        "| 1 | Rà soát quỹ | Sở Y tế | Sở Tài chính | 31/01/2024 | 30/4/2024 |\n",
        "STT\nNội dung\nChủ trì\nPhối hợp\nThời gian\n1\nRà soát quỹ\nSở Y tế\nSở Tài chính\n30/4/2024\n",
        "STT\tNội dung\tChủ trì\tPhối hợp\tThời gian\n"
        "I\tMục một\t\t\t\n1\tRà soát quỹ\tSở Y tế\tSở Tài chính\t30/4/2024\n",
    ],
)
def test_tables_in_three_shapes(rows: str) -> None:
    head = "Phụ lục\n(Kèm theo Công văn số 2/UBND-TH ngày 08 tháng 01 năm 2024 của UBND tỉnh Sóc Trăng)\n"
    (found,) = read_text(head + rows, REGISTRY).directives
    assert (leads(found), helpers_of(found), str(found.due.date)) == (["syt"], ["stc"], "2024-04-30")


def test_a_deadline_in_the_next_fragment_belongs_to_the_directive() -> None:
    (found,) = read("1. Sở Y tế: Rà soát danh mục thuốc. Thời hạn: trước ngày 30/9/2023.\n")
    assert str(found.due.date) == "2023-09-30"
    assert found.text.endswith("30/9/2023")


def test_a_letter_speaks_to_whom_it_is_addressed() -> None:
    letter = (
        "PHIẾU GIAO NHIỆM VỤ\nNgày giao: 16/8/2023\nKính gửi: Sở Y tế\n1. Kiểm tra trạm y tế "
        "trước ngày 31/8.\n"
    )
    (found,) = read_text(letter, REGISTRY).directives
    assert (leads(found), str(found.due.date)) == (["syt"], "2023-08-31")


def test_roles_in_brackets_after_the_work() -> None:
    (found,) = read(
        "1. Kiểm tra bến khách - Sở GTVT (chủ trì), UBND huyện Kế Sách (phối hợp). Thời hạn: 30/9.\n"
    )
    assert (leads(found), helpers_of(found), str(found.due.date)) == (["sgtvt"], ["ubnd-ks"], "2023-09-30")


def test_a_recurring_report_after_a_main_action_is_a_directive_of_its_own() -> None:
    first, second = read("1. Sở Y tế giám sát các ổ dịch tại cơ sở, định kỳ hằng tuần báo cáo UBND tỉnh.\n")
    assert (first.due.kind, second.due.rule) == (DueKind.NONE, "weekly")


def test_minutes_know_persons_from_their_attendance_list() -> None:
    minutes = (
        "BIÊN BẢN\nHọp giao ban\nThời gian: 7 giờ 30 ngày 04/3/2024\n"
        "Thành phần: Sở Tài chính (bà Thu), Sở NN&PTNT (ông Bảy); thư ký: anh Khoa, Sở Y tế.\n"
        "1. Ý kiến: bà Thu đề nghị Sở Y tế bổ sung hồ sơ.\n2. Kết luận:\n"
        "- Bà Thu phối hợp với ông Bảy rà soát hồ sơ.\n- Thư ký tổng hợp.\n"
    )
    first, second = read_text(minutes, REGISTRY).directives
    assert (leads(first), helpers_of(first), leads(second)) == (["stc"], ["snn"], ["syt"])


def test_a_report_keeps_to_what_the_chair_said() -> None:
    report = (
        "Kiểm tra cảng cá\n15/06/2024\nSáng 14-6, Chủ tịch UBND tỉnh kiểm tra cảng cá Trần Đề.\n"
        "Sở NN&PTNT đề nghị huyện tăng cường quản lý tàu cá.\n"
        "Phát biểu tại đây, Chủ tịch UBND tỉnh đánh giá cao nỗ lực. Chủ tịch UBND tỉnh yêu cầu "
        "ngành nông nghiệp "
        "rà soát tàu cá, báo cáo trước ngày 30-6.\n"
        '"Huyện Trần Đề cần lập danh sách từng chủ tàu", ông nhấn mạnh.\nDịp này, đoàn đã tặng cờ.\n'
    )
    first, second = read_text(report, REGISTRY).directives
    assert (leads(first), str(first.due.date), leads(second)) == (["snn"], "2024-06-30", ["ubnd-td"])


_SCRAPS = st.lists(
    st.one_of(
        st.text(max_size=30),
        st.sampled_from(
            [
                "Giao Sở Y tế ", "UBND tỉnh ", "trước ngày ", "30/9", "\n", "1. ", "- ", "; ", ". ", "\t",
                "|", ":", "(", '"', "vượt thẩm quyền ", "báo cáo ", "Kết luận như sau:\n", "PHIẾU GIAO\n",
                "STT\tNội dung\tChủ trì\n", "Sở này ",
            ]
        ),
    ),
    max_size=25,
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(_SCRAPS)
def test_no_text_crashes_and_no_deadline_is_invented(scraps: list[str]) -> None:
    draft: Draft = read_text("".join(scraps), REGISTRY)
    for directive in draft.directives:
        assert draft.document.text[directive.span.start : directive.span.end] == directive.text
        assert directive.due.kind is DueKind.NONE or directive.due.phrase
