"""The page of letters in a browser: every state, the banners and the buttons, without a script too."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from config.agencies import load_register
from flows.actions.installation.instant import advance
from flows.actions.people.import_register import import_register
from models.db import open_database, unit_of_work
from models.tables.agencies import ContactAddress
from models.tables.outbox import ChannelState, OutboxMessage
from rules.letter_words import MessageState
from tests.browser.conftest import served
from tests.installations import another_installation
from tests.web.conftest import NOW

pytestmark = pytest.mark.browser

#: Two of what has a button, so that one decision for all is offered as well.
STATES = (*MessageState, MessageState.UNKNOWN, MessageState.UNKNOWN)


@pytest.fixture
def office(_migrated_sqlite: Path, tmp_path: Path) -> Iterator[str]:
    """The pages of an office with messages in every state, marked addresses, and no channel that works."""
    path = Path(shutil.copyfile(_migrated_sqlite, tmp_path / "office.db"))
    engine = open_database(another_installation(f"sqlite:///{path}"))
    import_register(engine, load_register())
    advance(engine, NOW)
    with unit_of_work(engine) as session:
        places = session.scalars(sa.select(ContactAddress).limit(len(STATES))).all()
        for n, (state, place) in enumerate(zip(STATES, places, strict=True)):
            session.add(_message(n, state, place))
            if state in (MessageState.FAILED, MessageState.OWED):
                place.unusable_since, place.unusable_reason = NOW.date(), "550 5.1.1 Hộp thư không tồn tại"
        for channel in ("mail", "zalo", "folder"):
            session.add(ChannelState(channel=channel, stops=1, since=NOW, text="Từ chối " + "x" * 120))
    engine.dispose()
    with served(path) as address:
        yield address


def _message(n: int, state: MessageState, place: ContactAddress) -> OutboxMessage:
    return OutboxMessage(
        key=f"k{n}", bundle="b", contact_id=place.contact_id, address_id=place.id or 0,
        channel=place.channel or "", message_id=f"<{n}@x>", subject=f"Thư số {n}", state=state,
        next_at=NOW + timedelta(hours=n), give_up_at=NOW, attempts=n,
    )  # fmt: skip


def test_the_page_fits_and_speaks(browser: Any, office: str) -> None:
    page = browser.new_page()
    for width, address in product((1366, 390), ("/thu", "/thu?trang-thai=unknown", "/viec")):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(office + address)
        sideways = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        assert not page.evaluate(sideways), address
        texts = page.locator(".banner").all_inner_texts()
        assert len(texts) == 2, texts
        first, second = texts
        assert first.startswith("Mọi kênh gửi thư tới Văn phòng đang trục trặc")
        assert second.startswith("3 thư chưa rõ đã tới hay chưa")
        assert page.locator(".banner").first.bounding_box()["y"] < 130  # the first that is read
    page.close()


def test_decisions_without_a_script(browser: Any, office: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(office + "/viec")
    page.get_by_role("link", name="Hãy quyết định").click()
    page.get_by_role("button", name="Đã tới nơi nhận").first.click()
    assert "đã tới nơi nhận" in page.get_by_role("status").inner_text()
    assert page.get_by_role("button", name="Đã tới nơi nhận").count() == 2
    page.get_by_text("Quyết định chung cho 2 thư").click()
    page.get_by_role("button", name="Gửi lại tất cả 2 thư").click()
    assert "các thư chưa rõ sẽ được gửi lại" in page.get_by_role("status").inner_text()
    assert page.locator(".banner").count() == 1  # nothing is unknown any more
    marked = page.get_by_role("region", name="Địa chỉ tạm ngừng")
    marked.get_by_role("button", name="Thử lại địa chỉ này").first.click()
    assert "Đã bỏ tạm ngừng" in page.get_by_role("status").inner_text()
    assert "Địa chỉ tạm ngừng (1)" in page.content()
    context.close()
