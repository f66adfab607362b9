"""Events that deadlines wait for, and công văn đôn đốc, in a browser: they fit, work, and print alone."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from config.act import by_clock
from flows.actions.follow_up.follow_up import daily_follow_up
from flows.actions.follow_up.papers import issue_paper
from flows.actions.installation.instant import advance
from models.db import open_database
from rules.vocabulary import Actor
from tests.browser.conftest import served
from tests.browser.test_pages import _NAMELESS
from tests.cast import DUE_ON, FINANCE, TRADE, act, at, by, directive, issue, move_in, office
from tests.flows.deadlines.test_awaited_events import waits
from tests.installations import another_installation

pytestmark = pytest.mark.browser

TODAY = "2022-09-16"
LONG = "Tham mưu cân đối, bố trí kinh phí hỗ trợ hợp tác xã, tổ hợp tác tham gia chuỗi giá trị số {}."
PAGES = (
    "/van-ban",
    "/su-kien",
    "/su-kien/1",
    "/su-kien/2",
    "/thu",
    "/cong-van",
    "/cong-van/1",
    "/cong-van/2",
)


@pytest.fixture(scope="module")
def busy_site(_migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Two events, one with its day; papers to two bodies, one issued; the other has three tasks."""
    path = shutil.copyfile(_migrated_sqlite, tmp_path_factory.mktemp("papers") / "office.db")
    engine = move_in(open_database(another_installation(f"sqlite:///{path}")))
    shared = directive("Rà soát các hợp tác xã yếu kém.", FINANCE, TRADE, due=by(DUE_ON))
    more = (directive(LONG.format(n), FINANCE, due=by(DUE_ON)) for n in (1, 2))
    issue(engine, shared, *more, waits("Triển khai đề án.", FINANCE, TRADE))
    issue(engine, waits("Tuyên truyền.", TRADE, phrase="sau khi được phê duyệt"), number="266/TB-UBND")
    for day in ("2022-09-05", "2022-09-12"):
        daily_follow_up(engine, by_clock(at(day, "06:00"), office()))
    signed = ("512/UBND-TH", "Chánh Văn phòng", at("2022-09-13").date())
    issue_paper(engine, 1, *signed, act(Actor.SECRETARIAT, at(TODAY)))
    advance(engine, at(TODAY))
    engine.dispose()
    with served(path) as address:
        yield address


@pytest.mark.parametrize("width", [1366, 390])
def test_the_pages_fit(browser: Any, busy_site: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    for address in PAGES:
        page.goto(busy_site + address)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, address
        assert page.locator("h1").count() == 1, address
        assert page.evaluate(_NAMELESS) == [], address
    page.close()


def test_a_paper_prints_alone_with_its_annex_on_the_second_sheet(browser: Any, busy_site: str) -> None:
    page = browser.new_page(viewport={"width": 1366, "height": 800})
    page.goto(f"{busy_site}/cong-van/2")
    page.emulate_media(media="print")
    seen = page.locator("body").inner_text().strip()
    assert seen.startswith("ỦY BAN NHÂN DÂN TỈNH SÓC TRĂNG")
    assert "Ghi việc ban hành" not in seen
    assert not page.locator("header.top, h1, form").filter(visible=True).count()
    for paper in (1, 2):
        page.goto(f"{busy_site}/cong-van/{paper}")
        assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == 2
    page.close()


def test_without_scripts_a_day_and_an_issue_are_recorded(browser: Any, busy_site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{busy_site}/van-ban")
    page.get_by_role("link", name="2 sự kiện").click()
    page.locator("#su-kien-1").get_by_label("Ngày của sự kiện").fill("15/9/2022")
    page.locator("#su-kien-1").get_by_role("button", name="Ghi ngày").click()
    assert "Đã ghi ngày của sự kiện" in page.get_by_role("status").inner_text()
    assert "22/09/2022" in page.locator("main").inner_text()
    page.goto(f"{busy_site}/thu")
    page.get_by_role("link", name="Công văn đôn đốc: 1 chờ ký").click()
    page.get_by_role("link", name="12/09/2022").click()
    page.get_by_label("Số, ký hiệu").fill("513/UBND-TH")
    page.get_by_label("Chức vụ người ký").fill("Chánh Văn phòng")
    page.get_by_label("Ngày ban hành").fill("16/9/2022")
    page.get_by_role("button", name="Ghi việc ban hành").click()
    assert "Số: 513/UBND-TH" in page.locator("article").inner_text()
    context.close()
