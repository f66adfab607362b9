"""When a letter does not simply arrive: again, elsewhere, never, or nobody knows."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from config.act import by_clock
from config.agencies import ContactEntry
from flows.actions.follow_up.follow_up import daily_follow_up
from flows.actions.people.import_register import import_register
from models.tables.agencies import ContactAddress
from models.tables.outbox import DeliveryEvent, OutboxLetter, OutboxMessage
from notifications.channels.registry import post
from notifications.delivery.deliver import DeliveryReport, deliver
from notifications.outbox.parcel import Outcome
from notifications.sandbox.smtp_sink import SmtpSink
from rules.letter_words import OutcomeClass
from rules.outbox.payloads.keys import LetterKind
from tests.cast import (
    AWAY,
    DATED,
    FINANCE,
    FINANCE_MAIL,
    LOST,
    ON_SQLITE,
    OPEN_ENDED,
    SECRETARIAT_MAILS,
    Postman,
    at,
    by,
    change,
    directive,
    dump,
    issue,
    messages,
    move_in,
    office,
    register,
    rows,
    settings,
)

UNION_ZALO, UNION_MAIL = "zalooa://4318005512/5520010002", "smtpmail://van-thu@lmhtx.soctrang.example"
TO_UNION = directive("Củng cố hợp tác xã.", "lmhtx", due=by(date(2022, 8, 31)))
TO_THREE_BY_MAIL = directive("Việc.", FINANCE, "skhcn", "stnmt")
BUSY = Outcome(OutcomeClass.TRY_AGAIN, "450", "Hộp thư bận")
REFUSED = Outcome(OutcomeClass.NEVER, "550", "Nội dung bị từ chối")
DEAD = Outcome(OutcomeClass.NEVER, "550", "Không có người nhận", dead_address=True)
MORNING = at("2022-08-15", "09:00")
Send = Callable[..., DeliveryReport]


@pytest.fixture
def send(engine: Engine, postman: Postman) -> Send:
    """One pass at an instant, on a database with the register."""
    move_in(engine)

    def one_pass(now: datetime = MORNING) -> DeliveryReport:
        return deliver(engine, by_clock(now, office()), settings(), postman)

    return one_pass


def by_address(engine: Engine) -> list[tuple[str, str]]:
    """Messages as (address, state), oldest first."""
    urls = {row.id: row.url for row in rows(engine, ContactAddress)}
    return [(urls[message.address_id], message.state.value) for message in messages(engine)]


@ON_SQLITE
def test_tried_again_after_1_5_30_and_120_minutes(engine: Engine, send: Send, postman: Postman) -> None:
    issue(engine, DATED)
    postman.replies[FINANCE_MAIL] = BUSY
    tried, now = [], MORNING
    while len(tried) < 6:
        if tried:
            send(now - timedelta(seconds=1))  # a second too early
            assert postman.take() == []
        send(now)
        assert postman.take() == [FINANCE_MAIL]
        tried.append(now)
        [message] = messages(engine)
        assert (message.state.value, message.attempts) == ("queued", len(tried))
        now = message.next_at
    gaps = [
        (later - earlier) // timedelta(minutes=1) for earlier, later in zip(tried, tried[1:], strict=False)
    ]
    assert gaps == [1, 5, 30, 120, 120]
    postman.replies.clear()
    send(now)
    assert postman.take() == [FINANCE_MAIL]
    assert by_address(engine) == [(FINANCE_MAIL, "sent")]


def test_every_attempt_is_on_record(engine: Engine, send: Send, postman: Postman) -> None:
    issue(engine, DATED)
    postman.replies[FINANCE_MAIL] = BUSY
    send()
    postman.replies.clear()
    send(MORNING + timedelta(minutes=1))
    assert len({parcel.message_id for _, parcel in postman.carried}) == 1  # the same for every attempt
    events = [(event.seq, event.state.value, event.code) for event in rows(engine, DeliveryEvent)]
    assert events == [(1, "sending", ""), (2, "queued", "450"), (3, "sending", ""), (4, "sent", "250")]
    assert postman.take() == [FINANCE_MAIL] * 2


@ON_SQLITE
def test_a_retry_waits_for_the_morning(engine: Engine, send: Send, postman: Postman) -> None:
    issue(engine, DATED)
    postman.replies[FINANCE_MAIL] = BUSY
    send(at("2022-08-19", "17:29"))  # Friday
    [message] = messages(engine)
    assert message.next_at == at("2022-08-22", "07:30")
    assert postman.take() == [FINANCE_MAIL]


def test_given_up_then_the_next_address_then_the_secretariat(
    engine: Engine, send: Send, postman: Postman
) -> None:
    issue(engine, TO_UNION)
    postman.replies |= {UNION_ZALO: BUSY, UNION_MAIL: BUSY}
    send()
    send(at("2022-08-18", "09:00"))  # three working days later
    assert by_address(engine) == [(UNION_ZALO, "failed"), (UNION_MAIL, "queued")]
    assert postman.take() == [UNION_ZALO, UNION_ZALO, UNION_MAIL]
    send(at("2022-08-23", "09:00"))  # and three more, with a weekend between
    assert by_address(engine)[1] == (UNION_MAIL, "owed")
    assert set(postman.take()) == {UNION_MAIL, *SECRETARIAT_MAILS}
    [told] = rows(engine, OutboxLetter, OutboxLetter.kind == LetterKind.NO_CONTACT)
    assert told.data == {"agency_id": "lmhtx", "task_ids": [1], "reason": "not_taken"}


def test_a_dead_address_is_marked_and_left_for_the_next(engine: Engine, send: Send, postman: Postman) -> None:
    issue(engine, TO_UNION)
    postman.replies[UNION_ZALO] = DEAD
    assert send().by_state == {"failed": 1, "sent": 1}
    assert postman.take() == [UNION_ZALO, UNION_MAIL]
    [dead] = rows(engine, ContactAddress, ContactAddress.url == UNION_ZALO)
    assert (dead.unusable_since, dead.unusable_reason) == (MORNING.date(), "Không có người nhận")
    daily_follow_up(engine, by_clock(at("2022-08-24", "06:00"), office()))
    change(engine, ContactAddress, dead.id, unusable_since=date(2022, 8, 18))
    send(at("2022-08-24"))
    assert postman.take() == [UNION_MAIL]


@ON_SQLITE
def test_a_refused_letter_does_not_condemn_its_address(engine: Engine, send: Send, postman: Postman) -> None:
    issue(engine, TO_UNION)
    postman.replies[UNION_ZALO] = REFUSED
    send()
    assert postman.take() == [UNION_ZALO, UNION_MAIL]
    [address] = rows(engine, ContactAddress, ContactAddress.url == UNION_ZALO)
    assert address.unusable_since is None


def test_unknown_is_never_sent_again_there_but_important_goes_elsewhere(
    engine: Engine, send: Send, postman: Postman
) -> None:
    issue(engine, TO_UNION)
    postman.replies[UNION_ZALO] = LOST
    send()
    send(MORNING + timedelta(days=1))
    assert postman.take() == [UNION_ZALO, UNION_MAIL]
    assert by_address(engine) == [(UNION_ZALO, "unknown"), (UNION_MAIL, "sent")]
    daily_follow_up(
        engine, by_clock(at("2022-08-24", "06:00"), office())
    )  # a reminder: not worth a second channel
    send(at("2022-08-24"))
    send(at("2022-08-25"))
    assert postman.take() == [UNION_ZALO]


@ON_SQLITE
def test_unknown_without_another_address_stays_visible(engine: Engine, send: Send, postman: Postman) -> None:
    issue(engine, DATED)
    postman.replies[FINANCE_MAIL] = LOST
    assert send().by_state == {"unknown": 1}
    before = dump(engine)
    for hours in (1, 24, 100):
        send(MORNING + timedelta(hours=hours))
    assert postman.take() == [FINANCE_MAIL]
    assert dump(engine) == before


@pytest.mark.parametrize("trouble", [BUSY, AWAY, REFUSED, DEAD, LOST], ids=lambda o: f"{o.kind}-{o.code}")
@ON_SQLITE
def test_one_failing_reader_never_stops_the_others(
    engine: Engine, send: Send, postman: Postman, trouble: Outcome
) -> None:
    issue(engine, DATED, OPEN_ENDED, TO_UNION)
    postman.replies[FINANCE_MAIL] = trouble
    send()
    gone = set(postman.take())
    assert {FINANCE_MAIL, "emlfolder://van-thu@sct.soctrang.example", UNION_ZALO} <= gone
    assert gone <= {*SECRETARIAT_MAILS, FINANCE_MAIL, "emlfolder://van-thu@sct.soctrang.example", UNION_ZALO}


def test_a_channel_that_is_away_is_left_for_the_next_pass(
    engine: Engine, send: Send, postman: Postman
) -> None:
    issue(engine, TO_THREE_BY_MAIL, TO_UNION)
    postman.replies["smtpmail:"] = AWAY
    report = send()
    assert (report.channels_down, report.by_state) == (("mail",), {"queued": 1, "sent": 1})
    taken = postman.take()
    assert len([url for url in taken if url.startswith("smtpmail")]) == 1  # asked once, not three times
    assert UNION_ZALO in taken
    postman.replies.clear()
    assert send(MORNING + timedelta(minutes=4)).channels_down == ("mail",)
    assert postman.take() == []
    assert send(MORNING + timedelta(minutes=5)).channels_down == ()
    assert len(set(postman.take())) == 3


def _reorder(engine: Engine, *urls: str) -> None:
    union = ContactEntry("lmhtx", "van-thu", "Văn thư Liên minh Hợp tác xã tỉnh", urls)
    others = [entry for entry in register().contacts if entry.body_id != "lmhtx"]
    import_register(engine, replace(register(), contacts=(*others, union)))


def test_a_register_put_in_another_order_meanwhile_stops_nothing(
    engine: Engine, send: Send, postman: Postman
) -> None:
    issue(engine, TO_UNION, DATED)
    postman.replies |= {UNION_ZALO: LOST, UNION_MAIL: BUSY}
    send()
    _reorder(engine, UNION_MAIL, UNION_ZALO)
    postman.replies[UNION_MAIL] = REFUSED
    send(MORNING + timedelta(minutes=1))
    assert by_address(engine)[:3] == [(UNION_ZALO, "unknown"), (FINANCE_MAIL, "sent"), (UNION_MAIL, "failed")]
    assert postman.take()[:4] == [UNION_ZALO, FINANCE_MAIL, UNION_MAIL, UNION_MAIL]


@ON_SQLITE
def test_a_corrected_address_gets_what_the_old_one_could_not(
    engine: Engine, send: Send, postman: Postman
) -> None:
    issue(engine, TO_UNION)
    postman.replies[UNION_ZALO] = BUSY
    send()
    _reorder(engine, "smtpmail://dung@lmhtx.soctrang.example")
    send(MORNING + timedelta(minutes=1))
    assert postman.take() == [UNION_ZALO, "smtpmail://dung@lmhtx.soctrang.example"]


@ON_SQLITE
def test_the_mail_server_away_for_a_morning(engine: Engine, sink: SmtpSink, configure: Any) -> None:
    issue(move_in(engine), TO_THREE_BY_MAIL)
    sink.stop()

    def one_pass(clock: str) -> DeliveryReport:
        return deliver(engine, by_clock(at("2022-08-15", clock), office()), settings(), post)

    for clock in ("09:00", "09:01", "10:30"):
        report = one_pass(clock)
        tried = {} if clock == "09:01" else {"queued": 1}
        assert (report.channels_down, report.by_state) == (("mail",), tried)
    told = [message.outcome_text for message in messages(engine, OutboxMessage.attempts > 0)]
    assert all("Không kết nối được máy chủ thư" in text for text in told)
    sink.start()
    back = one_pass("13:00")
    assert (back.channels_down, back.by_state) == ((), {"sent": 3})
    received = [letter.recipients for letter in sink.messages]
    assert sorted(received) == [(f"van-thu@{body}.soctrang.example",) for body in ("skhcn", "stc", "stnmt")]
    assert one_pass("13:00").by_state == {}
    assert one_pass("15:00").by_state == {}
    assert len(sink.messages) == 3
