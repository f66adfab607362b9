"""Whoever is asked in a list of common nouns, with names in it or none: kept as written, with a doubt.

Kinds that real papers showed; every sentence here is our own.
"""

from datetime import date

import pytest

from rules.draft import Draft
from rules.reading import read_text
from tests.rules.reading.orders import REGISTRY, leads, only

GIVEN = date(2023, 5, 15)


def press(text: str) -> Draft:
    return read_text(f"Họp về mùa khô\n{text}\nHết bản tin.", REGISTRY, GIVEN)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("cấp ủy, tổ chức đảng, các sở, ngành", ["cấp ủy", "tổ chức đảng", "so-nganh"]),
        ("lực lượng chức năng", ["lực lượng chức năng"]),
        ("người đứng đầu cơ quan", ["người đứng đầu cơ quan"]),
        ("UBND các huyện, các đơn vị quản lý hồ chứa", ["cap-huyen", "các đơn vị quản lý hồ chứa"]),
        ("Sở Y tế, các trường học đóng trên địa bàn tỉnh", ["syt", "các trường học đóng trên địa bàn tỉnh"]),
        ("lực lượng Công an tỉnh", ["catinh"]),
        ("các cơ sở nuôi tôm, doanh nghiệp chế biến", ["các cơ sở nuôi tôm", "doanh nghiệp chế biến"]),
        ("Sở Y tế và các chủ công trình", ["syt", "các chủ công trình"]),
    ],
)
def test_a_list_that_is_asked_is_told_whole(asked: str, told: list[str]) -> None:
    (found,) = press(f"Chủ tịch UBND tỉnh yêu cầu {asked} khẩn trương rà soát phương án.").directives
    assert leads(found) == told


def test_what_it_has_to_go_by_may_stand_behind_the_list() -> None:
    (found,) = press(
        "UBND tỉnh yêu cầu Sở Xây dựng, chủ rừng trên địa bàn tỉnh, căn cứ chức năng, nhiệm vụ của mình "
        "tổ chức thực hiện tốt việc trực chòi canh."
    ).directives
    assert leads(found) == ["sxd", "chủ rừng trên địa bàn tỉnh"]


@pytest.mark.parametrize(
    ("order", "lead"),
    [
        ("UBND huyện Mỹ Tú phân công cán bộ trực tại chốt, không để cháy lan.", "ubnd-mt"),
        ("Sở Y tế lưu ý hội chẩn sớm, chuyển bệnh nhân nặng.", "syt"),
        ("Sở Tài chính đề nghị báo cáo quyết toán đúng hạn.", "stc"),
    ],
)
def test_no_list_is_made_of_what_somebody_does(order: str, lead: str) -> None:
    assert leads(only(order)) == [lead]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Các cơ sở nuôi tôm phải đăng ký mã số", "Các cơ sở nuôi tôm"),
        ("Công ty Cổ phần Cấp thoát nước Hoa Sen nạo vét cống", "Công ty Cổ phần Cấp thoát nước Hoa Sen"),
        ("Văn phòng HĐND&UBND huyện có trách nhiệm tổng hợp", "Văn phòng HĐND&UBND huyện"),
        ("Ban nhân dân các ấp vận động người dân dọn vệ sinh", "Ban nhân dân các ấp"),
        ("Ban chỉ đạo phòng, chống dịch bệnh huyện Thoại Sơn khoanh vùng ổ dịch",
         "Ban chỉ đạo phòng, chống dịch bệnh huyện Thoại Sơn"),
        ("Chi cục Quản lý thị trường tỉnh kiểm tra các chợ", "Chi cục Quản lý thị trường tỉnh"),
        ("Đài Phát thanh và Truyền hình Hậu Giang đưa tin", "Đài Phát thanh và Truyền hình Hậu Giang"),
    ],
)  # fmt: skip
def test_a_stranger_keeps_its_whole_name(name: str, told: str) -> None:
    assert leads(only(f"{name} trước ngày 20/5.")) == [told]


def test_two_strangers_joined_by_and_are_two() -> None:
    assert leads(only("Phòng Y tế và Công an huyện hòa giải vụ việc trước ngày 20/5.")) == [
        "Phòng Y tế",
        "Công an huyện",
    ]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("Sở Kế hoạch - Đầu tư", ["skhdt"]),
        ("Sở Giáo dục", ["sgddt"]),
        ("UBND các huyện, thành, thị", ["cap-huyen"]),
        ("Chủ tịch UBND các quận, huyện, thị xã", ["cap-huyen"]),
        ("các quận – huyện", ["cap-huyen"]),
        ("các cấp, ngành, địa phương", ["so-nganh", "cap-huyen"]),
        ("Thủ trưởng các ban ngành, UBND các huyện", ["so-nganh", "cap-huyen"]),
        ("Các xã ven biển (Vĩnh Hải, Lai Hòa)", ["UBND xã Vĩnh Hải", "UBND xã Lai Hòa"]),
        ("UBND các huyện Giao Thủy, Hải Hậu", ["UBND huyện Giao Thủy", "UBND huyện Hải Hậu"]),
        ("UBND các huyện U Minh, Cái Nước", ["UBND huyện U Minh", "UBND huyện Cái Nước"]),
        ("UBND huyện Mỹ Tú, là nơi còn nhiều hộ chưa nhận tiền,", ["ubnd-mt"]),
    ],
)
def test_names_as_papers_write_them(written: str, told: list[str]) -> None:
    assert leads(only(f"{written} rà soát hồ sơ trước ngày 20/5.")) == told


def test_provinces_in_a_list_are_told_one_by_one() -> None:
    (asked, found, counted) = press(
        "Phó Thủ tướng yêu cầu các địa phương ứng trực. UBND các tỉnh: Bến Tre, Quảng Trị tiếp nhận giống. "
        "UBND 3 tỉnh: Bến Tre, Quảng Nam và Quảng Ngãi phân bổ hạt giống."
    ).directives
    assert leads(asked) == ["cap-huyen"]
    assert leads(found) == ["UBND tỉnh Bến Tre", "UBND tỉnh Quảng Trị"]
    assert leads(counted) == ["UBND tỉnh Bến Tre", "UBND tỉnh Quảng Nam", "UBND tỉnh Quảng Ngãi"]
