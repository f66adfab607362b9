"""A thread begins with a letter that its reader was really sent; the same letters are the same message."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.engine import Engine

from config.act import by_clock
from config.agencies import ContactEntry
from flows.actions.follow_up.follow_up import daily_follow_up
from notifications.delivery.deliver import DeliveryReport, deliver
from notifications.outbox.message_ids import message_id
from notifications.outbox.parcel import Parcel
from tests.cast import (
    DATED,
    FINANCE,
    FINANCE_MAIL,
    Postman,
    at,
    by,
    directive,
    issue,
    move_in,
    office,
    settings,
)
from tests.notifications.delivery.test_delivery import import_contacts
from tests.notifications.delivery.test_delivery_trouble import DEAD, LOST

ALSO = directive("Việc hai.", FINANCE, due=by(date(2022, 8, 31)))
Send = Callable[..., DeliveryReport]


@pytest.fixture
def send(engine: Engine, postman: Postman) -> Send:
    """One pass after the follow-up of a morning."""
    move_in(engine)

    def one_pass(day: str) -> DeliveryReport:
        daily_follow_up(engine, by_clock(at(day, "06:45"), office()))
        return deliver(engine, by_clock(at(day, "09:00"), office()), settings(), postman)

    return one_pass


def to(postman: Postman, url: str) -> list[Parcel]:
    """What went to one address, in order; the others are looked at no further."""
    found = [parcel for address, parcel in postman.carried if address == url]
    postman.carried.clear()
    return found


def test_reminders_refer_to_the_letter_that_assigned_their_task(
    engine: Engine, send: Send, postman: Postman
) -> None:
    issue(engine, DATED, ALSO)
    for day in ("2022-08-15", "2022-08-24", "2022-08-26"):
        send(day)
    first, *others = to(postman, FINANCE_MAIL)
    assert len(others) == 2
    assert {parcel.thread_root for parcel in (first, *others)} == {first.message_id}
    assert len({parcel.message_id for parcel in (first, *others)}) == 3


def test_a_reader_who_never_got_the_first_letter_begins_a_thread(
    engine: Engine, send: Send, postman: Postman
) -> None:
    issue(engine, DATED)
    postman.replies[FINANCE_MAIL] = LOST  # nobody knows: no letter may refer to it
    send("2022-08-15")
    postman.replies.clear()
    import_contacts(
        engine,
        ContactEntry(FINANCE, "van-thu", "Mới", ("smtpmail://moi@stc.example",)),
        ContactEntry(FINANCE, "van-thu", "Văn thư", (FINANCE_MAIL,)),
    )
    to(postman, FINANCE_MAIL)
    send("2022-08-24")
    sent = list(postman.carried)
    postman.carried.clear()
    assert len(sent) == 2
    assert all(parcel.thread_root == parcel.message_id for _, parcel in sent)


def test_another_address_of_the_reader_is_another_thread(
    engine: Engine, send: Send, postman: Postman
) -> None:
    issue(engine, DATED)
    two = (FINANCE_MAIL, "smtpmail://khac@stc.example")
    import_contacts(engine, ContactEntry(FINANCE, "van-thu", "Văn thư", two))
    send("2022-08-15")
    postman.replies[FINANCE_MAIL] = DEAD
    send("2022-08-24")
    [other] = to(postman, two[1])
    assert other.thread_root == other.message_id


SECRET = "a1" * 32
KEYS = st.lists(st.text("abc:123", min_size=1), min_size=1, max_size=5, unique=True)


@given(KEYS, st.randoms())
def test_the_same_letters_to_the_same_place_are_the_same_message(
    keys: list[str], random: st.DataObject
) -> None:
    shuffled = list(keys)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    ours = message_id(SECRET, "mailbox:a@x", keys, "dondoc.example")
    assert ours == message_id(SECRET, "mailbox:a@x", shuffled, "dondoc.example")
    assert ours != message_id(SECRET, "mailbox:b@x", keys, "dondoc.example")
    assert ours != message_id(SECRET, "mailbox:a@x", [*keys, "new"], "dondoc.example")
    assert ours != message_id("b2" * 32, "mailbox:a@x", keys, "dondoc.example")
    assert ours.isascii()
    assert len(ours) < 100
