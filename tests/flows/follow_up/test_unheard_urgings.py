"""Urgings that came to nobody: numbered, marked, told to the secretariat, and no step of climbing.

Seen to fail when the steps ask for the task's counter alone, when what arrives late is looked at no more,
when days off hide it, and when an urging that joins an owed message is no news. That PostgreSQL finds the
same urgings unheard in every state is shown by ``tests/models/follow_up/test_urging_reach.py``; here it
lives through those weeks in which what arrived, what is owed and what went on paper are counted.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy.engine import Engine

from config.act import by_clock
from config.policy_parts import Climbing, CountStep
from flows.actions.follow_up.follow_up import daily_follow_up
from flows.actions.follow_up.papers import issue_paper
from flows.actions.people.import_register import import_register
from models.tables.crossings import TaskCrossing
from models.tables.outbox import OutboxLetter
from models.tables.tasks import TaskEvent, Urging, UrgingPaper
from notifications.delivery.deliver import deliver
from notifications.outbox.parcel import Outcome
from rules.letter_words import OutcomeClass
from rules.outbox.payloads.keys import LetterKind
from rules.vocabulary import Actor, CrossingTrigger, EventKind, Rung
from tests.cast import (
    AWAY,
    CHAIR,
    DATED,
    DUE_ON,
    FINANCE,
    FINANCE_MAIL,
    LOST,
    ON_SQLITE,
    SECRETARIAT,
    SECRETARIAT_MAILS,
    UNREACHABLE,
    Postman,
    act,
    at,
    by,
    directive,
    issue,
    move_in,
    office,
    office_with,
    register,
    rows,
    settings,
    task,
)

BUSY = Outcome(OutcomeClass.TRY_AGAIN, "450", "Hộp thư bận")
SAVED = Outcome(OutcomeClass.SAVED)
TO_NOBODY = directive("Hỗ trợ hợp tác xã thủy sản.", UNREACHABLE, due=by(DUE_ON))
#: Đôn đốc lần 3 and lần 4 of a task that was due on 31/8: Mondays.
THIRD, FOURTH = "2022-09-19", "2022-09-26"

Days = Callable[..., None]


@pytest.fixture
def postman() -> Postman:
    return Postman()


@pytest.fixture
def days(engine: Engine, postman: Postman) -> Days:
    """``days("2022-09-05", "2022-09-12")``: follow-up and delivery on each calendar day of a span."""
    move_in(engine)

    def pass_by(first: str, last: str = "", climbing: Climbing | None = None) -> None:
        more = {"climbing": climbing} if climbing else {}
        here = office_with(office().policy.model_copy(update=more))
        day, end = date.fromisoformat(first), date.fromisoformat(last or first)
        while day <= end:
            daily_follow_up(engine, by_clock(at(day, "07:29"), here))
            deliver(engine, by_clock(at(day, "07:31"), here), settings(), postman)
            day += timedelta(days=1)

    return pass_by


def by_count(engine: Engine) -> list[tuple[int, date]]:
    found = rows(engine, TaskCrossing, TaskCrossing.trigger == CrossingTrigger.COUNT)
    return [(row.step, row.crossed_on) for row in found]


def said(postman: Postman, subject: str) -> list[str]:
    """The texts of the letters with these words in their subject."""
    return [parcel.letter.text for _, parcel in postman.carried if subject in parcel.letter.subject]


@ON_SQLITE
def test_a_body_without_a_contact_is_numbered_and_does_not_climb_by_count(
    engine: Engine, days: Days, postman: Postman
) -> None:
    issue(engine, TO_NOBODY)
    days("2022-08-30", FOURTH)
    assert (task(engine).urged, by_count(engine)) == (4, [])
    notes = [row.note for row in rows(engine, TaskEvent, TaskEvent.kind == EventKind.CROSSED)]
    assert notes[0].endswith("đã đôn đốc 3 lần, cả 3 lần đều chưa đến nơi nhận.")
    upward = said(postman, "Báo cáo nhiệm vụ chậm")
    assert upward
    for text in upward:
        assert "lần đều chưa đến nơi nhận" in text
    assert "đã đôn đốc 3 lần, cả 3 lần đều chưa đến nơi nhận" in upward[0]


@ON_SQLITE
def test_the_secretariat_reads_which_numbers_did_not_arrive(
    engine: Engine, days: Days, postman: Postman
) -> None:
    issue(engine, TO_NOBODY)
    days("2022-08-30", THIRD)
    told = said(postman, "chưa có địa chỉ liên hệ dùng được")
    assert "Đôn đốc lần 1 chưa đến nơi nhận" in "".join(told)
    assert "Đôn đốc lần 1 đến lần 3 chưa đến nơi nhận" in told[-1]
    assert "vẫn có số thứ tự" in told[-1]
    assert "Đôn đốc" not in told[0]  # the assignment was no urging


@ON_SQLITE
def test_a_body_that_is_reached_climbs_as_before(engine: Engine, days: Days, postman: Postman) -> None:
    issue(engine, DATED)
    days("2022-08-30", FOURTH)
    assert by_count(engine) == [(1, date(2022, 9, 26))]
    assert "chưa đến nơi nhận" not in "".join(parcel.letter.text for _, parcel in postman.carried)


def test_three_that_arrived_and_one_that_cannot_are_three(
    engine: Engine, days: Days, postman: Postman
) -> None:
    issue(engine, DATED)
    days("2022-08-30", THIRD)
    import_register(engine, replace(register(), contacts=_without(FINANCE)))
    days("2022-09-20", "2022-10-03")
    assert (task(engine).urged, by_count(engine)) == (5, [])
    import_register(engine, register())
    days("2022-10-04", "2022-10-05")  # the two that waited leave on the 4th
    assert by_count(engine) == [(1, date(2022, 10, 5))]


def _without(body: str) -> tuple[object, ...]:
    return tuple(entry for entry in register().contacts if entry.body_id != body)


def test_one_step_with_the_first_urging_waits_for_it_to_arrive(engine: Engine, days: Days) -> None:
    """Of the urging of the day itself it is asked whether it can leave."""
    once = Climbing(by_time=[], by_count=[CountStep(urgings=1, to=Rung.CHAIR)])
    issue(engine, TO_NOBODY, DATED)
    days("2022-08-30", FOURTH, once)
    assert [row.task_id for row in rows(engine, TaskCrossing)] == [2]


def test_what_was_owed_and_leaves_counts_from_then_on(engine: Engine, days: Days, postman: Postman) -> None:
    """Friday: what was owed since the first urging leaves; on Monday, when nobody is urged, it is crossed."""
    issue(engine, directive("Việc đến hạn ngày 6.", FINANCE, due=by(date(2022, 9, 6))))
    days("2022-09-05", "2022-09-06")
    postman.replies[FINANCE_MAIL] = BUSY
    days("2022-09-07", "2022-09-29")
    assert (task(engine).urged, by_count(engine)) == (4, [])
    postman.replies.clear()
    days("2022-09-30", "2022-10-02")
    assert by_count(engine) == []
    days("2022-10-03", "2022-10-04")
    assert (task(engine).urged, by_count(engine)) == (4, [(1, date(2022, 10, 3))])
    crossed = rows(engine, TaskEvent, TaskEvent.kind == EventKind.CROSSED)
    [note] = [event.note for event in crossed if event.data["trigger"] == "count"]
    assert note.endswith("đã đôn đốc 4 lần.")


@ON_SQLITE
def test_an_urging_that_joins_an_owed_message_is_told_too(
    engine: Engine, days: Days, postman: Postman
) -> None:
    issue(engine, DATED)
    days("2022-08-30", "2022-08-31")
    postman.replies[FINANCE_MAIL] = BUSY
    days("2022-09-01", "2022-09-30")
    told = rows(engine, OutboxLetter, OutboxLetter.kind == LetterKind.NO_CONTACT)
    days_told = [letter.scheduled_on for letter in told]
    assert days_told == [date(2022, 9, 8), date(2022, 9, 12), date(2022, 9, 19), date(2022, 9, 26)]
    assert "Đôn đốc lần 1 đến lần 4 chưa đến nơi nhận" in said(postman, "chưa được nơi nhận tiếp nhận")[-1]


@ON_SQLITE
def test_an_urging_of_a_day_on_which_the_body_was_told_of_before(
    engine: Engine, days: Days, postman: Postman
) -> None:
    """In the morning a new task could not be assigned; the follow-up of that day runs late."""
    issue(engine, TO_NOBODY)
    days("2022-08-30", "2022-08-31")
    issue(
        engine, replace(TO_NOBODY, due=by(date(2022, 12, 30))), number="9/TB", on="2022-09-05", clock="07:00"
    )
    deliver(engine, by_clock(at("2022-09-05", "07:31"), office()), settings(), postman)
    postman.carried.clear()
    days("2022-09-05")
    told = said(postman, "chưa có địa chỉ liên hệ dùng được")
    assert len(told) == len(SECRETARIAT_MAILS)
    assert all("Đôn đốc lần 1 chưa đến nơi nhận" in text for text in told)
    days("2022-09-05")
    assert said(postman, "chưa có địa chỉ liên hệ dùng được") == told


@ON_SQLITE
def test_while_the_mail_server_is_away_nothing_climbs_by_count(
    engine: Engine, days: Days, postman: Postman
) -> None:
    issue(engine, DATED)
    days("2022-08-30", THIRD)
    postman.replies["smtpmail://"] = AWAY
    issue(engine, directive("Việc khác.", FINANCE), number="9/TB", on="2022-09-22")
    days("2022-09-22", "2022-09-28")
    assert (task(engine).urged, by_count(engine)) == (4, [])
    postman.replies.clear()
    days("2022-09-29", "2022-09-30")
    assert by_count(engine) == [(1, date(2022, 9, 30))]


@ON_SQLITE
def test_news_of_a_channel_names_the_urgings_that_wait_for_it(
    engine: Engine, days: Days, postman: Postman
) -> None:
    contacts = [
        replace(entry, addresses=("emlfolder://theo-doi@vp.example",))
        if entry.body_id == SECRETARIAT
        else entry
        for entry in register().contacts
    ]
    import_register(engine, replace(register(), contacts=tuple(contacts)))
    issue(engine, DATED, directive("Việc chưa đến hạn.", FINANCE, due=by(date(2022, 12, 30))))
    days("2022-08-30", "2022-08-31")
    postman.replies["smtpmail://"] = AWAY
    days("2022-09-05", "2022-09-06")
    first, *_ = said(postman, "trục trặc")
    assert "NHIỆM VỤ CÓ LẦN ĐÔN ĐỐC CHƯA ĐẾN NƠI NHẬN (1)" in first
    assert "Đôn đốc lần 1 chưa đến nơi nhận" in first


@ON_SQLITE
@pytest.mark.parametrize("reply", [SAVED, LOST])
def test_what_lies_in_the_folder_or_may_have_arrived_counts(
    engine: Engine, days: Days, postman: Postman, reply: Outcome
) -> None:
    postman.replies[FINANCE_MAIL] = reply
    issue(engine, DATED)
    days("2022-08-30", "2022-09-27")
    assert by_count(engine) == [(1, date(2022, 9, 26))]
    upward = "".join(said(postman, "Báo cáo nhiệm vụ chậm"))
    assert ("chưa rõ đã đến nơi nhận hay chưa" in upward) is (reply is LOST)
    assert "chưa đến nơi nhận" not in upward


def test_an_issued_paper_has_carried_its_urging(engine: Engine, days: Days) -> None:
    """The second urging is handed over on paper, recorded two days later; the first came to nobody."""
    once = Climbing(by_time=[], by_count=[CountStep(urgings=1, to=Rung.CHAIR)])
    issue(engine, TO_NOBODY)
    days("2022-08-30", "2022-09-14", once)
    sign(engine)
    assert [row.carried_on for row in rows(engine, Urging)] == [None, date(2022, 9, 12)]
    [event] = rows(engine, TaskEvent, TaskEvent.kind == EventKind.PAPER_ISSUED)
    assert event.data["unreached"] == 1
    days("2022-09-15", "2022-09-15", once)
    assert [row.crossed_on for row in rows(engine, TaskCrossing)] == [date(2022, 9, 15)]
    [letter] = rows(engine, OutboxLetter, OutboxLetter.kind == LetterKind.CROSSING)
    assert letter.agency_id == CHAIR


def sign(engine: Engine) -> None:
    [paper] = rows(engine, UrgingPaper)
    by_whom, on = "Chánh Văn phòng", date(2022, 9, 12)
    issue_paper(
        engine, paper.id, "512/UBND-TH", by_whom, on, act(Actor.SECRETARIAT, at("2022-09-14", "14:00"))
    )


@ON_SQLITE
def test_a_second_pass_of_the_day_decides_nothing(engine: Engine, days: Days) -> None:
    issue(engine, TO_NOBODY, DATED)
    days("2022-08-30", FOURTH)
    before = len(rows(engine, TaskCrossing))
    days(FOURTH)
    assert len(rows(engine, TaskCrossing)) == before
