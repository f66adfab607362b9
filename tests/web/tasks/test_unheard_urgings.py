"""An urging that came to nobody is marked on every page that counts urgings.

Seen to fail when a page asks for the task's counter alone.
"""

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from starlette.testclient import TestClient

from config.act import by_clock
from config.office import Office
from config.settings import get_settings
from flows.actions.follow_up.follow_up import daily_follow_up
from flows.actions.installation.instant import advance
from models.db import unit_of_work
from models.tables.agencies import Contact, ContactAddress
from models.tables.outbox import OutboxMessage
from models.tables.tasks import Task
from notifications.delivery.deliver import deliver
from rules.letter_words import MessageState
from tests.cast import Postman, at, task
from tests.web.conftest import opened
from tests.web.page_words import words

LAST = "2022-12-27"
ALL = "đã đôn đốc 3 lần, cả 3 lần đều chưa đến nơi nhận"


@pytest.fixture
def urged(busy: Engine, office: Office) -> Engine:
    """GN-0001, due 12/12, was urged three times; its lead has lost its addresses before the first."""
    lead = task(busy).agency_id
    with unit_of_work(busy) as session:
        readers = sa.select(Contact.id).where(Contact.agency_id == lead)
        gone = sa.update(ContactAddress).where(ContactAddress.contact_id.in_(readers)).values(withdrawn=True)
        session.execute(gone)
    for day in ("2022-12-13", "2022-12-20", LAST):
        daily_follow_up(busy, by_clock(at(day, "07:29"), office))
        deliver(busy, by_clock(at(day, "07:31"), office), get_settings(), Postman())
    advance(busy, at(LAST))
    return busy


@pytest.fixture
def pages(urged: Engine, office: Office) -> TestClient:
    with opened(urged, office) as client:
        yield client


def test_the_page_of_the_task(pages: TestClient) -> None:
    page = pages.get("/viec/GN-0001").text
    assert f"{ALL}; gần nhất ngày 27/12/2022" in words(page)
    assert page.count('<span class="chip late"><svg') >= 6  # beside each number, and in the history
    assert words(page).count("Chưa đến nơi nhận") == 6


@pytest.mark.parametrize("address", ["/viec", "/chuyen-giao?tu={lead}&den=stc", "/bao-cao"])
def test_where_urgings_are_counted(urged: Engine, pages: TestClient, address: str) -> None:
    shown = words(pages.get(address.format(lead=task(urged).agency_id)).text)
    assert ALL in shown.lower().replace("đã đôn đốc từ 3", "")


def test_the_paper_says_what_did_not_arrive_before_it(pages: TestClient) -> None:
    shown = words(pages.get("/cong-van/2").text)
    assert "3 (2 lần trước chưa đến nơi nhận)" in shown
    assert "trước đây chưa đến được" in shown


def test_what_leaves_later_is_no_longer_marked(urged: Engine, pages: TestClient, office: Office) -> None:
    with unit_of_work(urged) as session:
        session.execute(sa.update(ContactAddress).values(withdrawn=False))
    deliver(urged, by_clock(at(LAST, "09:00"), office), get_settings(), Postman())
    page = words(pages.get("/viec/GN-0001").text)
    assert "đã đôn đốc 3 lần, gần nhất ngày" in page
    assert "Chưa đến nơi nhận" not in page  # what was reported upward stays as it was said
    for address in ("/viec", "/bao-cao"):
        assert "chưa đến nơi nhận" not in words(pages.get(address).text).lower()


def test_what_nobody_knows_is_said_so(urged: Engine, pages: TestClient, office: Office) -> None:
    test_what_leaves_later_is_no_longer_marked(urged, pages, office)
    with unit_of_work(urged) as session:
        session.execute(sa.update(OutboxMessage).values(state=MessageState.UNKNOWN))
    shown = words(pages.get("/viec/GN-0001").text)
    assert "đã đôn đốc 3 lần, cả 3 lần đều chưa rõ đã đến nơi nhận hay chưa" in shown


def test_the_series_before_a_hand_over_is_told_apart(urged: Engine, pages: TestClient) -> None:
    lead = task(urged).agency_id
    form = {
        "tu": lead, "den": "stc", "viec": "GN-0001", "muc": f"1:{task(urged).version}:",
        "can-cu": "Nghị quyết số 202/2025/QH15", "ly-do": "", "nguoi-lap": "Chuyên viên",
    }  # fmt: skip
    assert pages.post("/chuyen-giao", data=form).status_code in (200, 303)
    with unit_of_work(urged) as session:
        new = session.get_one(Task, 1).successor_id
    shown = words(pages.get(f"/viec/GN-{new:04d}").text)
    assert "trước đó đã đôn đốc 3 lần, cả 3 lần đều chưa đến nơi nhận" in shown
