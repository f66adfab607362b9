"""The pages as people use them: a conclusion is pasted, corrected, issued, and taken up."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from config.agencies import load_register
from flows.actions.documents.intake import store_draft
from flows.actions.escalation.escalate import CaseForm, raise_case
from flows.actions.installation.instant import advance
from flows.actions.people.import_register import import_register
from flows.actions.reading.read_conclusion import read_conclusion
from models.db import open_database, reading
from models.people.register import load_registry
from rules.vocabulary import Actor
from tests.browser.conftest import served
from tests.cast import act
from tests.cast import office as shipped
from tests.installations import another_installation
from tests.web.conftest import NOW, issue_sample
from tests.web.sample import CONCLUSION, PRESS
from tests.web.tasks.test_tasks import GATE

pytestmark = pytest.mark.browser

PAGES = (
    "/viec", "/viec/GN-0001", "/viec/GN-0003", "/viec/GN-0001?vai=van-phong", "/viec/GN-0001?vai=phoi-hop",
    "/chuyen-giao",
    "/chuyen-giao?tu=skhdt&den=stc", "/van-ban", "/van-ban/moi", "/van-ban/dang-doc/khong-co",
    "/van-ban/1", "/van-ban/1/thu-hoi", "/van-ban/2", "/trinh", "/trinh/1", "/thu", "/cong-van", "/su-kien",
    "/bao-cao", "/lich-hop", "/khong-co",
)  # fmt: skip


@pytest.fixture(scope="module")
def busy_site(_migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An office with an issued document, a draft of two directives, and a case that waits."""
    path = shutil.copyfile(_migrated_sqlite, tmp_path_factory.mktemp("busy") / "office.db")
    engine = open_database(another_installation(f"sqlite:///{path}"))
    import_register(engine, load_register())
    advance(engine, NOW)
    issue_sample(engine, shipped())
    _draft(engine)
    raise_case(engine, 3, CaseForm.model_validate(GATE), act(Actor.LEAD, NOW, "stc"))
    engine.dispose()
    with served(path) as address:
        yield address


def _draft(engine: Engine) -> None:
    with reading(engine) as session:
        registry = load_registry(session)
    draft = read_conclusion("tin.txt", PRESS.encode(), registry, None, shipped().calendar)
    store_draft(engine, draft, "tin.txt", act(Actor.SECRETARIAT, NOW))


@pytest.fixture
def complaints() -> list[str]:
    """What the browser complained of."""
    return []


@pytest.fixture
def page(browser: Any, complaints: list[str]) -> Any:
    """A page at the width of an office screen."""
    opened = browser.new_page(viewport={"width": 1366, "height": 800})
    opened.on("console", lambda message: _keep(complaints, message))
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    yield opened
    opened.close()


def _keep(complaints: list[str], message: Any) -> None:
    if message.type in ("error", "warning") and "the server responded with a status of" not in message.text:
        complaints.append(message.text)


def test_from_paper_to_a_task_taken_up(page: Any, site: str, complaints: list[str]) -> None:
    page.goto(site)
    page.get_by_role("link", name="Đưa văn bản kết luận vào").click()
    page.get_by_label("Dán nội dung văn bản").fill(CONCLUSION)
    page.get_by_role("button", name="Đọc văn bản").click()
    card = page.locator("#chi-dao-2")
    card.get_by_label("Chủ trì 1").fill("Sở Nông nghiệp phát triển")
    page.get_by_role("button", name="Lưu và phát hành").click()
    assert "Không có cơ quan nào tên" in page.get_by_role("alert").inner_text()
    page.locator("#chi-dao-2").get_by_label("Chủ trì 1").fill("Sở Công Thương")
    page.get_by_role("button", name="Lưu và phát hành").click()
    _look_once_more(page)
    assert "Đã phát hành" in page.get_by_role("status").inner_text()
    page.get_by_role("link", name="GN-0002").click()
    assert "Sở Công Thương" in page.locator("dl").first.inner_text()
    page.get_by_role("button", name="Đã tiếp nhận").click()
    assert "Đã ghi nhận việc tiếp nhận" in page.get_by_role("status").inner_text()
    assert page.get_by_role("button", name="Đã tiếp nhận").count() == 0
    _raise_a_case(page, site)
    _leave_a_draft(page, site)
    _plan_a_meeting(page, site)
    assert complaints == []


def _look_once_more(page: Any) -> None:
    """The last look fits on both screens; each question is ticked, then one button."""
    assert page.locator("h1").inner_text() == "Xem lại trước khi phát hành"
    for width in (390, 1366):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        assert page.evaluate(_NAMELESS) == []
    for tick in page.locator("input[name=xac-nhan]").all():
        tick.check()
    page.get_by_role("button", name="Phát hành", exact=True).click()


def _raise_a_case(page: Any, site: str) -> None:
    page.goto(f"{site}/viec/GN-0003")
    page.get_by_text("Việc vượt thẩm quyền, cần trình cấp trên").click()
    for label in ("Thẩm quyền còn thiếu", "Căn cứ", "Đã làm gì", "Các phương án", "Kiến nghị"):
        page.get_by_label(label).fill("Nội dung trình bày")
    page.get_by_role("button", name="Trình cấp trên").click()
    assert "đang chờ ý kiến" in page.locator(".notice.case").inner_text()


def _leave_a_draft(page: Any, site: str) -> None:
    page.goto(f"{site}/van-ban/moi")
    page.get_by_label("Dán nội dung văn bản").fill(PRESS)
    page.get_by_role("button", name="Đọc văn bản").click()
    page.wait_for_url(f"{site}/van-ban/2?xong=doc")


def _plan_a_meeting(page: Any, site: str) -> None:
    page.goto(f"{site}/bao-cao")
    page.get_by_role("link", name="Lịch họp").click()
    for title in ("Họp thử", "Họp Ban Chỉ đạo về kết quả thực hiện nhiệm vụ năm 2022"):
        page.get_by_label("Ngày họp *").fill("22/12/2022")
        page.get_by_label("Nội dung *").fill(title)
        page.get_by_role("button", name="Ghi cuộc họp").click()
        assert "Đã ghi cuộc họp" in page.get_by_role("status").inner_text()
    page.get_by_role("button", name="Hủy cuộc họp số 1").click()  # one form, two ways to send it
    assert "Đã hủy cuộc họp" in page.get_by_role("status").inner_text()
    assert "Thứ Tư, 21/12/2022" in page.locator("table.rows").first.inner_text()


@pytest.mark.parametrize("width", [1366, 390])
def test_every_page_fits_and_is_quiet(page: Any, busy_site: str, complaints: list[str], width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for address in PAGES:
        there = page.goto(busy_site + address).status
        assert (there == 404) == address.endswith("/khong-co"), address
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, address
        assert page.locator("h1").count() == 1, address
        assert page.evaluate(_NAMELESS) == [], address
    assert complaints == []


#: Fields without a name that a screen reader could say, and ids that occur twice.
_NAMELESS = """() => {
  const fields = [...document.querySelectorAll("input:not([type=hidden]), select, textarea")];
  const nameless = fields.filter((one) => !one.labels.length && !one.getAttribute("aria-label"));
  const ids = [...document.querySelectorAll("[id]")].map((one) => one.id);
  return [...nameless.map((one) => one.name), ...ids.filter((id, place) => ids.indexOf(id) !== place)];
}"""


def test_without_scripts_everything_still_works(browser: Any, busy_site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{busy_site}/van-ban/2")
    page.locator("#chi-dao-1").get_by_label("Không phải nhiệm vụ").check()
    page.get_by_role("button", name="Lưu", exact=True).last.click()
    assert "Đã lưu dự thảo" in page.get_by_role("status").inner_text()
    assert page.locator("fieldset.card").count() == 1
    context.close()


def test_the_keyboard_reaches_everything_that_matters(page: Any, busy_site: str) -> None:
    page.goto(f"{busy_site}/viec")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className").startswith("tile")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_the_report_prints_on_one_sheet(page: Any, busy_site: str) -> None:
    page.goto(f"{busy_site}/bao-cao")
    sheets = page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n")
    assert sheets == 1
