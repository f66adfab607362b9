"""The banner of a clock that is not believed in a browser: it fits, it comes first, its button works."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from models.db import open_database
from tests.browser.conftest import served
from tests.cast import DATED, issue, move_in
from tests.flows.installation.wall import go, wall_of
from tests.installations import another_installation

pytestmark = pytest.mark.browser


@pytest.fixture
def office(_migrated_sqlite: Path, tmp_path: Path) -> Iterator[str]:
    """The pages of an office that was followed in 2022 and never since: today's clock is years ahead."""
    path = Path(shutil.copyfile(_migrated_sqlite, tmp_path / "office.db"))
    engine = open_database(another_installation(f"sqlite:///{path}"))
    issue(move_in(engine), DATED)
    with pytest.MonkeyPatch.context() as patch:
        wall_of(patch)("2022-08-15", "09:00")
        go(engine)
    engine.dispose()
    with served(path) as address:
        yield address


@pytest.mark.parametrize("script", [True, False])
def test_the_button_is_seen_and_pressed(browser: Any, office: str, script: bool) -> None:
    page = browser.new_context(java_script_enabled=script).new_page()
    for width in (1366, 390):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(f"{office}/viec")
        banner, button = page.locator(".banner").first, page.get_by_role("button", name="Đồng hồ đúng")
        assert banner.inner_text().startswith("Đồng hồ của máy chỉ ngày ")
        around, inner = banner.bounding_box(), button.bounding_box()
        assert around["y"] < 130
        assert around["x"] <= inner["x"]
        assert inner["x"] + inner["width"] <= around["x"] + around["width"] <= width
    button.click()
    assert "Đã xác nhận đồng hồ đúng" in page.locator(".notice").inner_text()
    assert page.get_by_role("button", name="Đồng hồ đúng").count() == 0
