"""A draft's cards in a browser: cut at the cursor or by a button, joined, had back; keys; clicks counted.

Breaks that it is for (not all were tried): the place counted from the start of the document, Delete caught in
fields, no F8.
"""

from pathlib import Path
from typing import Any

import pytest

from tests.browser.journeys.screen import SCREENS, Screen, fits, go

pytestmark = pytest.mark.browser

HEAD = """UBND TỈNH SÓC TRĂNG
Số: {number}/TB-UBND
Sóc Trăng, ngày 05 tháng 12 năm 2022
THÔNG BÁO
Kết luận của Chủ tịch UBND tỉnh tại cuộc họp
Chủ tịch UBND tỉnh kết luận như sau:
"""
ITEMS = """1. Giao Sở Y tế phối hợp với Sở Tài chính rà soát kho thuốc 😀, kiểm tra các trạm y tế xã, báo \
cáo trước ngày 29/12/2022.
2. Sở Nội vụ tham mưu kiện toàn nhân sự trước cuối tháng 12/2022.
3. Ban Quản lý rừng lạ rà soát hồ sơ trước ngày 29/12/2022.
4. Kinh phí được đảm bảo trước ngày 28/12/2022.
5. Kinh phí sửa chữa được bố trí trước ngày 27/12/2022.
"""
BODIES = (
    "Y tế", "Tư pháp", "Nội vụ", "Xây dựng", "Tài chính", "Công Thương", "Giao thông vận tải",
    "Kế hoạch và Đầu tư", "Giáo dục và Đào tạo", "Khoa học và Công nghệ",
)  # fmt: skip
TEN = "".join(
    f"{n}. Giao Sở {body} rà soát danh mục thứ {n}, báo cáo UBND tỉnh trước ngày {n + 19}/12/2022.\n"
    for n, body in enumerate(BODIES, 1)
)
#: Clicks of a person, a label and its box counted twice.
_COUNT = (
    "addEventListener('click', () => sessionStorage.clicks = 1 + Number(sessionStorage.clicks || 0), true)"
)
#: Which point the focus is in.
_POINT = "[...document.querySelectorAll('.point')].indexOf(document.activeElement.closest('.point'))"
#: Where on the screen the words begin.
_AT = """(words, at) => {
  const range = document.createRange();
  const text = words.firstChild;
  range.setStart(text, text.data.indexOf(at));
  range.setEnd(text, text.data.indexOf(at) + at.length);
  const box = range.getClientRects()[0];
  return [box.left + 1, box.top + box.height / 2];
}"""


def hand_in(page: Any, site: str, number: int, items: str = ITEMS) -> None:
    page.goto(f"{site}/van-ban/moi")
    page.get_by_label("Dán nội dung văn bản").fill(HEAD.format(number=number) + items)
    go(page.get_by_role("button", name="Đọc văn bản"))
    page.wait_for_url("**/van-ban/*?xong=doc")


def quote(page: Any, number: int) -> str:
    words: str = page.locator(f"#chi-dao-{number} .words").text_content()
    return words


def said(page: Any) -> str:
    words: str = page.get_by_role("status").inner_text()
    return words


@SCREENS
def test_cut_joined_dropped_and_had_back(browser: Any, site: str, screen: Screen) -> None:
    with screen.opened(browser) as page:
        hand_in(page, site, 100 + screen.width + screen.scripts)
        before = quote(page, 1)
        page.locator("#chi-dao-1 summary").click()
        fits(page)
        go(page.locator("#chi-dao-1").get_by_role("button", name="Tách trước «kiểm tra"))
        assert "Đã tách thành hai chỉ đạo" in said(page)
        assert quote(page, 1).endswith("😀,")
        assert quote(page, 2).startswith("kiểm tra các trạm")
        page.locator("#chi-dao-1 summary").click()
        go(page.get_by_role("button", name="Ghép với chỉ đạo 2"))
        assert quote(page, 1) == before
        page.locator("#chi-dao-2").get_by_label("Không phải nhiệm vụ").check()
        go(page.locator(".bar").get_by_role("button", name="Lưu", exact=True))
        fits(page)
        assert "Sở Nội vụ" in page.locator("#the-da-bo").inner_text()
        go(page.get_by_role("button", name="Khôi phục thẻ này"))
        assert quote(page, 2).startswith("Sở Nội vụ")
        assert page.locator("#the-da-bo").count() == 0


def test_a_card_is_cut_at_the_cursor(browser: Any, site: str) -> None:
    with Screen(1366, True).opened(browser) as page:
        hand_in(page, site, 200)
        words = page.locator("#chi-dao-1 .words")
        words.scroll_into_view_if_needed()
        cutter = page.locator("#chi-dao-1 .at-cursor")
        assert not cutter.is_visible()
        page.mouse.click(*words.evaluate(_AT, "các trạm"))
        assert cutter.inner_text().startswith("Tách tại con trỏ, trước «các trạm")
        go(cutter)
        assert quote(page, 1).endswith("😀, kiểm tra")  # the sign before it counts as one
        assert quote(page, 2).startswith("các trạm y tế xã")


def test_keys_lead_to_doubts_and_save_and_dismiss(browser: Any, site: str) -> None:
    with Screen(1366, True).opened(browser) as page:
        hand_in(page, site, 300)
        assert "Phím tắt: F8" in page.locator(".keys").inner_text()
        points = page.locator("#du-thao .point").count()
        left_over = page.locator(".left-over").count()
        assert points > left_over >= 2
        met = []
        for _ in range(points):
            page.keyboard.press("F8")
            met.append(page.evaluate(_POINT))
        assert met == list(range(points))
        page.keyboard.press("Shift+F8")
        assert "left-over" in page.evaluate("document.activeElement.closest('.point').className")
        go_by(page, "Delete")
        assert page.locator(".left-over").count() == left_over - 1
        page.locator(".left-over:focus-within").wait_for()
        lead = page.locator("#chi-dao-1").get_by_label("Chủ trì 1")
        lead.fill("xSở Tư pháp")
        lead.press("Home")
        lead.press("Delete")
        assert lead.input_value() == "Sở Tư pháp"
        go_by(page, "Control+Enter")
        assert "Đã lưu dự thảo" in said(page)
        assert lead.input_value() == "Sở Tư pháp"
        assert page.locator(".left-over").count() == left_over - 1


def go_by(page: Any, key: str) -> None:
    with page.expect_navigation():
        page.keyboard.press(key)


def test_without_scripts_no_keys_are_promised(browser: Any, site: str) -> None:
    with Screen(390, False).opened(browser) as page:
        hand_in(page, site, 400)
        assert not page.locator(".keys").is_visible()
        assert page.locator(".at-cursor:visible").count() == 0


def test_a_notice_read_correctly_is_out_after_twelve_clicks(browser: Any, site: str, tmp_path: Path) -> None:
    paper = tmp_path / "thông báo.txt"
    paper.write_text(HEAD.format(number=500) + TEN, encoding="utf-8")
    with Screen(1366, True).opened(browser) as page:
        page.add_init_script(_COUNT)
        page.goto(f"{site}/van-ban")
        go(page.get_by_role("link", name="Văn bản mới"))
        with page.expect_file_chooser() as chooser:
            page.get_by_label("Tệp .docx").click()
        chooser.value.set_files(str(paper))
        go(page.get_by_role("button", name="Đọc văn bản"))
        page.wait_for_url("**/van-ban/*?xong=doc")
        assert page.locator(".card").count() == 10
        assert "Không còn nghi vấn" in page.locator(".headline").inner_text()
        go(page.get_by_role("button", name="Lưu và phát hành"))
        for tick in page.locator("input[name=xac-nhan]").all():
            tick.check()
        go(page.get_by_role("button", name="Phát hành", exact=True))
        assert "Đã phát hành" in page.locator(".headline").inner_text()
        in_the_dialogue = 2  # a file, "Mở"
        assert page.evaluate("Number(sessionStorage.clicks)") + in_the_dialogue <= 12
