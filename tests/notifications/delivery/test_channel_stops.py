"""Trouble of a whole channel is met by a letter or two, not by each; it is kept, named, and gone around."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy.engine import Engine

from config.act import by_clock
from config.agencies import ContactEntry
from models.installation.workers import worker
from models.tables.outbox import ChannelState, OutboxLetter
from notifications.delivery.deliver import DeliveryReport, deliver
from notifications.outbox.channel_states import end_probe, take_probe
from notifications.outbox.parcel import Outcome, Parcel, Trouble
from rules.letter_words import LetterState, OutcomeClass
from rules.outbox.channel_pauses import pause
from rules.outbox.payloads.keys import LetterKind
from tests.cast import (
    FINANCE,
    FINANCE_MAIL,
    ON_SQLITE,
    SECRETARIAT_MAILS,
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
from tests.notifications.delivery.test_delivery_trouble import (
    BUSY,
    TO_THREE_BY_MAIL,
    TO_UNION,
    UNION_MAIL,
    UNION_ZALO,
)

LOGIN = Outcome(OutcomeClass.TRY_AGAIN, "535", "Sai mật khẩu", trouble=Trouble.CHANNEL)
SILENT = Outcome(OutcomeClass.TRY_AGAIN, "lost-rcpt", "Không trả lời", trouble=Trouble.SUSPECTED)
NO_ANSWER = Outcome(OutcomeClass.UNKNOWN, "lost", "Không rõ", trouble=Trouble.SUSPECTED)
MORNING = at("2022-08-15", "09:00")
Send = Callable[..., DeliveryReport]


@pytest.fixture
def send(engine: Engine, postman: Postman) -> Send:
    """One pass so many minutes after nine."""
    move_in(engine)

    def one_pass(minutes: float = 0) -> DeliveryReport:
        now = MORNING + timedelta(minutes=minutes)
        return deliver(engine, by_clock(now, office()), settings(), postman)

    return one_pass


def mailed(postman: Postman) -> int:
    return sum(url.startswith("smtpmail") for url in postman.take())


def test_one_letter_finds_out_and_the_next_pass_knows(engine: Engine, send: Send, postman: Postman) -> None:
    issue(engine, TO_THREE_BY_MAIL)
    postman.replies["smtpmail:"] = LOGIN
    report = send()
    assert (report.channels_down, report.by_state) == (("mail",), {"queued": 1})
    [trouble] = report.troubles
    assert (trouble.text, trouble.since, trouble.paused_until) == (
        "Sai mật khẩu", MORNING, MORNING + timedelta(minutes=5),
    )  # fmt: skip
    assert mailed(postman) == 1
    assert send(4).channels_down == ("mail",)
    assert mailed(postman) == 0


def test_an_hour_of_passes_tries_at_growing_distances(engine: Engine, send: Send, postman: Postman) -> None:
    issue(engine, TO_THREE_BY_MAIL)
    postman.replies["smtpmail:"] = LOGIN
    tried = []
    for minutes in range(0, 241, 5):
        send(minutes)
        if mailed(postman):
            tried.append(minutes)
    assert tried == [0, 5, 15, 35, 75, 135, 195]
    postman.replies.clear()
    send(255)
    assert mailed(postman) >= 3
    [state] = [row for row in rows(engine, ChannelState) if row.channel == "mail"]
    assert (state.since, state.paused_until, state.stops) == (None, None, 0)
    postman.replies["smtpmail:"] = LOGIN
    issue(engine, directive("Việc khác.", FINANCE), number="7/TB-UBND")
    send(256)
    assert send(261).troubles[0].paused_until == MORNING + timedelta(minutes=271)  # from the beginning again
    mailed(postman)


@pytest.mark.parametrize(
    ("stops", "minutes"), [(1, 5), (2, 10), (3, 20), (4, 40), (5, 60), (6, 60), (5_000, 60)]
)
def test_the_pause_doubles_up_to_an_hour(stops: int, minutes: int) -> None:
    assert pause(stops) == timedelta(minutes=minutes)


@pytest.mark.parametrize("doubt", [SILENT, NO_ANSWER], ids=["before", "after the content"])
def test_two_doubtful_failures_in_a_row_stop_a_channel(
    engine: Engine, send: Send, postman: Postman, doubt: Outcome
) -> None:
    issue(engine, TO_THREE_BY_MAIL)
    postman.replies["smtpmail:"] = doubt
    assert send().channels_down == ("mail",)
    assert mailed(postman) == 2


@ON_SQLITE
def test_a_success_between_them_does_not(engine: Engine, send: Send, postman: Postman) -> None:
    issue(engine, TO_THREE_BY_MAIL)
    answers = iter((SILENT, Outcome(OutcomeClass.SENT, "250"), SILENT))
    postman.replies["smtpmail:"] = lambda _url, _parcel: next(answers)
    report = send()
    assert (report.channels_down, report.by_state) == ((), {"queued": 2, "sent": 1})
    assert mailed(postman) == 3


@ON_SQLITE
def test_greylisting_of_everybody_stops_nothing(engine: Engine, send: Send, postman: Postman) -> None:
    issue(engine, TO_THREE_BY_MAIL)
    postman.replies["smtpmail:"] = BUSY
    assert send().channels_down == ()
    assert mailed(postman) == 3


def test_a_second_address_takes_over_in_the_same_pass(engine: Engine, send: Send, postman: Postman) -> None:
    issue(engine, TO_UNION)
    postman.replies["zalooa:"] = LOGIN
    report = send()
    assert report.by_state == {"moved": 1, "sent": 3}  # the third and fourth tell the secretariat
    assert set(postman.take()) == {UNION_ZALO, UNION_MAIL, *SECRETARIAT_MAILS}
    postman.replies.clear()
    send(60)
    assert postman.take() == []  # not said again on Zalo


@ON_SQLITE
def test_what_waits_goes_around_and_new_letters_too(engine: Engine, send: Send, postman: Postman) -> None:
    both = ("zalooa://4318/u{}", "smtpmail://u{}@x.example")
    people = [
        ContactEntry(body, "van-thu", "VT", tuple(form.format(n) for form in both))
        for n, body in enumerate((FINANCE, TRADE, "skhdt", "stnmt"))
    ]
    import_contacts(engine, *people)
    issue(engine, directive("Việc.", FINANCE, TRADE, "skhdt", "stnmt"))
    postman.replies["zalooa:"] = LOGIN
    assert send().by_state == {"moved": 4, "sent": 4}
    assert sorted(postman.take())[-1] == "zalooa://4318/u0"  # one letter met the trouble
    issue(engine, directive("Việc khác.", TRADE), number="7/TB-UBND")
    send(1)
    assert postman.take() == ["smtpmail://u1@x.example"]


def test_urgent_letters_go_around_first(engine: Engine, send: Send, postman: Postman) -> None:
    import_contacts(
        engine,
        ContactEntry(FINANCE, "van-thu", "VT", ("zalooa://4318/u1", "smtpmail://u1@x.example")),
        ContactEntry(TRADE, "van-thu", "VT", ("smtpmail://u2@x.example",)),
    )
    issue(engine, directive("Việc thường.", TRADE))
    issue(engine, directive("Việc gấp.", FINANCE, due=by(MORNING.date())), number="7/TB-UBND", urgent=True)
    postman.replies["zalooa:"] = LOGIN
    send()
    assert postman.take() == ["zalooa://4318/u1", "smtpmail://u1@x.example", "smtpmail://u2@x.example"]


@ON_SQLITE
def test_the_secretariat_is_told_once_a_day_by_another_channel(
    engine: Engine, send: Send, postman: Postman
) -> None:
    issue(engine, TO_UNION)
    postman.replies["zalooa:"] = LOGIN
    send()
    told = [parcel.letter for url, parcel in postman.carried if url in SECRETARIAT_MAILS]
    assert {letter.subject for letter in told} == {"[Đôn Đốc] Kênh gửi «Zalo» trục trặc"}
    assert all("Sai mật khẩu" in letter.text for letter in told)
    postman.take()
    for minutes in (6, 60, 300):
        send(minutes)
    assert not SECRETARIAT_MAILS & set(postman.take())


def test_what_was_to_be_told_of_it_is_obsolete_when_it_works(
    engine: Engine, send: Send, postman: Postman
) -> None:
    issue(engine, TO_THREE_BY_MAIL)
    postman.replies["smtpmail:"] = LOGIN
    assert send().secretariat_unreachable is not None
    postman.replies.clear()
    assert send(6).secretariat_unreachable is None
    assert not SECRETARIAT_MAILS & set(postman.take())
    [told] = rows(engine, OutboxLetter, OutboxLetter.kind == LetterKind.CHANNEL_DOWN)
    assert told.state is LetterState.OBSOLETE


@pytest.mark.postgres
@pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)
def test_the_first_letter_of_several_workers_goes_alone(engine: Engine) -> None:
    with worker(engine) as first, worker(engine) as second:
        assert first
        assert second
        with first.unit_of_work() as session:
            assert take_probe(session, "mail", first)
        with second.unit_of_work() as session:
            assert not take_probe(session, "mail", second)
        with first.unit_of_work() as session:
            end_probe(session, "mail", first)
        with second.unit_of_work() as session:
            assert take_probe(session, "mail", second)
        second.connection.invalidate()  # it dies with its probe
        with first.unit_of_work() as session:
            assert take_probe(session, "mail", first)


@pytest.mark.postgres
@pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)
def test_a_worker_beside_a_failing_probe_tries_nothing(engine: Engine) -> None:
    """While one worker's letter is on its way to a server that refuses, another pass begins."""
    issue(move_in(engine), TO_THREE_BY_MAIL)
    carried: list[str] = []
    beside: list[DeliveryReport] = []

    def refuse(url: str, _parcel: Parcel) -> Outcome:
        carried.append(url)
        if len(carried) == 1:
            asked = iter((False, False, False, True))  # the other one waits a little, then ends
            beside.append(one_pass(lambda: next(asked, True)))
        return LOGIN

    def one_pass(stop: Callable[[], bool]) -> DeliveryReport:
        return deliver(engine, by_clock(MORNING, office()), settings(), refuse, stop)

    one_pass(lambda: False)
    assert len(carried) == 1
    assert beside[0].by_state == {}
    assert one_pass(lambda: False).channels_down == ("mail",)
    assert len(carried) == 1


def test_a_message_on_a_stopped_channel_is_not_lost(engine: Engine, send: Send, postman: Postman) -> None:
    issue(engine, TO_THREE_BY_MAIL)
    postman.replies["smtpmail:"] = LOGIN
    send()
    mailed(postman)
    assert {message.state.value for message in messages(engine)} == {"queued"}
    postman.replies.clear()
    send(6)
    assert FINANCE_MAIL in postman.take()
