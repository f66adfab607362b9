"""What a person does on the pages again and again: sets a password, sets up a telephone, signs in and out."""

from typing import Any

import pyotp

from flows.actions.installation.instant import shown_now
from tests.browser.journeys.office import PASSWORD, Account
from tests.browser.journeys.screen import fits, go, told


def accept(page: Any, link: str) -> None:
    """Open an invitation and set a password."""
    page.goto(link)
    assert page.url.endswith("/lien-ket")  # the secret is out of the address
    fits(page)
    page.get_by_label("Mật khẩu mới").fill(PASSWORD)
    page.get_by_label("Nhập lại mật khẩu").fill(PASSWORD)
    go(page.get_by_role("button", name="Đặt mật khẩu và vào"))


def set_up_telephone(page: Any) -> pyotp.TOTP:
    """The second factor before anything is open: the picture, the secret beneath it, codes to keep."""
    fits(page)
    go(page.get_by_role("button", name="Bắt đầu thiết lập"))
    fits(page)
    assert page.locator(".qr img").evaluate("(one) => one.naturalWidth") > 0
    totp = pyotp.TOTP(page.locator("code.secret").inner_text().replace(" ", ""))
    page.get_by_label("Mã 6 chữ số").fill(totp.at(shown_now()))
    go(page.get_by_role("button", name="Xác nhận"))
    fits(page)
    assert page.locator(".recovery code").count() >= 8
    go(page.get_by_role("link", name="Tôi đã cất các mã"))
    return totp


def enter_password(page: Any, email: str, password: str = PASSWORD) -> None:
    """Fill in the form of the page of signing in."""
    page.get_by_label("Địa chỉ thư điện tử").fill(email)
    page.get_by_label("Mật khẩu").fill(password)
    go(page.get_by_role("button", name="Đăng nhập", exact=True))


def enter_code(page: Any, code: str, trust: bool = False) -> None:
    """The second step."""
    page.get_by_label("Mã 6 chữ số").fill(code)
    if trust:
        page.get_by_label("Tin cậy thiết bị này").check()
    go(page.get_by_role("button", name="Tiếp tục"))


def come_in(page: Any, address: str, who: Account, path: str = "/viec") -> None:
    """Ask for ``path``, be led to the sign-in, and arrive there."""
    page.goto(f"{address}{path}")
    enter_password(page, who.email)
    if who.totp is not None and page.url.split("?")[0].endswith("/dang-nhap/ma"):
        enter_code(page, who.code, trust=True)
    assert page.url == f"{address}{path}"


def sign_out(page: Any) -> None:
    """And see that it is said."""
    go(page.get_by_role("button", name="Đăng xuất"))
    assert "Bạn đã đăng xuất" in told(page)
