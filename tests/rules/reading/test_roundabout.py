"""Sentences that tell their addressee in a roundabout way, and who speaks in a report (guideline §1-§3)."""

import pytest

from rules.reading import read_text
from tests.rules.reading.test_sentences import REGISTRY, helpers_of, leads, read


@pytest.mark.parametrize(
    ("sentence", "lead", "cooperate"),
    [
        ("Việc rà soát quỹ đất do Sở Tư pháp chủ trì thực hiện, xong trước ngày 30/10.", ["stp"], []),
        ("Nhiệm vụ xây dựng kế hoạch được giao cho Sở Y tế, hoàn thành trong quý IV.", ["syt"], []),
        ("Đối với Sở Y tế, Phó Chủ tịch UBND tỉnh giao rà soát danh mục thuốc.", ["syt"], []),
        ("Riêng Giám đốc Sở Nội vụ, đồng chí nhắc phải trực tiếp kiểm tra.", ["snv"], []),
        ("Gói thầu nào chưa mở thầu thì Sở Xây dựng phải có văn bản giải trình.", ["sxd"], []),
        ("Công tác này cũng được quan tâm, theo đó Sở Y tế duy trì đường dây nóng.", ["syt"], []),
        ("UBND huyện Mỹ Tú vắng họp; yêu cầu gửi báo cáo giải trình trước ngày 23/9.", ["ubnd-mt"], []),
        ("Giao Sở Nội vụ là cơ quan đầu mối, theo dõi việc thực hiện.", ["snv"], []),
        (
            "Giao Sở Y tế (chủ trì), Sở Tư pháp, Sở Nội vụ (phối hợp) rà soát hồ sơ.",
            ["syt"],
            ["stp", "snv"],
        ),
        ("Sở Y tế rà soát nguồn thuốc, báo cáo trước 20/10. Sở Tài chính phối hợp.", ["syt"], ["stc"]),
        ("Sở GD&ĐT rà soát trường lớp.", ["sgddt"], []),
    ],
)
def test_whom_a_roundabout_sentence_tells(sentence: str, lead: list[str], cooperate: list[str]) -> None:
    (found,) = read(f"1. {sentence}\n")
    assert (leads(found), helpers_of(found)) == (lead, cooperate)


def test_an_agency_that_the_register_does_not_know_is_kept_with_a_doubt() -> None:
    (found,) = read("1. Giao Hội Sinh vật cảnh tỉnh tổ chức trưng bày trước ngày 30/9.\n")
    assert [party.phrase for party in found.lead] == ["Hội Sinh vật cảnh tỉnh"]
    assert leads(found) == [None]
    assert any("Hội Sinh vật cảnh" in doubt.message for doubt in found.doubts)


def test_an_item_without_an_addressee_is_shown_with_a_doubt() -> None:
    (found,) = read("1. Ban hành kế hoạch phòng, chống dịch trước ngày 30/10/2023.\n")
    assert (found.lead, str(found.due.date)) == ((), "2023-10-30")
    assert any("Chưa tìm được cơ quan" in doubt.message for doubt in found.doubts)


def test_two_deadlines_are_two_directives() -> None:
    first, second = read(
        "1. Sở Y tế gửi hồ sơ trước ngày 25/9/2023, đồng thời rà soát quy hoạch, "
        "báo cáo UBND tỉnh trước ngày 10/10/2023.\n"
    )
    assert [str(d.due.date) for d in (first, second)] == ["2023-09-25", "2023-10-10"]


def test_in_a_report_only_the_chair_gives_orders() -> None:
    report = (
        "Kế Sách: Chủ động ứng phó xâm nhập mặn\n22/02/2024 08:15\n"
        "Ngày 21-2, đồng chí Nguyễn Văn Khởi, Phó Chủ tịch UBND tỉnh Sóc Trăng làm việc với huyện Kế Sách.\n"
        "Chủ tịch UBND huyện Lê Văn Bảy đề nghị Chi cục Thủy lợi bổ sung máy đo mặn trước ngày 1-3. "
        "Sở Y tế khẩn trương cấp thuốc cho huyện.\n"
        "Kết luận buổi làm việc, đồng chí Nguyễn Văn Khởi yêu cầu huyện Kế Sách gia cố bờ bao. "
        "Ngoài ra, Sở Tài chính cân đối kinh phí.\n"
        "Ông Trần Văn Tư, nông dân, cho biết đề nghị Sở Y tế hỗ trợ.\nMỹ Linh viết bài này.\n"
        "Các địa phương tuyên truyền, vận động nhân dân tiết kiệm nước.\n"
    )
    found = read_text(report, REGISTRY).directives
    assert [leads(d) for d in found] == [["ubnd-ks"], ["stc"], ["cap-huyen"]]
    assert any("lời người chủ trì" in doubt.message for doubt in found[2].doubts)
