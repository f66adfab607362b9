"""Pages that say of urgings that they came to nobody, in a browser: the words fit beside everything else."""

import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from config.act import by_clock
from flows.actions.follow_up.follow_up import daily_follow_up
from flows.actions.installation.instant import advance
from models.db import open_database
from notifications.delivery.deliver import deliver
from tests.browser.conftest import served
from tests.cast import (
    DUE_ON,
    FINANCE,
    FINANCE_MAIL,
    LOST,
    UNREACHABLE,
    Postman,
    at,
    by,
    directive,
    issue,
    move_in,
    office,
    settings,
)
from tests.installations import another_installation

pytestmark = pytest.mark.browser

TODAY = date(2022, 9, 27)
LONG = "Tham mưu cân đối, bố trí kinh phí hỗ trợ hợp tác xã, tổ hợp tác tham gia chuỗi giá trị số {}."
PAGES = ("/viec", "/viec/GN-0001", "/viec/GN-0003", "/bao-cao", "/cong-van", "/cong-van/1", "/thu")


def four_urgings(engine: Engine) -> None:
    """Finance: the first two arrived, of the others nobody knows; the other body has no contact."""
    found = [directive(LONG.format(n), UNREACHABLE, due=by(DUE_ON)) for n in (1, 2)]
    issue(move_in(engine), *found, directive(LONG.format(3), FINANCE, due=by(DUE_ON)))
    postman, here = Postman(), office()
    for day in (date(2022, 8, 15) + timedelta(days=n) for n in range((TODAY - date(2022, 8, 15)).days)):
        if day == date(2022, 9, 14):
            postman.replies[FINANCE_MAIL] = LOST
        daily_follow_up(engine, by_clock(at(day, "07:29"), here))
        deliver(engine, by_clock(at(day, "07:31"), here), settings(), postman)
    advance(engine, at(TODAY))


@pytest.fixture(scope="module")
def unheard_site(_migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    path = shutil.copyfile(_migrated_sqlite, tmp_path_factory.mktemp("unheard") / "office.db")
    engine = open_database(another_installation(f"sqlite:///{path}"))
    four_urgings(engine)
    engine.dispose()
    with served(path) as address:
        yield address


@pytest.mark.parametrize("width", [1366, 390])
def test_the_pages_fit(browser: Any, unheard_site: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    for address in PAGES:
        page.goto(unheard_site + address)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, address
    page.close()


def test_what_came_to_nobody_is_seen(browser: Any, unheard_site: str) -> None:
    page = browser.new_page()
    for address in ("/viec", "/viec/GN-0001", "/bao-cao"):
        page.goto(unheard_site + address)
        assert "cả 4 lần đều chưa đến nơi nhận" in page.inner_text("main"), address
    page.goto(unheard_site + "/viec/GN-0003")
    assert "trong đó 2 lần chưa rõ đã đến nơi nhận hay chưa" in page.inner_text("main")
    page.close()
