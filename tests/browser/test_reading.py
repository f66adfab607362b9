"""A scan is handed in: the page shows how far its reading is, by itself and without scripts."""

from pathlib import Path
from typing import Any

import pytest

from tests.flows.formats.installed import needs_tesseract
from tests.flows.formats.pdf_files import scanned_pdf, text_pdf

pytestmark = pytest.mark.browser

BODIES = ("Y tế", "Tư pháp", "Nội vụ", "Xây dựng", "Tài chính", "Công Thương", "Giao thông vận tải", "Y tế")
PAGES = [[f"{n}. Giao Sở {body} rà soát danh mục thứ {n}, báo cáo trước ngày {n}/12/2022."]
         for n, body in enumerate(BODIES, 1)]  # fmt: skip
MILLISECONDS = 120_000  # a busy machine reads slowly; nothing here waits so long otherwise


@needs_tesseract
@pytest.mark.parametrize(("width", "scripts"), [(1366, True), (390, False)])
def test_a_scan_is_read_before_our_eyes(
    browser: Any, site: str, tmp_path: Path, width: int, scripts: bool
) -> None:
    scan = tmp_path / f"bản quét dài tên {width}.pdf"
    scan.write_bytes(scanned_pdf(text_pdf([*PAGES, [f"Trang in khổ {width}."]])))  # else it is known already
    context = browser.new_context(
        java_script_enabled=scripts, viewport={"width": width, "height": 800}, locale="vi"
    )
    page = context.new_page()
    page.goto(f"{site}/van-ban/moi")
    page.get_by_label("Tệp .docx").set_input_files(str(scan))
    page.get_by_role("button", name="Đọc văn bản").click()
    page.wait_for_url("**/van-ban/dang-doc/*", timeout=MILLISECONDS)
    assert scan.name in page.locator("main").inner_text()
    page.locator("progress[value]").wait_for(timeout=MILLISECONDS)
    page.get_by_role("progressbar", name="Đang nhận dạng chữ, trang").wait_for(timeout=MILLISECONDS)
    page.wait_for_url("**/van-ban/*?xong=doc", timeout=MILLISECONDS)
    assert "Đã đọc văn bản" in page.get_by_role("status").inner_text()
    assert "nhận dạng từ ảnh quét" in page.locator("#van-ban").inner_text()
    context.close()
