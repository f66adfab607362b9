"""What was given up stays owed while it is true: it goes once, bundled, and the reason told is true."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.engine import Engine

from config.act import by_clock
from flows.actions.follow_up.follow_up import daily_follow_up
from flows.actions.people.import_register import import_register
from flows.actions.tasks.answer import Said, answer
from models.tables.agencies import ContactAddress
from models.tables.outbox import OutboxLetter
from notifications.delivery.deliver import DeliveryReport, deliver
from notifications.outbox.parcel import Outcome
from rules.letter_words import OutcomeClass
from rules.outbox.payloads.keys import LetterKind
from rules.vocabulary import Actor, EventKind
from tests.cast import (
    DATED,
    FINANCE,
    FINANCE_MAIL,
    ON_SQLITE,
    SECRETARIAT_MAILS,
    Postman,
    act_on,
    at,
    by,
    directive,
    issue,
    messages,
    move_in,
    office,
    office_with,
    register,
    rows,
    settings,
)
from tests.notifications.delivery.test_delivery_trouble import BUSY, DEAD

Send = Callable[..., DeliveryReport]
ALSO = directive("Rà soát quỹ hỗ trợ.", FINANCE, due=by(date(2022, 8, 31)))


@pytest.fixture
def send(engine: Engine, postman: Postman) -> Send:
    """One pass."""
    move_in(engine)

    def one_pass(day: str, clock: str = "09:00") -> DeliveryReport:
        return deliver(engine, by_clock(at(day, clock), office()), settings(), postman)

    return one_pass


def give_up(engine: Engine, send: Send, postman: Postman, reply: Outcome = BUSY) -> None:
    """Nobody takes the letters of Finance for three working days; what the secretariat is told goes by."""
    issue(engine, DATED, ALSO)
    postman.replies[FINANCE_MAIL] = reply
    send("2022-08-15")
    send("2022-08-18", "09:01")
    postman.take()


def to_finance(postman: Postman) -> int:
    return postman.take().count(FINANCE_MAIL)


def test_it_is_tried_once_a_working_day(engine: Engine, send: Send, postman: Postman) -> None:
    give_up(engine, send, postman)
    tried = []
    for day in ("2022-08-19", "2022-08-20", "2022-08-21", "2022-08-22", "2022-08-23"):
        for clock in ("07:31", "09:00", "12:00", "17:00"):
            send(day, clock)
            tried += [day] * to_finance(postman)
    assert tried == ["2022-08-19", "2022-08-22", "2022-08-23"]
    postman.replies.clear()
    report = send("2022-08-24", "07:31")
    assert (report.by_state, report.owed) == ({"sent": 1}, 0)
    assert to_finance(postman) == 1
    send("2022-08-25")
    assert postman.take() == []


def test_the_secretariat_is_told_once_and_why(engine: Engine, send: Send, postman: Postman) -> None:
    give_up(engine, send, postman)
    told = rows(engine, OutboxLetter, OutboxLetter.kind == LetterKind.NO_CONTACT)
    assert [letter.data["reason"] for letter in told] == ["not_taken"]
    for day in ("2022-08-19", "2022-08-22"):
        assert send(day).owed == 1
        assert not SECRETARIAT_MAILS & set(postman.take())


def test_days_that_piled_up_travel_together(engine: Engine, send: Send, postman: Postman) -> None:
    give_up(engine, send, postman)
    for day in ("2022-08-24", "2022-08-26"):  # five and three working days before: reminders
        daily_follow_up(engine, by_clock(at(day, "06:45"), office()))
        send(day)
    postman.carried.clear()
    postman.replies.clear()
    send("2022-08-29")
    mine = [parcel.letter for url, parcel in postman.carried if url == FINANCE_MAIL]
    assert len(mine) == 2  # what was assigned, and one morning's letter for all mornings
    [morning] = [letter for letter in mine if " Giao " not in letter.subject]
    assert morning.text.count("GN-0001") == morning.text.count("GN-0002")
    assert [message.state.value for message in messages(engine) if message.state.value == "moved"]
    postman.take()


@ON_SQLITE
def test_what_is_no_longer_true_is_not_owed(engine: Engine, send: Send, postman: Postman) -> None:
    give_up(engine, send, postman)
    for task_id in (1, 2):
        for event, actor in ((EventKind.SUBMITTED, Actor.LEAD), (EventKind.CONFIRMED, Actor.SECRETARIAT)):
            answer(
                engine,
                task_id,
                event,
                act_on(engine, task_id, actor, at("2022-08-18", "10:00")),
                Said("Xong."),
            )
    postman.replies.clear()
    report = send("2022-08-19")
    assert FINANCE_MAIL not in postman.take()
    assert report.owed == 0


def test_a_dead_mailbox_is_tried_again_when_its_mark_is_over(
    engine: Engine, send: Send, postman: Postman
) -> None:
    give_up(engine, send, postman, DEAD)
    for day in ("2022-08-16", "2022-08-19"):
        send(day)
        assert to_finance(postman) == 0
    [told] = rows(engine, OutboxLetter, OutboxLetter.kind == LetterKind.NO_CONTACT)
    assert told.data["reason"] == "refused"
    postman.replies.clear()
    send("2022-08-22", "07:31")
    assert to_finance(postman) == 1
    [address] = rows(engine, ContactAddress, ContactAddress.url == FINANCE_MAIL)
    assert (address.unusable_since, address.unusable_reason) == (None, None)


def test_importing_the_register_lets_it_go_now(engine: Engine, send: Send, postman: Postman) -> None:
    give_up(engine, send, postman, DEAD)
    postman.replies.clear()
    import_register(engine, register())
    send("2022-08-18", "10:00")
    assert to_finance(postman) == 1


@ON_SQLITE
def test_a_corrected_address_gets_what_is_owed(engine: Engine, send: Send, postman: Postman) -> None:
    give_up(engine, send, postman, DEAD)
    right = [
        replace(entry, addresses=("smtpmail://dung@stc.example",)) if entry.body_id == FINANCE else entry
        for entry in register().contacts
    ]
    import_register(engine, replace(register(), contacts=tuple(right)))
    send("2022-08-18", "10:00")
    assert [url for url in postman.take() if "stc" in url] == ["smtpmail://dung@stc.example"]


def test_a_refused_content_is_no_debt(engine: Engine, send: Send, postman: Postman) -> None:
    give_up(engine, send, postman, Outcome(OutcomeClass.NEVER, "552", "Thư quá lớn"))
    assert {message.state.value for message in messages(engine)} == {"failed", "sent"}
    send("2022-08-19")
    assert postman.take() == []


@ON_SQLITE
@pytest.mark.parametrize(("days", "tried"), [(4, True), (5, False)])
def test_how_long_a_mark_lasts_is_a_setting(engine: Engine, postman: Postman, days: int, tried: bool) -> None:
    issue(move_in(engine), DATED)
    rest = office().policy.delivery.model_copy(update={"mark_days": days})
    patient = office_with(office().policy.model_copy(update={"delivery": rest}))
    postman.replies[FINANCE_MAIL] = DEAD
    for day in ("2022-08-15", "2022-08-19"):
        deliver(engine, by_clock(at(day, "09:00"), patient), settings(), postman)
    assert postman.take().count(FINANCE_MAIL) == 1 + tried
