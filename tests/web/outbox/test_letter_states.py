"""Every state of a letter and of a message, on every page that shows one; green only what a provider took."""

import re

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from starlette.testclient import TestClient

from flows.actions.outbox.settle_unknown import BY_PERSON
from models.db import unit_of_work
from models.tables.agencies import ContactAddress
from models.tables.outbox import MessageLetter, OutboxLetter, OutboxMessage
from models.tables.tasks import Urging
from rules.letter_words import LetterState, MessageState
from rules.outbox.letter_standing import Carriage, shown_state
from tests.web.conftest import NOW
from web.kit.letter_looks import LOOKS, letter_look

PAGES = (
    "/thu", "/viec", "/viec/GN-0001", "/viec/GN-0001?vai=van-phong", "/van-ban", "/van-ban/1", "/trinh",
    "/cong-van", "/chuyen-giao", "/bao-cao", "/lich-hop", "/su-kien",
)  # fmt: skip
CHIP = r'<span class="chip ([\w-]+)"><svg.*?</svg> ([^<]+)</span>'


def put(engine: Engine, letter_state: LetterState, *states: MessageState) -> None:
    """The first letter of GN-0001, also that of an urging, carried by one message in each state."""
    with unit_of_work(engine) as session:
        letter = session.scalars(
            sa.select(OutboxLetter).where(OutboxLetter.task_id == 1).order_by(OutboxLetter.id)
        ).first()
        assert letter is not None
        letter.state = letter_state
        session.add(
            Urging(task_id=1, number=1, urged_on=NOW.date(), due_on=NOW.date(), days_late=1,
                   text="Đôn đốc lần 1", recipient_id=letter.agency_id, letter_key=letter.key)
        )  # fmt: skip
        places = session.scalars(sa.select(ContactAddress).order_by(ContactAddress.id.desc()))
        for n, (state, place) in enumerate(zip(states, places, strict=False)):
            message = _message(n, state, place)
            session.add(message)
            session.flush()
            assert message.id is not None
            assert letter.id is not None
            session.add(MessageLetter(message_id=message.id, letter_id=letter.id))


def _message(n: int, state: MessageState, place: ContactAddress) -> OutboxMessage:
    return OutboxMessage(
        key=f"k{n}", bundle="b", contact_id=place.contact_id, address_id=place.id or 0,
        channel=place.channel or "", message_id=f"<{n}@x>", subject=f"Thư số {n}", state=state,
        next_at=NOW, give_up_at=NOW,
    )  # fmt: skip


def chips(page: str) -> set[tuple[str, str]]:
    return set(re.findall(CHIP, page))


@pytest.mark.parametrize("letter", LetterState)
@pytest.mark.parametrize("state", MessageState)
def test_on_the_page_of_the_task(
    busy: Engine, at_work: TestClient, letter: LetterState, state: MessageState
) -> None:
    put(busy, letter, state)
    found = shown_state(letter, [Carriage(1, 1, state)])
    page = at_work.get("/viec/GN-0001?vai=van-phong").text
    assert page.count(found.label) >= 2  # beside the letter and beside the urging
    assert (letter_look(found)[0], found.label) in chips(page)
    assert "Đã chuyển sang gửi" not in page
    assert (("done", "Đã gửi") in chips(page)) is (state is MessageState.SENT and found is state)
    assert state.label.lower() in page.lower()


@pytest.mark.parametrize("page", PAGES)
def test_no_page_stumbles_over_a_state(busy: Engine, at_work: TestClient, page: str) -> None:
    put(busy, LetterState.DISPATCHED, *MessageState)
    assert at_work.get(page).status_code == 200


def test_a_letter_to_many_is_as_bad_as_its_worst_part(busy: Engine, at_work: TestClient) -> None:
    put(busy, LetterState.DISPATCHED, *MessageState)
    page = at_work.get("/viec/GN-0001").text
    assert ("late-done", "Chưa rõ đã tới hay chưa") in chips(page)
    assert ("done", "Đã gửi") not in chips(page)


@pytest.mark.parametrize("state", MessageState)
def test_in_the_list_of_letters(busy: Engine, at_work: TestClient, state: MessageState) -> None:
    put(busy, LetterState.DISPATCHED, state)
    for address in ("/thu", f"/thu?trang-thai={state.value}"):
        page = at_work.get(address).text
        assert (letter_look(state)[0], state.label) in chips(page)
        assert f"{state.label} <b>1</b>" in page
        assert ("Đã tới nơi nhận" in page) is (state is MessageState.UNKNOWN)


def test_every_state_has_its_look_and_one_is_green() -> None:
    every = {*LetterState, *MessageState}
    assert set(LOOKS) == every
    assert {state for state in every if letter_look(state)[0] == "done"} == {MessageState.SENT}


def test_a_state_that_nobody_drew_is_a_doubt(
    monkeypatch: pytest.MonkeyPatch, busy: Engine, at_work: TestClient
) -> None:
    monkeypatch.delitem(LOOKS, MessageState.OWED)
    put(busy, LetterState.DISPATCHED, MessageState.OWED)
    for address in ("/thu", "/viec/GN-0001"):
        page = at_work.get(address)
        assert (page.status_code, ("late-done", MessageState.OWED.label) in chips(page.text)) == (200, True)


def test_what_a_person_confirmed_says_so(busy: Engine, at_work: TestClient) -> None:
    put(busy, LetterState.DISPATCHED, MessageState.SENT)
    assert "Văn phòng xác nhận" not in at_work.get("/thu").text
    with unit_of_work(busy) as session:
        message = session.scalars(sa.select(OutboxMessage)).one()
        message.outcome_code, message.outcome_text = BY_PERSON, "Văn phòng xác nhận thư đã tới nơi nhận."
    assert "Văn phòng xác nhận thư đã tới nơi nhận." in at_work.get("/thu").text
