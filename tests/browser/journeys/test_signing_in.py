"""By password and telephone, by a mailed link, by the province's own server; and out again."""

from typing import Any

import httpx2
import pytest

from rules.people.seat_roles import SeatRole
from tests.browser.journeys.office import Account, JourneyOffice
from tests.browser.journeys.screen import SCREENS, Screen, fits, go, told, warned
from tests.browser.journeys.steps import enter_code, enter_password, sign_out

pytestmark = pytest.mark.browser


def secretary(office: JourneyOffice) -> Account:
    """Of whom a second factor is asked at every sign-in."""
    return office.account("Nguyễn Thị Hoa", SeatRole.SECRETARY, "vpubnd", "hoa", with_telephone=True)


@SCREENS
def test_password_and_telephone(browser: Any, office: JourneyOffice, screen: Screen) -> None:
    hoa = secretary(office)
    with screen.opened(browser) as page:
        page.goto(f"{office.address}/bao-cao")
        enter_password(page, hoa.email, "không phải mật khẩu")
        assert "mật khẩu không đúng" in warned(page)
        fits(page)
        enter_password(page, hoa.email)
        fits(page)
        enter_code(page, "000000")
        assert "Mã không đúng" in warned(page)
        fits(page)
        enter_code(page, hoa.code)
        assert page.url == f"{office.address}/bao-cao"  # where she wanted to go
        _own_account(page)
        sign_out(page)
        page.go_back()
        page.reload()
        assert "/dang-nhap" in page.url  # nothing that was shown is shown again
        enter_password(page, hoa.email)
        enter_code(page, hoa.recovery[0])
        assert page.url == f"{office.address}/nhat-ky"


def _own_account(page: Any) -> None:
    go(page.get_by_role("link", name="Nguyễn Thị Hoa"))
    fits(page)
    assert "Trình duyệt này" in page.locator("main").inner_text()
    go(page.get_by_role("link", name="Đổi điện thoại"))
    fits(page)
    go(page.get_by_role("link", name="Nhật ký"))
    told = page.locator("table.trail").inner_text()
    assert "địa chỉ thư hoặc mật khẩu không đúng" in told
    assert "{" not in told  # words, not what the database holds
    fits(page)


@SCREENS
def test_a_mailed_link(browser: Any, office: JourneyOffice, screen: Screen) -> None:
    hoa, stranger = secretary(office), "khong-ai@soctrang.example"
    with screen.opened(browser) as page:
        said = [_ask_for_link(page, office, email) for email in (stranger, hoa.email)]
        assert said[0] == said[1]  # a stranger learns nothing
        assert office.letters_to(stranger) == []
        link = office.mailed_link(hoa.email)
        page.goto(link)
        fits(page)
        assert hoa.name in page.locator("main").inner_text()
        go(page.get_by_role("button", name="Đăng nhập", exact=True))
        enter_code(page, hoa.code)  # of a secretary it is asked here too
        assert page.url == f"{office.address}/viec"
    with screen.opened(browser) as page:
        page.goto(link)
        assert "đã được dùng" in page.locator("main").inner_text()
        fits(page)


def _ask_for_link(page: Any, office: JourneyOffice, email: str) -> str:
    page.goto(f"{office.address}/dang-nhap")
    page.get_by_label("Địa chỉ thư điện tử").fill(email)
    go(page.get_by_role("button", name="Gửi cho tôi liên kết đăng nhập"))
    fits(page)
    return told(page)


@SCREENS
def test_the_provinces_own_server(browser: Any, office: JourneyOffice, screen: Screen, province: str) -> None:
    mai = office.account("Thạch Thị Mai", SeatRole.CLERK, "stc", "mai")
    for sub, email in (("mai", mai.email), ("ai-do", "ai-do@soctrang.example")):
        known = {"email": email, "email_verified": True}
        httpx2.put(f"{province}/users/{sub}", json=known).raise_for_status()
    with screen.opened(browser) as page:
        page.goto(f"{office.address}/van-ban")
        fits(page)
        _by_the_province(page, province, "ai-do")
        assert "chưa gắn với người sử dụng nào" in warned(page)
        fits(page)
        _by_the_province(page, province, "mai")
        assert page.url == f"{office.address}/van-ban"
        assert "Văn thư, Sở Tài chính" in page.locator(".who").inner_text()


def _by_the_province(page: Any, province: str, sub: str) -> None:
    go(page.get_by_role("link", name="Đăng nhập bằng tài khoản của tỉnh"))
    assert page.url.startswith(province)
    page.get_by_placeholder("sub").fill(sub)
    go(page.get_by_role("button", name="Authorize"))
