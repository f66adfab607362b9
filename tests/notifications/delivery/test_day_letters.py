"""One letter a person and day: what waits for the morning, who reads for two bodies, long letters."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError

from config.act import by_clock
from config.agencies import ContactEntry
from flows.actions.documents.issue import publish_corrected
from flows.actions.follow_up.follow_up import daily_follow_up
from flows.actions.people.import_register import import_register
from models.db import unit_of_work
from models.tables.agencies import ContactAddress
from notifications.delivery import deliver as delivering
from notifications.delivery.deliver import DeliveryReport
from notifications.outbox.enqueue import NewLetter, enqueue
from rules.outbox.payloads.deadlines import Reminder
from rules.vocabulary import Actor
from tests.cast import (
    DATED,
    DUE_ON,
    FINANCE,
    FINANCE_MAIL,
    ON_SQLITE,
    OPEN_ENDED,
    Postman,
    act,
    at,
    by,
    change,
    conclusion,
    directive,
    dump,
    issue,
    messages,
    office,
    register,
    rows,
)

ALSO_DATED = directive("Báo cáo quyết toán.", FINANCE, due=by(DUE_ON))


Send = Callable[..., DeliveryReport]


def follow(engine: Engine, day: str) -> None:
    daily_follow_up(engine, by_clock(at(day, "06:00"), office()))


def states(engine: Engine) -> list[str]:
    return [message.state.value for message in messages(engine)]


def import_contacts(engine: Engine, *contacts: ContactEntry) -> None:
    import_register(engine, register().__class__(register().bodies, contacts, register().committee))


def enqueue_reminder(engine: Engine, task_id: int, day: str, clock: str, **more: Any) -> None:
    """A reminder that something wrote in the middle of a day."""
    now = at(day, clock)
    what = {"task_id": task_id, "number": 1, "due_on": DUE_ON, **more}
    key = f"them:{task_id}:{now.isoformat()}"
    with unit_of_work(engine) as session:
        enqueue(session, [NewLetter(key, Reminder(), FINANCE, now.date(), now, **what)], now)


def test_a_later_pass_of_the_day_makes_no_second_morning_letter(
    engine: Engine, send: Send, postman: Postman
) -> None:
    issue(engine, DATED, ALSO_DATED)
    send("2022-08-15")
    postman.take()
    enqueue_reminder(engine, 1, "2022-08-24", "07:00")
    send("2022-08-24", "07:30")
    assert postman.take() == [FINANCE_MAIL]
    enqueue_reminder(engine, 2, "2022-08-24", "10:00")
    send("2022-08-24", "10:00")
    assert postman.take() == []
    before = dump(engine)
    send("2022-08-24", "11:00")
    assert dump(engine) == before
    enqueue_reminder(engine, 1, "2022-08-24", "12:00", urgent=True)
    send("2022-08-24", "12:00")
    assert postman.take() == [FINANCE_MAIL]  # hoả tốc, and alone
    send("2022-08-25", "07:30")
    [(url, parcel)] = postman.carried
    assert url == FINANCE_MAIL
    assert "GN-0002" in parcel.letter.text
    postman.take()


@ON_SQLITE
def test_a_reader_gets_three_ordinary_letters_a_day_and_the_rest_next_morning(
    engine: Engine, send: Send, postman: Postman
) -> None:
    for number in range(5):
        issue(engine, DATED, number=f"{number}/TB-UBND")
    send("2022-08-15")
    assert postman.take() == [FINANCE_MAIL] * 3
    send("2022-08-15", "16:00")
    assert postman.take() == []
    send("2022-08-16", "07:30")
    assert postman.take() == [FINANCE_MAIL] * 2


@ON_SQLITE
def test_who_reads_for_two_bodies_gets_one_letter(engine: Engine, send: Send, postman: Postman) -> None:
    same = ContactEntry("sct", "van-thu", "Văn thư liên cơ quan", (FINANCE_MAIL,))
    import_contacts(engine, *(entry for entry in register().contacts if entry.body_id != "sct"), same)
    issue(engine, DATED, directive("Việc của Sở Công Thương.", "sct", due=by(DUE_ON)))
    send("2022-08-15")
    [(url, parcel)] = postman.carried
    assert url == FINANCE_MAIL
    assert "Kính gửi: Sở Tài chính; Sở Công Thương" in parcel.letter.text
    assert "Cơ quan chủ trì: Sở Công Thương" in parcel.letter.text
    postman.take()
    follow(engine, "2022-08-24")
    send("2022-08-24")
    assert postman.take() == [FINANCE_MAIL]


@ON_SQLITE
def test_two_thousand_tasks_of_one_agency_make_one_letter(
    engine: Engine, send: Send, postman: Postman
) -> None:
    many = conclusion(*[directive(f"Việc số {n}.", FINANCE, due=by(DUE_ON)) for n in range(2000)])
    publish_corrected(engine, many, None, act(Actor.SECRETARIAT, at("2022-08-15")), "")
    send("2022-08-15")
    postman.take()
    follow(engine, "2022-08-24")
    send("2022-08-24")
    [(_, parcel)] = postman.carried
    assert parcel.letter.subject == "[Đôn Đốc] Nhắc việc: 2.000 nhiệm vụ sắp đến hạn"
    assert parcel.letter.text.count("Xem: ") == 100
    assert "và 1.900 nhiệm vụ khác" in parcel.letter.text
    assert "/viec?co-quan=stc" in parcel.letter.text
    postman.take()


@ON_SQLITE
def test_what_a_channel_said_survives_the_trouble_of_the_next_message(
    engine: Engine, send: Send, postman: Postman, monkeypatch: pytest.MonkeyPatch
) -> None:
    issue(engine, DATED, OPEN_ENDED)
    write, written = delivering.compose, []

    def compose(desk: Any, letters: Any) -> Any:
        written.append(letters)
        if len(written) == 2:
            raise OperationalError("the database went away", None, Exception())
        return write(desk, letters)

    monkeypatch.setattr(delivering, "compose", compose)
    with pytest.raises(OperationalError):
        send("2022-08-15")
    assert len(postman.take()) == 1
    assert states(engine) == ["sent", "queued"]
    monkeypatch.undo()
    send("2022-08-15", "10:00")
    assert len(postman.take()) == 1
    assert states(engine) == ["sent", "sent"]


@ON_SQLITE
def test_a_withdrawn_address_is_passed_over(engine: Engine, send: Send, postman: Postman) -> None:
    old, new = "smtpmail://cu@stc.soctrang.example", "smtpmail://moi@stc.soctrang.example"
    import_contacts(engine, ContactEntry(FINANCE, "van-thu", "Văn thư", (old, new)))
    [address] = rows(engine, ContactAddress, ContactAddress.url == old)
    change(engine, ContactAddress, address.id, withdrawn=True)
    issue(engine, DATED)
    send("2022-08-15")
    assert (postman.take(), states(engine)) == ([new], ["sent"])
