"""From an office without accounts to a person who signed in by two factors, as a browser goes through it."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyotp
import pytest
from sqlalchemy.engine import Engine

from config.agencies import load_register
from flows.actions.installation.instant import advance
from flows.actions.people.import_register import import_register
from models.db import open_database, reading
from models.people.row_bodies import committee_bodies
from rules.people.seat_roles import SeatRole
from rules.sign_in.words import LinkPurpose
from tests.browser.conftest import served
from tests.flows.sign_in.people import person, seated
from tests.installations import another_installation
from tests.web.conftest import NOW
from tests.web.sign_in.entered import ADMINS, EMAIL, a_link

pytestmark = pytest.mark.browser

PASSWORD = "thuyền ra khơi lúc năm giờ"
#: Fields without a name that a screen reader could say.
_NAMELESS = """() => [...document.querySelectorAll("input:not([type=hidden])")]
  .filter((one) => !one.labels.length).map((one) => one.name)"""


@pytest.fixture(scope="module")
def office_path(_migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copyfile(_migrated_sqlite, tmp_path_factory.mktemp("office") / "office.db"))


@pytest.fixture(scope="module")
def engine(office_path: Path) -> Iterator[Engine]:
    """The database of the pages, from beside them."""
    found = open_database(another_installation(f"sqlite:///{office_path}"))
    import_register(found, load_register())
    advance(found, NOW)
    yield found
    found.dispose()


@pytest.fixture(scope="module")
def address(engine: Engine, office_path: Path) -> Iterator[str]:
    with served(office_path) as found:
        yield found


def invited(engine: Engine, email: str) -> str:
    """A secretary, who needs a second factor: the token of the invitation."""
    found = person(engine, email, None)
    with reading(engine) as session:
        seated(engine, found, SeatRole.SECRETARY, committee_bodies(session).secretariat)
    return a_link(engine, found, LinkPurpose.INVITATION)


def fits(page: Any) -> None:
    """Nothing is wider than the screen, every field has a name, and there is one heading."""
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, page.url
    assert page.evaluate(_NAMELESS) == [], page.url
    assert page.locator("h1").count() == 1, page.url


def test_from_the_first_start_to_the_second_factor(browser: Any, engine: Engine, address: str) -> None:
    """At a desk with scripts, then on a telephone without: what is read, typed and pressed is the same."""
    for width, scripts, email in ((1366, True, ADMINS), (390, False, EMAIL)):
        context = browser.new_context(
            viewport={"width": width, "height": 800}, java_script_enabled=scripts, accept_downloads=False
        )
        page = context.new_page()
        page.goto(f"{address}/viec")
        if scripts:
            assert 'dondoc person add "Họ và tên" --admin' in page.locator(".first-line").inner_text()
            fits(page)
        _set_up(page, address, invited(engine, email))
        _come_back(page, email)
        context.close()


def _set_up(page: Any, address: str, token: str) -> None:
    """The invitation, a password, a telephone: then the pages."""
    page.goto(f"{address}/van-ban")
    assert "/dang-nhap?ve=" in page.url
    fits(page)
    page.goto(f"{address}/lien-ket/{token}")
    assert token not in page.url
    fits(page)
    page.get_by_label("Mật khẩu mới").fill(PASSWORD)
    page.get_by_label("Nhập lại mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đặt mật khẩu và vào").click()
    page.get_by_role("button", name="Bắt đầu thiết lập").click()
    fits(page)
    assert page.locator(".qr img").evaluate("(one) => one.naturalWidth") > 0
    secret = page.locator("code.secret").inner_text().replace(" ", "")
    page.get_by_label("Mã 6 chữ số").fill(pyotp.TOTP(secret).now())
    page.get_by_role("button", name="Xác nhận").click()
    fits(page)


def _come_back(page: Any, email: str) -> None:
    """Out, and in again with a recovery code, to the page that was asked for."""
    code = page.locator(".recovery code").first.inner_text()
    page.get_by_role("link", name="Tôi đã cất các mã").click()
    assert page.locator("h1").inner_text() == "Nhiệm vụ"
    assert "Thư ký Ban Chỉ đạo" in page.locator(".who").inner_text()
    fits(page)
    page.get_by_role("link", name="Nguyễn Thị Hoa").click()
    fits(page)
    page.get_by_role("button", name="Đăng xuất").click()
    assert "Bạn đã đăng xuất" in page.get_by_role("status").inner_text()
    page.go_back()
    page.reload()
    assert "/dang-nhap" in page.url  # nothing that was shown is shown again
    page.get_by_label("Địa chỉ thư điện tử").fill(email)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    fits(page)
    page.get_by_label("Mã 6 chữ số").fill(code)
    page.get_by_role("button", name="Tiếp tục").click()
    assert page.url.endswith("/tai-khoan")
