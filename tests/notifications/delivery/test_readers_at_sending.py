"""Readers and addresses are those of the register at the moment of sending; a mailbox is one person."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy.engine import Engine

from config.act import by_clock
from config.agencies import ContactEntry
from models.tables.outbox import OutboxLetter
from notifications.delivery.deliver import DeliveryReport, deliver
from rules.letter_words import LetterState
from rules.outbox.payloads.keys import LetterKind
from tests.cast import (
    AWAY,
    FINANCE,
    ON_SQLITE,
    SECRETARIAT,
    TRADE,
    Postman,
    at,
    by,
    directive,
    issue,
    messages,
    move_in,
    office,
    rows,
    settings,
)
from tests.notifications.delivery.test_delivery import import_contacts
from tests.notifications.delivery.test_delivery_trouble import BUSY, LOST

OFFICE = ContactEntry(SECRETARIAT, "van-thu", "Văn phòng", ("smtpmail://vp@vp.example",))
TASK = directive("Báo cáo.", FINANCE, due=by(date(2022, 9, 30)))
Send = Callable[..., DeliveryReport]


def clerk(name: str, *urls: str, body: str = FINANCE, role: str = "van-thu") -> ContactEntry:
    return ContactEntry(body, role, name, urls or (f"smtpmail://{name}@x.example",))  # type: ignore[arg-type]


@pytest.fixture
def send(engine: Engine, postman: Postman) -> Send:
    """One pass at an instant of 15/8/2022."""
    move_in(engine)

    def one_pass(clock: str = "09:00", day: str = "2022-08-15") -> DeliveryReport:
        return deliver(engine, by_clock(at(day, clock), office()), settings(), postman)

    return one_pass


def test_whoever_was_replaced_gets_nothing_and_his_successor_what_waited(
    engine: Engine, send: Send, postman: Postman
) -> None:
    import_contacts(engine, clerk("cu"), OFFICE)
    issue(engine, TASK)
    postman.replies["smtpmail:"] = BUSY
    send()
    import_contacts(engine, clerk("moi"), OFFICE)
    postman.replies.clear()
    send("09:05")
    assert postman.take() == ["smtpmail://cu@x.example", "smtpmail://moi@x.example"]
    assert [message.state.value for message in messages(engine)] == ["moved", "sent"]
    send("10:00")
    assert postman.take() == []


def test_a_colleague_who_has_it_is_not_told_again(engine: Engine, send: Send, postman: Postman) -> None:
    import_contacts(engine, clerk("a"), clerk("b"), OFFICE)
    issue(engine, TASK)
    postman.replies["smtpmail://b@"] = BUSY
    send()
    import_contacts(engine, clerk("a"), clerk("c"), OFFICE)
    send("09:05")
    assert postman.take() == [f"smtpmail://{name}@x.example" for name in "abc"]


def test_a_colleague_whose_letter_still_waits_gets_it_once(
    engine: Engine, send: Send, postman: Postman
) -> None:
    import_contacts(engine, clerk("a"), clerk("b"), OFFICE)
    issue(engine, TASK)
    postman.replies["smtpmail://"] = BUSY
    send()
    import_contacts(engine, clerk("b"), OFFICE)
    postman.replies.clear()
    postman.take()
    send("09:05")
    assert postman.take() == ["smtpmail://b@x.example"]
    [letter] = rows(engine, OutboxLetter, OutboxLetter.kind == LetterKind.ASSIGNMENT)
    assert letter.state is LetterState.DISPATCHED


def test_nobody_left_is_raised_and_whoever_comes_gets_it(
    engine: Engine, send: Send, postman: Postman
) -> None:
    import_contacts(engine, clerk("cu"), OFFICE)
    issue(engine, TASK)
    postman.replies["smtpmail://cu@"] = BUSY
    send()
    import_contacts(engine, OFFICE)
    send("09:05")
    assert postman.take() == ["smtpmail://cu@x.example", "smtpmail://vp@vp.example"]
    import_contacts(engine, clerk("moi"), OFFICE)
    send("09:10")
    assert postman.take() == ["smtpmail://moi@x.example"]


def test_whoever_returns_is_not_told_twice(engine: Engine, send: Send, postman: Postman) -> None:
    import_contacts(engine, clerk("a"), clerk("b"), OFFICE)
    issue(engine, TASK)
    postman.replies["smtpmail://b@"] = BUSY
    send()  # a has it
    import_contacts(engine, OFFICE)
    send("09:05")
    import_contacts(engine, clerk("a"), clerk("b"), OFFICE)
    postman.take()
    postman.replies.clear()
    send("09:10")
    assert postman.take() == ["smtpmail://b@x.example"]


@ON_SQLITE
def test_what_may_have_arrived_by_zalo_is_not_said_to_the_same_reader_again(
    engine: Engine, send: Send, postman: Postman
) -> None:
    import_contacts(engine, clerk("a", "zalooa://4318/a", "smtpmail://a@x.example"), clerk("b"), OFFICE)
    issue(engine, TASK)
    postman.replies |= {"zalooa:": LOST, "smtpmail://b@": BUSY}
    send()
    assert postman.take() == ["zalooa://4318/a", "smtpmail://b@x.example", "smtpmail://a@x.example"]
    import_contacts(engine, clerk("a", "zalooa://4318/a", "smtpmail://a@x.example"), OFFICE)
    send("09:05")
    assert postman.take() == []


@pytest.mark.parametrize(
    "spelled",
    ["smtpmail://A@x.example", "smtpmail://a@X.EXAMPLE", "smtpmail://a@x.example?name=V%C4%83n%20th%C6%B0"],
)
@ON_SQLITE
def test_one_mailbox_is_one_person(engine: Engine, send: Send, postman: Postman, spelled: str) -> None:
    import_contacts(
        engine,
        clerk("a", "smtpmail://a@x.example"),
        clerk("b", spelled, "zalooa://4318/b", body=TRADE, role="lanh-dao"),
        OFFICE,
    )
    issue(engine, directive("Báo cáo.", FINANCE, TRADE, due=by(date(2022, 9, 30))))
    send()
    assert len(postman.take()) == 1
    [message] = messages(engine)
    assert message.state.value == "sent"


@ON_SQLITE
def test_what_stands_beside_a_mailbox_makes_no_second_person(
    engine: Engine, send: Send, postman: Postman
) -> None:
    import_contacts(
        engine,
        clerk("a", "zalooa://4318/a", "smtpmail://a@x.example"),
        clerk("b", "smtpmail://a@x.example", body=TRADE),
        OFFICE,
    )
    issue(engine, directive("Báo cáo.", FINANCE, TRADE, due=by(date(2022, 9, 30))))
    send()
    assert len(postman.take()) == 1


@ON_SQLITE
def test_a_mailbox_beside_two_people_keeps_them_two(engine: Engine, send: Send, postman: Postman) -> None:
    shared = "smtpmail://van-phong@x.example"
    import_contacts(
        engine,
        clerk("a", "smtpmail://a@x.example", shared),
        clerk("b", "smtpmail://b@x.example", shared),
        OFFICE,
    )
    issue(engine, TASK)
    send()
    assert sorted(postman.take()) == ["smtpmail://a@x.example", "smtpmail://b@x.example"]


def test_a_place_that_has_the_letter_is_no_way_around(engine: Engine, send: Send, postman: Postman) -> None:
    """The clerk's second address is the mailbox of the leader, who has the letter already."""
    import_contacts(
        engine,
        clerk("a", "smtpmail://a@x.example", "smtpmail://b@x.example"),
        clerk("b", "smtpmail://b@x.example"),
        OFFICE,
    )
    issue(engine, TASK)
    postman.replies["smtpmail://a@"] = LOST
    send()
    assert sorted(postman.take()) == ["smtpmail://a@x.example", "smtpmail://b@x.example"]


def test_a_withdrawn_address_of_a_present_reader_is_gone_around(
    engine: Engine, send: Send, postman: Postman
) -> None:
    import_contacts(engine, clerk("a", "smtpmail://cu@x.example"), OFFICE)
    issue(engine, TASK)
    postman.replies["smtpmail:"] = AWAY
    send()
    import_contacts(engine, clerk("a", "smtpmail://moi@x.example"), OFFICE)
    postman.replies.clear()
    send("09:05")
    assert postman.take() == ["smtpmail://cu@x.example", "smtpmail://moi@x.example"]
