"""The report of a province in whose report every section is full: it fits four sheets, and both widths.

Seen to fail with rows on two lines each, with every fact of every decision, and with a policy that is
obeyed past what four sheets hold.
"""

import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from config.office import Office
from flows.actions.office import this_office
from models.db import open_database
from tests.bench.full_sections import settle_full
from tests.browser.conftest import served
from tests.browser.test_pages import _NAMELESS
from tests.web.conftest import opened

pytestmark = pytest.mark.browser

TASKS, LARGE = 3_000, 100_000
SHEETS, KILOBYTES = 4, 60
PAGES = (
    "/viec", "/viec?muc=qua-han", "/viec?muc=gia-han", "/viec?tim=12", "/viec?tim=GN-99999",
    "/viec?van-ban=1", "/van-ban", "/van-ban/1", "/trinh", "/trinh?phan=da-xong", "/bao-cao",
    "/bao-cao/co-quan", "/bao-cao/nguyen-tac",
)  # fmt: skip


@pytest.fixture(scope="module")
def province(_migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of three thousand tasks."""
    path = tmp_path_factory.mktemp("province") / "office.db"
    shutil.copyfile(_migrated_sqlite, path)
    settle_full(f"sqlite:///{path}", TASKS)
    return path


@pytest.fixture(scope="module")
def full_site(province: Path) -> Iterator[str]:
    """Its pages."""
    with served(province) as address:
        yield address


def looked_at(browser: Any, address: str, html: str = "") -> None:
    """The report at ``address`` has twelve full sections and is neither too heavy nor too long.

    ``html`` is shown in its place, with the same style.
    """
    page = browser.new_page(viewport={"width": 1366, "height": 800})
    if html:
        page.route(address, lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
    answered = page.goto(address)
    assert len(answered.body()) <= KILOBYTES * 1000
    titles = re.findall(r"<h2>\d+\. ([^(]+) \(", answered.text())
    assert len(titles) == 12, titles
    rows = [page.locator("section").nth(n).locator("li, tbody tr").count() for n in range(len(titles))]
    assert rows == [20] * 12
    assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") <= SHEETS
    page.close()


def test_a_full_report_prints_on_four_sheets(browser: Any, full_site: str) -> None:
    looked_at(browser, f"{full_site}/bao-cao")


def test_so_does_that_of_a_hundred_thousand_tasks_whatever_the_policy_asks_for(
    browser: Any, full_site: str, province: Path, tmp_path: Path
) -> None:
    path = shutil.copyfile(province, tmp_path / "office.db")
    copy_tasks(path, LARGE)
    policy, calendar = this_office().policy, this_office().calendar
    digest = policy.digest.model_copy(update={"rows_per_section": 500})
    engine = open_database(f"sqlite:///{path}")
    with opened(engine, Office(policy.model_copy(update={"digest": digest}), calendar)) as client:
        html = client.get("/bao-cao").text
    engine.dispose()
    looked_at(browser, f"{full_site}/bao-cao", html)


def copy_tasks(path: Path, count: int) -> None:
    """Other occurrences of the same tasks, until there are ``count``; without their histories."""
    with closing(sqlite3.connect(path)) as connection, connection:
        names = [row[1] for row in connection.execute("PRAGMA table_info(task)")]
        # No two rows say the same.
        other = {"occurrence": "occurrence + 100 * n", "title": "n || ' ' || title"}
        values = ", ".join(other.get(name, name) for name in names[1:])
        assert names[0] == "id"
        connection.execute(
            "WITH RECURSIVE more(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM more WHERE n < ?) "
            f"INSERT INTO task ({', '.join(names[1:])}) SELECT {values} FROM task, more",
            (count // TASKS,),
        )
        assert connection.execute("SELECT count(*) FROM task").fetchone()[0] >= count


@pytest.mark.parametrize("width", [1366, 390])
def test_the_pages_of_a_province_fit(browser: Any, full_site: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    for address in PAGES:
        page.goto(full_site + address)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, address
        assert page.locator("h1").count() == 1, address
        assert page.evaluate(_NAMELESS) == [], address
    page.close()
