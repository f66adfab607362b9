"""What left the building, and the one page for the leaders."""

import re

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session
from starlette.testclient import TestClient

from models.db import unit_of_work
from models.tables.agencies import ContactAddress
from models.tables.outbox import OutboxLetter, OutboxMessage
from rules.letter_words import LetterState, MessageState
from tests.web.conftest import NOW


@pytest.fixture
def posted(busy: Engine, at_work: TestClient) -> TestClient:
    """The office with one message in every state, and one letter without an address."""
    with unit_of_work(busy) as session:
        addresses = session.scalars(sa.select(ContactAddress).limit(len(MessageState))).all()
        for state, address in zip(MessageState, addresses, strict=True):
            session.add(_message(state, address))
        _first_letter(session).state = LetterState.NO_CONTACT
    return at_work


def _first_letter(session: Session) -> OutboxLetter:
    return session.scalars(sa.select(OutboxLetter).order_by(OutboxLetter.id)).first()  # type: ignore[return-value]


def _message(state: MessageState, address: ContactAddress) -> OutboxMessage:
    return OutboxMessage(
        key=f"k:{state}",
        bundle="b",
        contact_id=address.contact_id,
        address_id=address.id or 0,
        channel="mail",
        message_id=f"<{state}@dondoc.example>",
        subject=f"Thư {state.value} <b>",
        state=state,
        next_at=NOW,
        give_up_at=NOW,
        outcome_text="Hộp thư không tồn tại" if state is MessageState.FAILED else "",
    )


def test_what_needs_a_look_comes_first(posted: TestClient) -> None:
    page = posted.get("/thu").text
    order = re.findall(r"Thư (\w+) &lt;b&gt;", page)
    assert order == [
        "unknown", "failed", "owed", "sending", "queued", "saved", "sent", "moved", "obsolete"
    ]  # fmt: skip
    assert page.index("Chưa có địa chỉ liên hệ (1)") < page.index("Thư unknown")
    assert "Hộp thư không tồn tại" in page
    assert "Thư điện tử" in page
    assert "van-thu@" not in page  # addresses are veiled


def test_filter_by_state(posted: TestClient) -> None:
    page = posted.get("/thu?trang-thai=failed").text
    assert re.findall(r"Thư (\w+) &lt;b&gt;", page) == ["failed"]
    assert posted.get("/thu?trang-thai=x").status_code == 200


def test_an_empty_outbox(client: TestClient) -> None:
    assert "Không có thư nào" in client.get("/thu").text


def test_the_report_counts_its_rows(at_work: TestClient) -> None:
    page = at_work.get("/bao-cao").text
    assert "Báo cáo theo dõi, đôn đốc" in page
    assert "ngày 19 tháng 12 năm 2022" in page
    assert "Nhiệm vụ quá hạn (1)" in page
    assert "Quá hạn 7 ngày" in page
    assert "(11 cơ quan)" not in page  # the collective's deadline is not within fourteen days
    for title, count in re.findall(r"<h2>\d+\. ([^<(]+) \((\d+)\)</h2>", page):
        section = page.split(f". {title} (")[1].split("</section>")[0]
        rows = section.count("/viec/GN-") + section.count('<th scope="row">') + section.count("<li>")
        assert rows == int(count), title


def test_the_report_of_an_empty_office(client: TestClient) -> None:
    assert "Chưa có nhiệm vụ nào để báo cáo" in client.get("/bao-cao").text
