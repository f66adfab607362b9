"""Whom a sentence of a real paper tells: strangers, lists, groups, deputies, offices that only pass on.

Kinds of issue 14, each with sentences of our own: nothing is dropped, nothing is renamed into a neighbour.
"""

from datetime import date

import pytest

from rules.reading import read_text
from tests.rules.reading.orders import REGISTRY, leads, only


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Bộ Giao thông vận tải cho ý kiến về hướng tuyến trước ngày 20/5.", "Bộ Giao thông vận tải"),
        ("UBND huyện Thoại Sơn cử cán bộ phối hợp, hoàn thành trước ngày 20/5.", "UBND huyện Thoại Sơn"),
        ("UBND thành phố Sa Đéc rà soát quỹ đất trước ngày 20/5.", "UBND thành phố Sa Đéc"),
        ("Phòng Giáo dục và Đào tạo tổ chức khảo sát học sinh bỏ học.", "Phòng Giáo dục và Đào tạo"),
        ("Phòng Lao động - Thương binh và Xã hội lập danh sách.", "Phòng Lao động - Thương binh và Xã hội"),
        ("Đảng ủy Công an tỉnh lãnh đạo việc giữ an ninh.", "Đảng ủy Công an tỉnh"),
        ("Ban Tổ chức Tỉnh ủy thẩm định hồ sơ trước ngày 20/5.", "Ban Tổ chức Tỉnh ủy"),
        ("Ban cán sự đảng UBND tỉnh lãnh đạo việc giải quyết khiếu nại.", "Ban cán sự đảng UBND tỉnh"),
        ("Thanh tra huyện kết thúc cuộc kiểm tra trước ngày 20/5.", "Thanh tra huyện"),
        ("Các cấp ủy, tổ chức đảng quán triệt Chỉ thị.", "Các cấp ủy, tổ chức đảng"),
        ("Văn phòng HĐND và UBND huyện Kế Sách lập báo cáo.", "Văn phòng HĐND và UBND huyện Kế Sách"),
        ("Các chủ bến thủy nội địa phải kê khai trước ngày 20/5.", "Các chủ bến thủy nội địa"),
    ],
)
def test_a_body_outside_the_register_keeps_its_words_and_a_doubt(sentence: str, name: str) -> None:
    found = only(sentence)
    assert leads(found) == [name]
    assert found.lead[0].body_id is None
    assert any(name in doubt.message for doubt in found.doubts)


@pytest.mark.parametrize("name", ["Thanh Trì", "Long Phụ", "Kê Sách", "Mỹ Tu"])
def test_a_place_with_other_marks_is_no_place_of_ours(name: str) -> None:
    found = only(f"UBND huyện {name} rà soát hồ sơ trước ngày 20/5.")
    assert leads(found) == [f"UBND huyện {name}"]
    assert found.lead[0].candidates


@pytest.mark.parametrize(
    "name", ["UBND huyen Thanh Tri", "UBND HUYỆN THẠNH TRỊ", "UBND huyện Thạnh trị", "UBND huyện Kế sách"]
)
def test_other_case_or_no_marks_at_all_change_no_place(name: str) -> None:
    assert only(f"{name} rà soát hồ sơ trước ngày 20/5.").lead[0].body_id in ("ubnd-tt", "ubnd-ks")


def test_committees_of_the_party_are_no_districts() -> None:
    assert leads(only("Bí thư các huyện ủy, thị ủy, Thành ủy Sóc Trăng tiếp dân hằng tháng.")) == [
        "các huyện ủy", "thị ủy", "Thành ủy Sóc Trăng",
    ]  # fmt: skip


def test_some_of_a_group_is_the_group_with_a_doubt() -> None:
    found = only("Riêng Chủ tịch UBND 12 xã có tỷ lệ trễ hạn trên 10% báo cáo nguyên nhân trước ngày 20/5.")
    assert leads(found) == ["cap-xa"]
    assert any("một phần của nhóm" in doubt.message for doubt in found.doubts)


def test_a_body_of_another_time_is_not_meant() -> None:
    assert leads(only("UBND thành phố rà soát quỹ đất trước ngày 20/5.")) == ["ubnd-st"]
    founded_later = only("Sở Nông nghiệp và Môi trường rà soát quỹ đất trước ngày 20/5.")
    assert founded_later.lead[0].body_id is None
    assert founded_later.doubts


@pytest.mark.parametrize("owner", ["tỉnh Vĩnh Long", "tỉnh Bạc Liêu"])
def test_a_committee_of_another_province_is_not_ours(owner: str) -> None:
    (party,) = only(f"Sở Y tế báo cáo UBND {owner} trước ngày 20/5.").report_to
    assert (party.body_id, party.phrase) == (None, f"UBND {owner}")


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        (
            "Giao các Sở: Y tế, Tài chính; UBND các huyện: Mỹ Tú, Long Phú kiểm tra.",
            ["syt", "stc", "ubnd-mt", "ubnd-lp"],
        ),
        (
            "UBND các huyện Mỹ Tú, Gò Quao kiểm tra việc lấn chiếm.",
            ["ubnd-mt", "UBND huyện Gò Quao"],
        ),
        ("Yêu cầu Sở Y tế và Chủ tịch UBND các địa phương kiểm tra.", ["syt", "cap-huyen"]),
        ("Giám đốc các sở kiểm tra công vụ.", ["so-nganh"]),
        ("Từng sở, ngành trả lời bằng văn bản trước ngày 20/5.", ["so-nganh"]),
        ("UBND các xã, thị trấn lập danh sách.", ["cap-xa"]),
        (
            "Các sở, ban, ngành, đoàn thể tỉnh và UBND các huyện, thị xã, thành phố lập kế hoạch.",
            ["so-nganh", "doan-the", "cap-huyen"],
        ),
        (
            "Thủ trưởng các sở, ban, ngành, đoàn thể tỉnh, Chủ tịch UBND các huyện lập kế hoạch.",
            ["so-nganh", "doan-the", "cap-huyen"],
        ),
        ("Đơn vị nào giải ngân dưới 50% thì báo cáo giải trình trước ngày 20/5.", ["co-quan-giao"]),
        ("Các cơ quan chuyên môn thuộc UBND tỉnh lập kế hoạch.", ["so-nganh"]),
        ("Giám đốc Sở Y tế, Trưởng Ban Dân tộc tỉnh lập kế hoạch.", ["syt", "bdt"]),
        ("Đề nghị Ban Thường vụ Tỉnh Đoàn phát động phong trào.", ["tinhdoan"]),
        ("Công ty Điện lực Sóc Trăng, VNPT Sóc Trăng bảo đảm liên lạc.", ["dienluc", "VNPT Sóc Trăng"]),
        ("Các sở, ngành, xã, phường cập nhật số liệu.", ["so-nganh", "cap-xa"]),
        ("Những vướng mắc về đất đai, Sở Y tế tổng hợp trước ngày 20/5.", ["syt"]),
        ("Phía các huyện, mỗi nơi cân đối ít nhất 01 tỷ đồng.", ["cap-huyen"]),
        ("Định kỳ ngày 15 hằng tháng, Sở Y tế báo cáo kết quả.", ["syt"]),
        ("Văn phòng UBND tỉnh đề nghị Sở Y tế khẩn trương trình đề án.", ["syt"]),
        ("Các Phó Chủ tịch UBND tỉnh trực tiếp kiểm tra từng công trình.", ["ubnd-tinh"]),
        ("Phó Chủ tịch UBND tỉnh Lê Văn Ba được phân công kiểm tra công trình.", ["ubnd-tinh"]),
        ("Chỉ huy trưởng Bộ Chỉ huy Quân sự tỉnh sẵn sàng lực lượng.", ["bchqs"]),
    ],
)
def test_lists_groups_and_those_who_stand_for_a_body(sentence: str, wanted: list[str]) -> None:
    assert leads(only(sentence)) == wanted


def test_who_helps_though_the_register_lacks_one_of_them() -> None:
    found = only("Sở Y tế phối hợp với UBND huyện Gò Quao và các cơ quan, đơn vị liên quan kiểm tra.")
    assert [p.body_id or p.phrase for p in found.cooperate] == ["UBND huyện Gò Quao", "lien-quan"]


def test_in_a_report_on_one_district_the_place_is_that_district() -> None:
    report = """Chủ tịch UBND tỉnh làm việc với huyện Kế Sách
Chiều 12/5/2023, Chủ tịch UBND tỉnh Trần Văn An có buổi làm việc với huyện Kế Sách.
Phát biểu chỉ đạo, Chủ tịch UBND tỉnh Trần Văn An biểu dương huyện. Địa phương phải rà soát lại quỹ đất.
"""
    (found,) = read_text(report, REGISTRY, date(2023, 5, 13)).directives
    assert leads(found) == ["ubnd-ks"]
