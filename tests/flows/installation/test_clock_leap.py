"""A clock that leaps decides nothing until a person says so; what waited goes, what was wrong is told."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from config.settings import get_settings
from flows.actions.documents.intake import make_ready, store_draft
from flows.actions.installation.clock_leap import confirm, watch
from flows.actions.installation.instant import TimeReversed, advance, read_clock
from models.installation.clock_leaps import ClockLeap, ConfirmedBy
from models.tables.follow_up_days import FollowUpDay
from models.tables.outbox import Moment, OutboxLetter, OutboxMessage
from notifications.outbox.parcel import Outcome
from rules.letter_words import MessageState, OutcomeClass
from rules.outbox.payloads.keys import LetterKind
from rules.outbox.payloads.office import WrongClock
from rules.refusal import Refusal
from rules.vocabulary import Actor
from tests.cast import (
    DATED,
    FINANCE_MAIL,
    MONTHLY,
    OPEN_ENDED,
    SECRETARIAT_MAILS,
    Postman,
    act,
    at,
    conclusion,
    decided,
    issue,
    messages,
    move_in,
    office,
    rows,
)
from tests.flows.installation.wall import Wall, go
from tests.flows.installation.wall import wall as wall

BUSY = Outcome(OutcomeClass.TRY_AGAIN, "451", "Hãy gửi lại sau")
ABOUT = "[Đôn Đốc] Đồng hồ của hệ thống đã sai, nay đã trở lại đúng thời gian"
#: What a pass of the delivery may touch, and the record of the leap itself.
NO_DECISIONS = {
    "outbox_letter", "outbox_message", "message_letter", "delivery_event", "channel_state", "clock_leap",
    "witness_stream", "contact_address",
}  # fmt: skip


@pytest.fixture
def followed(engine: Engine, wall: Wall) -> Engine:
    """An office that was followed on 15/8/2022 at nine: a deadline of 31/8 is the next to be late."""
    issue(move_in(engine), DATED, OPEN_ENDED, MONTHLY)
    wall("2022-08-15", "09:00")
    assert go(engine).leap is None
    return engine


def decisions(engine: Engine) -> dict[str, Any]:
    kept = {name: found for name, found in decided(engine).items() if name not in NO_DECISIONS}
    days = [row.day for row in rows(engine, FollowUpDay)]
    return kept | {"keys": [row.key for row in rows(engine, OutboxLetter)], "days": days}


def clock_letters(engine: Engine) -> list[OutboxLetter]:
    return rows(engine, OutboxLetter, OutboxLetter.kind == LetterKind.CLOCK)


@pytest.mark.parametrize("shown", ["2022-08-31", "2022-10-20", "2022-12-31", "2090-01-01", "9999-12-31"])
def test_an_unconfirmed_leap_decides_nothing_and_is_not_stored(
    followed: Engine, wall: Wall, shown: str
) -> None:
    draft = store_draft(
        followed, conclusion(DATED, number="9/TB"), "", act(Actor.SECRETARIAT, at("2022-08-15", "09:10"))
    )
    make_ready(followed, draft, 0, at("2022-08-16"), act(Actor.SECRETARIAT, at("2022-08-15", "09:10")))
    before, postman = decisions(followed), Postman()
    wall(shown)
    for _ in range(2):
        report = go(followed, postman)
        assert report.leap is not None
        assert report.leap.last_day == date(2022, 8, 15)
        assert not any((report.issued.issued, report.follow_up.counts, report.digest.counts))
    assert decisions(followed) == before
    assert postman.carried == []
    [moment] = rows(followed, Moment)
    assert moment.instant == at("2022-08-15", "09:00")


@pytest.mark.parametrize("shown", ["2022-08-15", "2022-08-30"])
def test_within_the_limit_the_clock_is_obeyed(followed: Engine, wall: Wall, shown: str) -> None:
    wall(shown, "10:00")
    assert go(followed).leap is None
    assert rows(followed, ClockLeap) == []


def test_a_new_database_has_no_leap(engine: Engine, wall: Wall) -> None:
    issue(move_in(engine), DATED)
    wall("2026-11-26")
    assert go(engine).leap is None


def test_the_limit_is_a_setting(followed: Engine, wall: Wall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DONDOC_CLOCK_LEAP_DAYS", "2")
    get_settings.cache_clear()
    wall("2022-08-18")
    try:
        assert go(followed).leap is not None
    finally:
        get_settings.cache_clear()


@pytest.mark.parametrize(
    ("on", "clock"), [("2022-08-15", "09:30"), ("2022-08-15", "19:00"), ("2022-08-18", "10:00")]
)
def test_letters_that_waited_still_go(followed: Engine, wall: Wall, on: str, clock: str) -> None:
    issue(followed, DATED, on=on, clock=clock, number="9/TB")
    postman = Postman()
    wall("2022-10-20")
    go(followed, postman)
    assert FINANCE_MAIL in postman.take()
    [leap] = rows(followed, ClockLeap)
    assert leap.held < at(on, clock) + timedelta(days=1)


def test_a_letter_that_is_tried_again_is_not_given_up_by_a_false_clock(followed: Engine, wall: Wall) -> None:
    issue(followed, DATED, clock="09:30", number="9/TB")
    wall("2022-08-15", "09:31")
    go(followed, Postman({FINANCE_MAIL: BUSY}))
    for day in ("2022-10-20", "2022-10-21"):
        wall(day, "09:40")
        go(followed, Postman({FINANCE_MAIL: BUSY}))
    [left] = messages(followed, OutboxMessage.state != MessageState.SENT)
    assert (left.state, left.attempts) == (MessageState.QUEUED, 3)
    assert left.next_at < at("2022-08-17")
    wall("2022-08-17", "10:00")
    postman = Postman()
    go(followed, postman)
    assert FINANCE_MAIL in postman.take(), "no stamp of the false clock holds it back"


def test_time_goes_on_from_the_believed_instant(followed: Engine, wall: Wall) -> None:
    for day, clock, believed in (
        ("2022-10-20", "09:05", at("2022-08-15", "09:05")),
        ("2022-10-20", "17:05", at("2022-08-15", "17:05")),
        ("2022-10-21", "07:35", at("2022-08-16", "07:35")),
        ("2023-03-01", "08:00", at("2022-08-16", "08:00")),
    ):
        wall(day, clock)
        assert go(followed).now == believed
        assert read_clock(followed).now == believed
    assert len(rows(followed, ClockLeap)) == 1


def test_when_the_clock_comes_back_the_sweeps_go_on_and_the_office_is_told(
    followed: Engine, wall: Wall
) -> None:
    issue(followed, DATED, clock="09:30", number="9/TB")
    before = len(messages(followed, OutboxMessage.state == MessageState.SENT))
    for clock in ("07:35", "07:40"):
        wall("2022-10-20", clock)
        go(followed)
    sent = len(messages(followed, OutboxMessage.state == MessageState.SENT)) - before
    wall("2022-08-18")
    postman = Postman()
    assert go(followed, postman).leap is None
    [told] = clock_letters(followed)
    wrong = WrongClock.of(told.data)
    assert (wrong.shown, wrong.last_shown) == (at("2022-10-20", "07:35"), at("2022-10-20", "07:40"))
    assert (wrong.last_day, wrong.back) == (date(2022, 8, 15), at("2022-08-18", "07:35"))
    assert wrong.sent == sent > 0
    assert {url for url, parcel in postman.carried if parcel.letter.subject == ABOUT} == SECRETARIAT_MAILS
    [leap] = rows(followed, ClockLeap)
    assert (leap.over_at, leap.confirmed_at) == (at("2022-08-18", "07:35"), None)


def test_the_next_days_are_as_if_the_clock_had_never_leaped(followed: Engine, wall: Wall) -> None:
    wall("2022-10-20")
    go(followed)
    wall("2022-08-30")
    go(followed)
    postman = Postman()
    go(followed, postman)
    assert (len(clock_letters(followed)), postman.carried) == (1, [])
    wall("2022-09-05")
    assert go(followed).follow_up.urged == (1,)


def test_a_second_leap_is_another_one(followed: Engine, wall: Wall) -> None:
    for day in ("2022-10-20", "2022-08-16", "2022-10-20", "2022-08-17"):
        wall(day)
        go(followed)
    ends = [row.over_at for row in rows(followed, ClockLeap)]
    assert ends == [at("2022-08-16", "07:35"), at("2022-08-17", "07:35")]
    assert len(clock_letters(followed)) == 2


def test_two_hosts_whose_clocks_differ_fill_no_mailbox(followed: Engine, wall: Wall) -> None:
    for _ in range(3):
        for day in ("2022-10-20", "2022-08-16"):
            wall(day)
            go(followed)
    assert len(clock_letters(followed)) == 1


def test_a_person_confirms_and_what_is_late_is_made_up_for(followed: Engine, wall: Wall) -> None:
    shown = wall("2022-10-20")
    go(followed)
    assert confirm(followed, ConfirmedBy.PAGE, date(2022, 10, 20)) == shown
    [leap] = rows(followed, ClockLeap)
    assert (leap.confirmed_at, leap.confirmed_by, leap.over_at) == (shown, ConfirmedBy.PAGE, shown)
    [moment] = rows(followed, Moment)
    assert (moment.instant, moment.simulated) == (shown, False)
    report = go(followed)
    assert (report.leap, report.follow_up.urged) == (None, (1, 3))
    assert report.follow_up.gap[0] == date(2022, 8, 16)
    assert clock_letters(followed) == []


def test_it_may_be_confirmed_before_any_sweep_saw_it_but_not_without_a_leap(
    followed: Engine, wall: Wall
) -> None:
    with pytest.raises(Refusal, match="không có gì cần xác nhận"):
        confirm(followed, ConfirmedBy.COMMAND)
    wall("2022-10-20")
    confirm(followed, ConfirmedBy.COMMAND)
    with pytest.raises(Refusal, match="không có gì cần xác nhận"):
        confirm(followed, ConfirmedBy.COMMAND)
    assert go(followed).leap is None


@pytest.mark.parametrize("seen", ["2022-10-19", "2022-12-01", "2022-10-22"])
def test_who_saw_another_day_confirms_nothing(followed: Engine, wall: Wall, seen: str) -> None:
    wall("2022-10-21")
    with pytest.raises(Refusal, match="07:35 ngày 21/10/2022"):
        confirm(followed, ConfirmedBy.PAGE, date.fromisoformat(seen))
    assert rows(followed, ClockLeap) == []
    confirm(followed, ConfirmedBy.PAGE, date(2022, 10, 20))  # midnight has passed since


def test_after_a_confirmed_instant_the_clock_may_go_back_but_nobody_names_an_earlier_one(
    followed: Engine, wall: Wall
) -> None:
    wall("2022-10-20")
    confirm(followed, ConfirmedBy.COMMAND)
    go(followed)
    for day, clock in (("2022-10-20", "07:34"), ("2022-08-16", "07:35")):
        wall(day, clock)
        assert go(followed).leap is None
    wall("2022-10-20")
    go(followed)
    with pytest.raises(TimeReversed):
        go(followed, given=at("2022-08-16"))


def test_a_publication_does_not_store_a_leap_either(followed: Engine, wall: Wall) -> None:
    wall("2022-10-20")
    assert advance(followed, None) == at("2022-08-16", "07:35")
    [moment] = rows(followed, Moment)
    assert moment.instant == at("2022-08-15", "09:00")


def test_it_is_remembered_once_though_several_look(followed: Engine, wall: Wall) -> None:
    wall("2022-10-20")
    for _ in range(3):
        watch(followed, office())
    go(followed)
    assert len(rows(followed, ClockLeap)) == 1


def test_an_office_that_was_off_over_tet_is_asked_nothing(engine: Engine, wall: Wall) -> None:
    issue(move_in(engine), DATED)
    wall("2025-01-24", "16:00")
    go(engine)
    wall("2025-02-03")
    assert go(engine).leap is None
