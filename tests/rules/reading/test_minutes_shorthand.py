"""Minutes in the words of whoever took them: the day in brackets, persons by a letter, places in short."""

from datetime import date

import pytest

from rules.draft import Draft
from rules.reading import read_text
from tests.rules.reading.orders import REGISTRY, leads

HEAD = "BIÊN BẢN HỌP GIAO BAN\nThời gian: 8h00 ngày 14/11/2023\nChủ trì: Chủ tịch UBND tỉnh. Dự: {there}\n"
WARD = """UBND PHƯỜNG PHÚ LỢI
BIÊN BẢN HỌP GIAO BAN
(8h30, thứ Ba ngày 11/11/2025, hội trường)
Chủ trì: Chủ tịch UBND phường. Dự: P. VH-XH (c. Lan), Văn phòng HĐND và UBND phường (a. Tiến)
1/ Ý kiến
- P. VH-XH: xin thêm người
2/ Chủ tịch kết luận
"""


def minutes(*items: str, there: str = "STC, SCT") -> Draft:
    lines = "".join(f"{number}/ {item}\n" for number, item in enumerate(items, start=1))
    return read_text(f"{HEAD.format(there=there)}Chủ tịch kết luận:\n{lines}", REGISTRY)


def ward(*items: str) -> Draft:
    return read_text(WARD + "".join(f"- {item}\n" for item in items), REGISTRY)


@pytest.mark.parametrize(
    "line",
    [
        "(8h30, thứ Ba ngày 11/11/2025, hội trường)",
        "14 giờ 00, ngày 11/11/2025 tại phòng họp số 2",
        "Thứ Ba, 11/11/2025",
    ],
)
def test_the_day_of_the_meeting_stands_with_its_hour_or_weekday(line: str) -> None:
    text = WARD.replace("(8h30, thứ Ba ngày 11/11/2025, hội trường)", line)
    found = read_text(f"{text}- Công an phường tuần tra, xong trước 20/11\n", REGISTRY)
    assert found.document.date == date(2025, 11, 11)
    assert found.directives[0].due.date == date(2025, 11, 20)


def test_a_limit_in_the_head_is_no_day_of_the_meeting() -> None:
    text = WARD.replace("(8h30, thứ Ba ngày 11/11/2025, hội trường)", "Hạn nộp 8h00, trước ngày 20/11/2025")
    assert read_text(f"{text}- Công an phường tuần tra\n", REGISTRY).document.date is None


@pytest.mark.parametrize(
    ("item", "told"),
    [
        ("UBND TPST: đấu giá xong 2 lô đất trước 15/12", ["ubnd-st"]),
        ("H. Mỹ Xuyên lo mặt bằng trước", ["ubnd-mx"]),
        ("TX Ngã Năm rà lại danh sách hộ nghèo", ["ubnd-nn"]),
        ("Cục TK chốt số liệu lúa thu đông", ["cuctk"]),
    ],
)
def test_short_names_mean_the_one_body_that_bears_them(item: str, told: list[str]) -> None:
    (found,) = minutes(item).directives
    assert leads(found) == told


def test_a_person_is_the_agency_that_the_attendance_gives() -> None:
    (known,) = minutes("a. Phong đi kiểm tra các chợ (21/11)", there="SCT (a. Phong PGĐ), STC").directives
    assert (leads(known), known.due.date) == (["sct"], date(2023, 11, 21))
    (stranger,) = ward("c. Lan viết bài phát thanh, gửi Chủ tịch trước 20/11").directives
    assert leads(stranger) == ["P. VH-XH"]


def test_the_office_is_the_one_that_the_minutes_name() -> None:
    (found,) = ward("Văn phòng nhắc việc các bộ phận hằng tuần").directives
    assert leads(found) == ["Văn phòng HĐND và UBND phường"]


def test_what_is_too_hard_goes_up() -> None:
    (found,) = minutes("STC cân đối vốn, khó thì b/c UBND tỉnh liền").directives
    assert found.escalation


SPOKEN = """BIÊN BẢN HỌP
Thời gian: 14 giờ 00 ngày 12/6/2023
Chủ trì: Đ/c Trần Văn Lâm, Phó Chủ tịch UBND tỉnh
Thành phần: đ/c Hà (Sở Y tế), đ/c Minh (Sở Tài chính); Thư ký: đ/c Lan
1. Nước sạch
Đ/c Hà (Sở Y tế): còn 12 ấp thiếu nước; đề nghị Sở Tài chính bổ sung 5 tỷ đồng.
{said}
Đ/c Minh (Sở Tài chính): nguồn còn ít, đề nghị các huyện chủ động đối ứng.
2. Việc khác
Đ/c Minh: hứa gửi số liệu trong tuần sau.
"""


@pytest.mark.parametrize(
    "opening",
    ["Kết luận:", "Chủ trì kết luận:", "=> Thống nhất:", "CT chốt:", "Đ/c Lâm chỉ đạo:", "Đ/c Lâm:"],
)
def test_a_conclusion_said_on_the_spot_ends_where_the_next_speaks(opening: str) -> None:
    text = SPOKEN.format(said=f"{opening} Sở Tài chính bố trí 5 tỷ đồng trước ngày 30/6.")
    (found,) = read_text(text, REGISTRY).directives
    assert (leads(found), found.due.date) == (["stc"], date(2023, 6, 30))


def test_nobody_but_the_chair_concludes() -> None:
    text = SPOKEN.format(said="Đ/c Hà: Sở Tài chính bố trí 5 tỷ đồng trước ngày 30/6.")
    assert not read_text(text, REGISTRY).directives


def test_what_stands_under_the_chairs_own_line_is_concluded_whoever_is_named() -> None:
    said = "Chủ trì chốt:\n- Sở Y tế: lấy mẫu nước trước ngày 20/6\n- đ/c Minh bố trí vốn, 25/6 trình"
    found = read_text(SPOKEN.format(said=said).split("Đ/c Minh (Sở")[0], REGISTRY).directives
    assert [(leads(d), d.due.date) for d in found] == [
        (["syt"], date(2023, 6, 20)),
        (["stc"], date(2023, 6, 25)),
    ]


def test_a_person_may_be_told_by_the_office_held() -> None:
    found = read_text(
        "BIÊN BẢN LÀM VIỆC\nHôm nay, ngày 05/10/2024, chúng tôi gồm:\n"
        "1. Ông Lê Văn Hai - Chủ tịch UBND huyện, chủ trì\n"
        "2. Ông Trần Văn Ba - Trưởng phòng Tài nguyên và Môi trường\n"
        "Kết luận của Chủ tịch UBND huyện:\n- Ông Ba lập lại bản đồ, xong trước 15/10.\n",
        REGISTRY,
    ).directives
    assert [leads(d) for d in found] == [["Phòng Tài nguyên và Môi trường"]]
