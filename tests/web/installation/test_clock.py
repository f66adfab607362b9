"""The first line and the button on every page while the machine's clock is not believed."""

import re

import pytest
from sqlalchemy.engine import Engine
from starlette.testclient import TestClient

from config.office import Office
from models.installation.clock_leaps import ClockLeap, ConfirmedBy
from models.tables.outbox import Moment
from tests.cast import DATED, issue, move_in, rows
from tests.flows.installation.wall import Wall, go
from tests.flows.installation.wall import wall as wall
from tests.web.conftest import opened
from tests.web.outbox.test_outbox_decisions import PAGES, banners

BUTTON = re.compile(r'<button form="dong-ho-dung">Đồng hồ đúng</button>')
FORM = re.compile(r'<form id="dong-ho-dung" method="post" action="(\S+)"><input [^>]*value="(\S+)"></form>')


@pytest.fixture
def pages(engine: Engine, office: Office, wall: Wall) -> TestClient:
    """An office that was followed on 15/8/2022, whose clock shows 20/10/2022."""
    issue(move_in(engine), DATED)
    wall("2022-08-15", "09:00")
    go(engine)
    wall("2022-10-20")
    return opened(engine, office)


@pytest.mark.parametrize("page", PAGES)
def test_it_stands_first_above_every_page(pages: TestClient, page: str) -> None:
    with pages:
        text = pages.get(page).text
    first = banners(text)[0]
    assert first.startswith("Đồng hồ của máy chỉ ngày 20/10/2022, muộn hơn 66 ngày")
    assert first.endswith("Các trang tạm ghi theo ngày 16/08/2022. Đồng hồ đúng")
    assert len(BUTTON.findall(text)) == 1
    assert FORM.findall(text) == [("/dong-ho/xac-nhan", "2022-10-20")]


def test_the_button_confirms_what_was_shown(pages: TestClient, engine: Engine, wall: Wall) -> None:
    with pages:
        [(address, day)] = FORM.findall(pages.get("/viec").text)
        answer = pages.post(address, data={"ngay": day})
        assert (answer.status_code, answer.url.query) == (200, b"xong=dong-ho")
        assert "Đã xác nhận đồng hồ đúng" in answer.text
        assert banners(answer.text) == []
        again = pages.post(address, data={"ngay": day})
        assert (again.status_code, "không có gì cần xác nhận" in again.text) == (409, True)
    assert [row.confirmed_by for row in rows(engine, ClockLeap)] == [ConfirmedBy.PAGE]
    assert [row.instant for row in rows(engine, Moment)] == [wall("2022-10-20")]


@pytest.mark.parametrize("day", ["2022-10-18", "", "hôm nay", "2022-12-01"])
def test_who_saw_another_day_is_told(pages: TestClient, engine: Engine, day: str) -> None:
    with pages:
        assert pages.post("/dong-ho/xac-nhan", data={"ngay": day}).status_code == 409
    assert rows(engine, ClockLeap) == []


def test_another_site_cannot_press_it(pages: TestClient, engine: Engine) -> None:
    with pages:
        elsewhere = {"Sec-Fetch-Site": "cross-site"}
        answer = pages.post("/dong-ho/xac-nhan", data={"ngay": "2022-10-20"}, headers=elsewhere)
    assert (answer.status_code, rows(engine, ClockLeap)) == (403, [])
