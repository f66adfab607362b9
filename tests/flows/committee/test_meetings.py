"""Meetings are planned, moved and cancelled; the digest goes out ahead of those that stand."""

from datetime import date

import pytest
from sqlalchemy.engine import Engine

from config.act import by_clock
from config.committee import Policy
from config.office import Office
from flows.actions.committee.meetings import cancel_meeting, move_meeting, plan_meeting
from flows.actions.follow_up.digest import send_digest
from flows.actions.follow_up.tick import tick
from flows.terminal.tick_words import tick_lines
from models.tables.meetings import Meeting
from models.tables.outbox import DigestIssue, OutboxLetter
from rules.outbox.payloads.keys import LetterKind
from rules.refusal import NotAllowed, NotFound
from rules.vocabulary import Actor
from tests.cast import (
    DATED,
    Postman,
    act,
    at,
    change,
    dump,
    issue,
    move_in,
    office,
    office_with,
    rows,
    settings,
)

NOW = at("2022-08-16", "09:00")  # a Tuesday; the conclusion is of Monday 15/8
THURSDAY = date(2022, 8, 18)
TITLE = "Họp Ban Chỉ đạo quý III"


@pytest.fixture
def at_work(engine: Engine) -> Engine:
    """A task, and the digest of the first Monday."""
    issue(move_in(engine), DATED)
    assert send_digest(engine, by_clock(at("2022-08-15"), office())).issued_on == date(2022, 8, 15)
    return engine


def digests(engine: Engine) -> list[date]:
    return [row.issued_on for row in rows(engine, DigestIssue)][1:]


def sweep(engine: Engine, *instants: tuple[str, str], under: Office | None = None) -> list[date]:
    """The digests that sweeps at these instants write."""
    for day, clock in instants:
        send_digest(engine, by_clock(at(day, clock), under or office()))
    return digests(engine)


def test_the_eve_of_a_meeting(at_work: Engine) -> None:
    number = plan_meeting(at_work, THURSDAY, f"  {TITLE}\n ", act(Actor.SECRETARIAT, NOW))
    assert sweep(at_work, ("2022-08-16", "09:15")) == []
    report = send_digest(at_work, by_clock(at("2022-08-17", "07:15"), office()))
    assert (report.issued_on, report.meetings) == (date(2022, 8, 17), (THURSDAY,))
    found = rows(at_work, OutboxLetter, OutboxLetter.scheduled_on == date(2022, 8, 17))
    assert [(row.kind, row.data, row.not_before) for row in found] == [
        (LetterKind.DIGEST, {"meetings": [number]}, at("2022-08-17", "07:30"))
    ] * 2
    before = dump(at_work)
    assert sweep(at_work, ("2022-08-17", "07:15"), ("2022-08-18", "09:15")) == [date(2022, 8, 17)]
    assert dump(at_work) == before
    assert sweep(at_work, ("2022-08-22", "07:15"))[1:] == [date(2022, 8, 22)]  # the week goes on


def test_late_until_noon_of_the_meeting_and_never_after(at_work: Engine) -> None:
    plan_meeting(at_work, THURSDAY, TITLE, act(Actor.SECRETARIAT, NOW))
    before = dump(at_work)
    assert sweep(at_work, ("2022-08-18", "12:00"), ("2022-08-19", "07:15")) == []
    assert dump(at_work) == before
    assert sweep(at_work, ("2022-08-18", "11:45")) == [THURSDAY]


def test_what_would_leave_after_the_meeting_is_not_written(at_work: Engine) -> None:
    plan_meeting(
        at_work, date(2022, 8, 20), "Họp thứ Bảy", act(Actor.SECRETARIAT, NOW)
    )  # due on Friday, in the evening too late
    assert sweep(at_work, ("2022-08-19", "18:00")) == []
    plan_meeting(at_work, date(2022, 8, 19), TITLE, act(Actor.SECRETARIAT, NOW))
    assert sweep(at_work, ("2022-08-18", "18:00")) == [THURSDAY]  # leaves on Friday morning


def test_a_day_off_holds_it_back_to_the_morning_of_the_meeting(at_work: Engine) -> None:
    tuesdays = office_with(Policy.model_validate({"digest": {"weekday": 1}}))
    plan_meeting(
        at_work, date(2022, 9, 5), TITLE, act(Actor.SECRETARIAT, NOW)
    )  # a Monday after holidays: due on 31/8
    plan_meeting(at_work, date(2022, 9, 4), "Họp Chủ nhật", act(Actor.SECRETARIAT, NOW))
    off = [(f"2022-09-0{day}", "07:15") for day in (1, 2, 3, 4)]
    assert sweep(at_work, ("2022-08-30", "07:15"), *off, under=tuesdays) == [date(2022, 8, 30)]
    report = send_digest(at_work, by_clock(at("2022-09-05", "07:15"), tuesdays))
    assert (report.issued_on, report.meetings) == (date(2022, 9, 5), (date(2022, 9, 5),))


def test_the_digest_of_the_week_serves_the_meeting_too(at_work: Engine) -> None:
    number = plan_meeting(at_work, date(2022, 8, 23), TITLE, act(Actor.SECRETARIAT, NOW))
    other = plan_meeting(at_work, date(2022, 8, 23), "Họp Tổ giúp việc", act(Actor.SECRETARIAT, NOW))
    assert sweep(at_work, ("2022-08-22", "07:15"), ("2022-08-23", "07:15")) == [date(2022, 8, 22)]
    [one, _] = rows(at_work, OutboxLetter, OutboxLetter.scheduled_on == date(2022, 8, 22))
    assert one.data == {"meetings": [number, other]}


def test_a_meeting_entered_after_the_digest_of_its_eve_brings_no_other(at_work: Engine) -> None:
    plan_meeting(
        at_work, date(2022, 8, 16), TITLE, act(Actor.SECRETARIAT, NOW)
    )  # today; the digest of Monday is enough
    assert sweep(at_work, ("2022-08-16", "09:15")) == []


def test_two_meetings_close_together(at_work: Engine) -> None:
    plan_meeting(at_work, THURSDAY, TITLE, act(Actor.SECRETARIAT, NOW))
    plan_meeting(at_work, date(2022, 8, 19), TITLE, act(Actor.SECRETARIAT, NOW))
    mornings = [(f"2022-08-{day}", clock) for day in (17, 18, 19) for clock in ("07:15", "09:15")]
    assert sweep(at_work, *mornings) == [date(2022, 8, 17), THURSDAY]


def test_the_morning_of_the_meeting_itself(at_work: Engine) -> None:
    same_day = office_with(Policy.model_validate({"digest": {"before_meeting_working_days": 0}}))
    plan_meeting(at_work, THURSDAY, TITLE, act(Actor.SECRETARIAT, NOW))
    assert sweep(at_work, ("2022-08-17", "07:15"), ("2022-08-18", "07:15"), under=same_day) == [THURSDAY]


def test_a_moved_and_a_cancelled_meeting(at_work: Engine) -> None:
    moved, dropped = (
        plan_meeting(at_work, THURSDAY, title, act(Actor.SECRETARIAT, NOW)) for title in (TITLE, "Họp khác")
    )
    assert move_meeting(at_work, moved, date(2022, 8, 25), act(Actor.SECRETARIAT, NOW)).held_on == date(
        2022, 8, 25
    )
    assert cancel_meeting(at_work, dropped, act(Actor.SECRETARIAT, NOW)).cancelled_at == NOW
    assert sweep(at_work, ("2022-08-17", "07:15"), ("2022-08-18", "07:15")) == []
    assert sweep(at_work, ("2022-08-22", "07:15"), ("2022-08-24", "07:15"))[1:] == [date(2022, 8, 24)]


def test_the_letter_names_the_meetings_that_still_stand(at_work: Engine) -> None:
    kept = plan_meeting(at_work, THURSDAY, TITLE, act(Actor.SECRETARIAT, NOW))
    dropped = plan_meeting(at_work, THURSDAY, "Họp khác", act(Actor.SECRETARIAT, NOW))
    send_digest(at_work, by_clock(at("2022-08-17", "07:15"), office()))
    cancel_meeting(at_work, dropped, act(Actor.SECRETARIAT, at("2022-08-17", "07:20")))
    postman = Postman()
    report = tick(at_work, office(), at("2022-08-17", "07:30"), settings(), postman)
    told = [parcel for _, parcel in postman.carried if "cuộc họp" in parcel.letter.subject]
    assert len(told) >= 2
    assert all("Báo cáo trước cuộc họp ngày 18/08/2022" in parcel.letter.subject for parcel in told)
    assert all(f"cuộc họp ngày 18/08/2022 ({TITLE})." in parcel.letter.text for parcel in told)
    assert not any("Họp khác" in parcel.letter.text for parcel in told)
    assert kept == 1
    assert not any("báo cáo lãnh đạo" in line for line in tick_lines(report))


def test_the_tick_says_which_meeting(at_work: Engine) -> None:
    plan_meeting(at_work, THURSDAY, TITLE, act(Actor.SECRETARIAT, NOW))
    report = tick(at_work, office(), at("2022-08-17", "07:30"), settings(), Postman())
    assert any("báo cáo lãnh đạo trước cuộc họp ngày 18/08/2022: " in line for line in tick_lines(report))


@pytest.mark.parametrize(
    ("held_on", "title", "words"),
    [
        ("2022-08-15", TITLE, "15/08/2022 đã qua"),
        ("2922-08-18", TITLE, "hơn hai năm"),
        ("2022-08-18", " \u200b\n", "nội dung cuộc họp"),
        ("2022-08-18", "a" * 201, "201 ký tự"),
        ("2022-08-19", "HỌP BAN CHỈ ĐẠO QUÝ III", "đã có cuộc họp «Họp Ban Chỉ đạo quý III»"),
    ],
)
def test_what_is_refused(at_work: Engine, held_on: str, title: str, words: str) -> None:
    plan_meeting(at_work, date(2022, 8, 19), TITLE, act(Actor.SECRETARIAT, NOW))
    before = dump(at_work)
    with pytest.raises(NotAllowed, match=words):
        plan_meeting(at_work, date.fromisoformat(held_on), title, act(Actor.SECRETARIAT, NOW))
    assert dump(at_work) == before


def test_today_and_a_cancelled_day_may_be_planned(at_work: Engine) -> None:
    first = plan_meeting(at_work, NOW.date(), TITLE, act(Actor.SECRETARIAT, NOW))
    cancel_meeting(at_work, first, act(Actor.SECRETARIAT, NOW))
    assert plan_meeting(at_work, NOW.date(), TITLE, act(Actor.SECRETARIAT, NOW)) != first


def test_what_is_over_or_cancelled_stays(at_work: Engine) -> None:
    over, dropped, other = (
        plan_meeting(at_work, THURSDAY, title, act(Actor.SECRETARIAT, NOW)) for title in "abc"
    )
    cancel_meeting(at_work, dropped, act(Actor.SECRETARIAT, NOW))
    change(at_work, Meeting, over, held_on=date(2022, 8, 15))
    before = dump(at_work)
    for number, words in ((over, "đã diễn ra"), (dropped, "đã hủy lúc 09:00")):
        with pytest.raises(NotAllowed, match=words):
            move_meeting(at_work, number, date(2022, 8, 25), act(Actor.SECRETARIAT, NOW))
        with pytest.raises(NotAllowed, match=words):
            cancel_meeting(at_work, number, act(Actor.SECRETARIAT, NOW))
    for number in (99, 10**30):
        with pytest.raises(NotFound, match=str(number)):
            cancel_meeting(at_work, number, act(Actor.SECRETARIAT, NOW))
    with pytest.raises(NotAllowed, match="đã qua"):
        move_meeting(at_work, other, date(2022, 8, 15), act(Actor.SECRETARIAT, NOW))
    assert dump(at_work) == before
    assert move_meeting(at_work, other, THURSDAY, act(Actor.SECRETARIAT, NOW)).held_on == THURSDAY
    assert dump(at_work) == before


def test_a_moved_meeting_does_not_become_another(at_work: Engine) -> None:
    plan_meeting(at_work, THURSDAY, TITLE, act(Actor.SECRETARIAT, NOW))
    other = plan_meeting(at_work, date(2022, 8, 19), TITLE, act(Actor.SECRETARIAT, NOW))
    with pytest.raises(NotAllowed, match="đã có cuộc họp"):
        move_meeting(at_work, other, THURSDAY, act(Actor.SECRETARIAT, NOW))


def test_a_year_without_a_calendar_may_have_meetings(sqlite_engine: Engine) -> None:
    issue(move_in(sqlite_engine), DATED)
    plan_meeting(sqlite_engine, date(2028, 1, 3), TITLE, act(Actor.SECRETARIAT, at("2027-12-20")))
    send_digest(sqlite_engine, by_clock(at("2027-12-27"), office()))
    report = send_digest(sqlite_engine, by_clock(at("2027-12-31"), office()))
    assert (report.issued_on, report.meetings) == (date(2027, 12, 31), (date(2028, 1, 3),))
