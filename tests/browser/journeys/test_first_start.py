"""From an office without accounts to a secretary who was invited by letter."""

from typing import Any

import pytest

from flows.actions.installation.instant import shown_now
from tests.browser.journeys.office import JourneyOffice
from tests.browser.journeys.screen import SCREENS, Screen, fits, go, told
from tests.browser.journeys.steps import accept, enter_code, enter_password, set_up_telephone, sign_out

pytestmark = pytest.mark.browser

FIRST, INVITED = "an@vpubnd.soctrang.example", "hoa@vpubnd.soctrang.example"


@SCREENS
def test_first_start_and_invitation(browser: Any, office: JourneyOffice, screen: Screen) -> None:
    with screen.opened(browser) as page:
        _without_accounts(page, office)
    link = _first_account(office)
    with screen.opened(browser) as page:
        _shut(page, office)
        accept(page, link)
        set_up_telephone(page)
        assert "Quản trị hệ thống" in page.locator(".who").inner_text()
        _invite(page, office)
    with screen.opened(browser) as page:
        _begin(page, office)


def _without_accounts(page: Any, office: JourneyOffice) -> None:
    """Whoever sits at the machine works, and every page says how to make the first account."""
    for path in ("/viec", "/van-ban"):
        page.goto(f"{office.address}{path}")
        assert 'dondoc person add "Họ và tên" --admin' in page.locator(".first-line").inner_text()
        fits(page)


def _first_account(office: JourneyOffice) -> str:
    said = office.on_terminal("person", "add", "Nguyễn Văn An", "--email", FIRST, "--admin")
    return said.split()[-1]


def _shut(page: Any, office: JourneyOffice) -> None:
    page.goto(f"{office.address}/van-ban")
    assert page.url.endswith("/dang-nhap?ve=%2Fvan-ban")
    assert page.locator(".first-line").count() == 0
    fits(page)


def _invite(page: Any, office: JourneyOffice) -> None:
    """Whoever keeps people enters a secretary, and has her invited."""
    go(page.get_by_role("link", name="Người dùng", exact=True))
    fits(page)
    go(page.get_by_role("link", name="Thêm người dùng"))
    fits(page)
    page.get_by_label("Họ và tên").fill("Nguyễn Thị Hoa")
    page.get_by_label("Thư điện tử").fill(INVITED)
    go(page.get_by_role("button", name="Thêm người dùng"))
    assert "hãy ghi vị trí" in told(page)
    fits(page)
    page.get_by_label("Vai trò").select_option(label="Thư ký Ban Chỉ đạo")
    page.get_by_label("Cơ quan", exact=True).select_option(value="vpubnd")
    go(page.get_by_role("button", name="Thêm vị trí"))
    assert "Đã thêm vị trí" in told(page)
    go(page.get_by_role("button", name="Gửi lời mời"))
    assert "Đã viết thư mời" in told(page)
    fits(page)


def _begin(page: Any, office: JourneyOffice) -> None:
    """The letter that went out opens the pages; then she comes back by password and telephone."""
    link = office.mailed_link(INVITED)
    accept(page, link)
    totp = set_up_telephone(page)
    assert page.locator("h1").inner_text() == "Nhiệm vụ"
    assert "Thư ký Ban Chỉ đạo" in page.locator(".who").inner_text()
    fits(page)
    sign_out(page)
    enter_password(page, INVITED)
    enter_code(page, totp.at(shown_now(), counter_offset=1))
    assert page.url == f"{office.address}/viec"
    page.goto(link)
    assert "đã được dùng" in page.locator("main").inner_text()  # nobody opens it again
    fits(page)
