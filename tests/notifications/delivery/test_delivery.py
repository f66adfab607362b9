"""One delivery pass after another: who gets what, when, how often, and what is said when it fails."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from config.act import by_clock
from config.agencies import ContactEntry
from flows.actions.follow_up.follow_up import daily_follow_up
from flows.actions.people.import_register import import_register
from flows.actions.tasks.answer import Said, answer
from models.database.locks import exclusive
from models.db import unit_of_work
from models.tables.outbox import DeliveryEvent, OutboxLetter, OutboxMessage
from models.tables.tasks import Task
from notifications.delivery import deliver as delivering
from notifications.delivery.deliver import DeliveryReport
from notifications.delivery.dispatch import dispatch
from notifications.outbox.enqueue import NewLetter, enqueue
from notifications.outbox.post_office import PostOffice
from rules.letter_words import LetterState
from rules.outbox.payloads.deadlines import Reminder
from rules.outbox.payloads.keys import LetterKind
from rules.vocabulary import Actor, EventKind
from tests.cast import (
    DATED,
    DUE_ON,
    FINANCE,
    FINANCE_MAIL,
    ON_SQLITE,
    OPEN_ENDED,
    SECRETARIAT_MAILS,
    TO_UNREACHABLE,
    UNREACHABLE,
    Postman,
    act_on,
    at,
    by,
    change,
    directive,
    dump,
    issue,
    messages,
    office,
    register,
    rows,
    settings,
)

TRADE_FOLDER = "emlfolder://van-thu@sct.soctrang.example"
ALSO_DATED = directive("Báo cáo quyết toán.", FINANCE, due=by(DUE_ON))


Send = Callable[..., DeliveryReport]


def follow(engine: Engine, day: str) -> None:
    daily_follow_up(engine, by_clock(at(day, "06:00"), office()))


def states(engine: Engine) -> list[str]:
    return [message.state.value for message in messages(engine)]


def test_the_letters_of_one_document_travel_together(engine: Engine, send: Send, postman: Postman) -> None:
    issue(engine, DATED, OPEN_ENDED, ALSO_DATED)
    report = send("2022-08-15")
    assert (report.bundled, report.by_state) == (2, {"sent": 2})
    [to_finance] = [parcel for url, parcel in postman.carried if url == FINANCE_MAIL]
    assert "GN-0001" in to_finance.letter.text
    assert "GN-0003" in to_finance.letter.text
    assert sorted(postman.take()) == sorted([FINANCE_MAIL, TRADE_FOLDER])


def test_one_morning_letter_a_reader(engine: Engine, send: Send, postman: Postman) -> None:
    late = directive("Việc đã trễ.", FINANCE, due=by(date(2022, 8, 22)))
    issue(engine, DATED, late, directive("Không hạn.", FINANCE))
    send("2022-08-15")
    postman.take()
    change(engine, Task, 3, review_on=date(2022, 8, 24))
    follow(engine, "2022-08-23")
    follow(engine, "2022-08-24")
    send("2022-08-24")
    [(url, parcel)] = postman.carried
    assert (url, parcel.to_name) == (FINANCE_MAIL, "Văn thư Sở Tài chính")
    assert all(code in parcel.letter.text for code in ("GN-0001", "GN-0002", "GN-0003"))
    postman.take()
    assert send("2022-08-24", "10:00").by_state == {}


@ON_SQLITE
@pytest.mark.parametrize(
    ("day", "clock", "goes"),
    [
        ("2022-08-15", "07:59", False),  # not before it was issued
        ("2022-08-15", "17:29", True),
        ("2022-08-15", "17:30", False),
        ("2022-08-15", "23:59", False),
        ("2022-08-16", "06:59", False),
        ("2022-08-16", "07:00", True),
        ("2022-08-20", "10:00", False),  # Saturday
        ("2022-09-01", "10:00", False),  # holiday
    ],
)
def test_quiet_hours_and_days_off(
    engine: Engine, send: Send, postman: Postman, day: str, clock: str, goes: bool
) -> None:
    issue(engine, DATED)
    send(day, clock)
    assert postman.take() == ([FINANCE_MAIL] if goes else [])
    assert len(messages(engine)) == goes  # readers are resolved when it may go, not before


@ON_SQLITE
def test_what_was_bundled_in_the_evening_waits_for_the_morning(
    engine: Engine, send: Send, postman: Postman
) -> None:
    """A pass that was killed between its bundling and its sending, looked at again by night."""
    issue(engine, DATED)
    desk = PostOffice(office(), at("2022-08-15", "17:29"), settings().mail_domain)
    with unit_of_work(engine) as session:
        assert dispatch(session, desk) == 1
    send("2022-08-15", "17:30")
    assert (postman.take(), states(engine)) == ([], ["queued"])
    send("2022-08-16", "07:00")
    assert (postman.take(), states(engine)) == ([FINANCE_MAIL], ["sent"])


@ON_SQLITE
def test_what_is_urgent_passes_at_any_hour_and_alone(engine: Engine, send: Send, postman: Postman) -> None:
    issue(engine, DATED)
    night = at("2022-08-20", "23:00")
    what = {"task_id": 1, "number": 5, "due_on": DUE_ON}
    hurry = NewLetter("hoa-toc", Reminder(), FINANCE, night.date(), night, urgent=True, **what)
    with unit_of_work(engine) as session:
        enqueue(session, [hurry], night)
    send(night)
    assert postman.take() == [FINANCE_MAIL]
    send("2022-08-22")
    assert postman.take() == [FINANCE_MAIL]  # the assignment, which could wait


@ON_SQLITE
def test_people_are_those_of_the_moment_of_sending(engine: Engine, send: Send, postman: Postman) -> None:
    issue(engine, DATED)
    successor = ContactEntry(FINANCE, "van-thu", "Văn thư mới", ("smtpmail://moi@stc.soctrang.example",))
    import_contacts(engine, *(entry for entry in register().contacts if entry.body_id != FINANCE), successor)
    send("2022-08-15")
    assert postman.take() == ["smtpmail://moi@stc.soctrang.example"]


def import_contacts(engine: Engine, *contacts: ContactEntry) -> None:
    import_register(engine, register().__class__(register().bodies, contacts, register().committee))


@ON_SQLITE
def test_leaders_hear_on_the_eve_and_from_five_working_days_late(
    engine: Engine, send: Send, postman: Postman
) -> None:
    boss = ContactEntry(FINANCE, "lanh-dao", "Giám đốc", ("smtpmail://gd@stc.soctrang.example",))
    import_contacts(engine, *register().contacts, boss)
    issue(engine, DATED)
    readers = {
        "2022-08-15": 1,
        "2022-08-24": 1,
        "2022-08-30": 2,  # one working day before
        "2022-08-31": 1,
        "2022-09-05": 1,  # the first urging, on the first working day late
        "2022-09-12": 2,  # the second, on the sixth
    }
    for day, count in readers.items():
        follow(engine, day)
        send(day)
        told = [url for url in postman.take() if "@stc." in url]  # the secretariat has letters of its own
        assert len(told) == count, day


@ON_SQLITE
@pytest.mark.parametrize("event", [EventKind.SUBMITTED, EventKind.WITHDRAWN])
def test_a_letter_that_is_no_longer_true_does_not_go(
    engine: Engine, send: Send, postman: Postman, event: EventKind
) -> None:
    issue(engine, DATED)
    send("2022-08-15")
    postman.take()
    follow(engine, "2022-08-24")
    actor = Actor.LEADER if event is EventKind.WITHDRAWN else Actor.LEAD
    answer(engine, 1, event, act_on(engine, 1, actor, at("2022-08-24", "07:00")), Said("x"))
    send("2022-08-24")
    # Only that the task was withdrawn is news for its lead.
    assert (FINANCE_MAIL in postman.take()) is (event is EventKind.WITHDRAWN)
    [reminder] = rows(engine, OutboxLetter, OutboxLetter.kind == LetterKind.REMINDER)
    assert reminder.state is LetterState.OBSOLETE
    assert reminder.state_note.startswith("Không gửi: nhiệm vụ đã ở trạng thái")


@ON_SQLITE
def test_of_a_bundle_only_what_is_true_is_said(engine: Engine, send: Send, postman: Postman) -> None:
    issue(engine, DATED, ALSO_DATED)
    send("2022-08-15")
    postman.take()
    follow(engine, "2022-08-24")
    change(engine, Task, 1, due_on=date(2022, 9, 30))
    send("2022-08-24")
    [(_, parcel)] = postman.carried
    assert "GN-0002" in parcel.letter.text
    assert "GN-0001" not in parcel.letter.text
    postman.take()


def test_a_body_without_contact_is_raised_once_and_written_to_later(
    engine: Engine, send: Send, postman: Postman
) -> None:
    issue(engine, TO_UNREACHABLE)
    send("2022-08-15")
    assert all("Chi cục Thủy sản" in parcel.letter.text for _, parcel in postman.carried)
    assert set(postman.take()) == SECRETARIAT_MAILS
    for day in ("2022-08-15", "2022-08-16"):
        send(day, "10:00")
        assert postman.take() == []
    fishery = ContactEntry(UNREACHABLE, "van-thu", "Văn thư", ("smtpmail://vt@ccts.soctrang.example",))
    import_contacts(engine, *register().contacts, fishery)
    send("2022-08-17")
    assert postman.take() == ["smtpmail://vt@ccts.soctrang.example"]


@ON_SQLITE
def test_one_unwritable_letter_never_stops_the_batch(
    engine: Engine, send: Send, postman: Postman, monkeypatch: pytest.MonkeyPatch
) -> None:
    issue(engine, DATED, OPEN_ENDED)
    write = delivering.compose

    def compose(desk: Any, letters: Any) -> Any:
        if letters[0].agency_id == FINANCE:
            raise ValueError("a template is broken")
        return write(desk, letters)

    monkeypatch.setattr(delivering, "compose", compose)
    assert send("2022-08-15").by_state == {"failed": 1, "sent": 3}
    told = [parcel.letter for url, parcel in postman.carried if url in SECRETARIAT_MAILS]
    assert {letter.subject for letter in told} == {"[Đôn Đốc] Không soạn được thư gửi 1 cơ quan"}
    assert all("Sở Tài chính" in letter.text and "GN-0001" in letter.text for letter in told)
    assert set(postman.take()) == {TRADE_FOLDER, *SECRETARIAT_MAILS}
    [broken] = messages(engine, OutboxMessage.outcome.is_(None), OutboxMessage.state == "failed")
    [*_, last] = rows(engine, DeliveryEvent, DeliveryEvent.message_id == broken.id)
    assert (last.code, last.text) == ("compose", "Không soạn được thư (ValueError).")
    send("2022-08-16")


def test_a_pass_beside_another_does_nothing(engine: Engine, send: Send) -> None:
    issue(engine, DATED)
    before = dump(engine)
    with exclusive(engine, "deliver") as ours:
        assert ours
        assert send("2022-08-15") == DeliveryReport(busy=True)
    assert dump(engine) == before


def test_a_pass_that_broke_down_does_not_keep_the_lock(engine: Engine) -> None:
    with pytest.raises(RuntimeError), exclusive(engine, "deliver"):
        raise RuntimeError
    other = engine.execution_options()
    with other.connect(), exclusive(other, "deliver") as ours:  # the first pooled connection is taken
        assert ours


def test_the_lock_is_free_the_moment_a_pass_ends(engine: Engine) -> None:
    for _ in range(40):
        with exclusive(engine, "deliver") as ours:
            assert ours


def test_a_second_pass_changes_nothing(engine: Engine, send: Send, postman: Postman) -> None:
    issue(engine, DATED, OPEN_ENDED, TO_UNREACHABLE)
    send("2022-08-15")
    assert len(postman.take()) == 4
    before = dump(engine)
    send(at("2022-08-15") + timedelta(hours=2))
    assert dump(engine) == before
    assert states(engine) == ["sent"] * 4
