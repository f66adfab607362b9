"""The report of a province in whose report every section is full: it fits four sheets, and both widths.

Seen to fail with rows on two lines each, and with every fact of every decision.
"""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.bench.full_sections import settle_full
from tests.browser.conftest import served
from tests.browser.test_pages import _NAMELESS

pytestmark = pytest.mark.browser

TASKS = 3_000
SHEETS, KILOBYTES = 4, 60
PAGES = (
    "/viec", "/viec?muc=qua-han", "/viec?muc=gia-han", "/viec?tim=12", "/viec?tim=GN-99999",
    "/viec?van-ban=1", "/van-ban", "/van-ban/1", "/trinh", "/trinh?phan=da-xong", "/bao-cao",
    "/bao-cao/co-quan", "/bao-cao/nguyen-tac",
)  # fmt: skip


@pytest.fixture(scope="module")
def full_site(_migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The pages of a province of three thousand tasks."""
    path = shutil.copyfile(_migrated_sqlite, tmp_path_factory.mktemp("province") / "office.db")
    settle_full(f"sqlite:///{path}", TASKS)
    with served(path) as address:
        yield address


def test_a_full_report_prints_on_four_sheets(browser: Any, full_site: str) -> None:
    page = browser.new_page(viewport={"width": 1366, "height": 800})
    answered = page.goto(f"{full_site}/bao-cao")
    assert len(answered.body()) <= KILOBYTES * 1000
    titles = re.findall(r"<h2>\d+\. ([^(]+) \(", answered.text())
    assert len(titles) == 12, titles
    rows = [page.locator("section").nth(n).locator("li, tbody tr").count() for n in range(len(titles))]
    assert rows == [20] * 12
    assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") <= SHEETS
    page.close()


@pytest.mark.parametrize("width", [1366, 390])
def test_the_pages_of_a_province_fit(browser: Any, full_site: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    for address in PAGES:
        page.goto(full_site + address)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, address
        assert page.locator("h1").count() == 1, address
        assert page.evaluate(_NAMELESS) == [], address
    page.close()
