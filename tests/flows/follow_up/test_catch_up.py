"""What the sweep makes good after days without it, what it records of itself, and whom a long wait concerns.

Seen to fail when a missed step is dropped, when all missed steps are sent, and when a day off is not noted.
"""

from datetime import date

import pytest
from sqlalchemy.engine import Engine

from config.act import by_clock
from config.policy_parts import Climbing
from flows.actions.follow_up import follow_up
from flows.actions.follow_up.follow_up import daily_follow_up
from flows.actions.tasks.answer import Said, answer
from models.db import reading
from models.follow_up.sweep import confirmations, crossings, papers, reminders, reviews, urgings
from models.follow_up.sweep.record import overdue
from models.tables.follow_up_days import FollowUpDay, PolicyVersion
from models.tables.outbox import OutboxLetter
from models.tables.tasks import Urging, UrgingPaper
from rules.outbox.payloads.keys import LetterKind
from rules.vocabulary import Actor, EventKind, Fault
from tests.cast import (
    DATED,
    DUE_ON,
    FINANCE,
    OPEN_ENDED,
    SECRETARIAT,
    TRADE,
    act,
    act_on,
    at,
    by,
    decided,
    directive,
    issue,
    move_in,
    office,
    office_with,
    rows,
)
from tests.flows.follow_up.test_follow_up import follow, pass_days, written


def test_after_four_days_each_task_gets_one_letter_as_its_nearest_step(engine: Engine) -> None:
    """Down from Wednesday 24/8 to Saturday 27/8: the steps of five and of three fell into it."""
    missed_two = directive("Việc một.", FINANCE, due=by(date(2022, 8, 31)))
    missed_one = directive("Việc hai.", TRADE, due=by(date(2022, 9, 6)))
    issue(move_in(engine), missed_two, missed_one, directive("Việc ba.", TRADE, due=by(date(2022, 8, 25))))
    pass_days(engine, "2022-08-23")
    before = len(written(engine))
    report = follow(engine, "2022-08-28")  # a Sunday: only noted
    assert len(written(engine)) == before
    assert [str(day) for day in report.gap] == ["2022-08-24", "2022-08-25", "2022-08-26", "2022-08-27"]
    assert (follow(engine, "2022-08-29").gap, len(written(engine)) - before) == ((), 3)
    assert sorted(written(engine)[before:]) == [
        ("reminder:1:2022-08-31:3", date(2022, 8, 26)),  # scheduled for the day it was missed on
        ("reminder:2:2022-09-06:5", date(2022, 8, 26)),
        ("urging:3:1", date(2022, 8, 29)),
    ]
    follow(engine, "2022-08-29", "15:00")
    assert len(written(engine)) - before == 3


def test_a_late_reminder_shows_its_delay(sqlite_engine: Engine) -> None:
    issue(move_in(sqlite_engine), DATED)
    follow(sqlite_engine, "2022-08-25")
    [letter] = rows(sqlite_engine, OutboxLetter, OutboxLetter.kind == LetterKind.REMINDER)
    assert (letter.key, letter.scheduled_on) == (f"reminder:1:{DUE_ON}:5", date(2022, 8, 24))
    assert letter.written_at == at("2022-08-25", "06:00")
    assert letter.not_before == at("2022-08-25", "07:30")


def test_a_task_given_after_its_step_is_not_reminded_of_it(sqlite_engine: Engine) -> None:
    issue(move_in(sqlite_engine), directive("Việc.", FINANCE, due=by(date(2022, 8, 19))))
    assert follow(sqlite_engine, "2022-08-15").reminded == ()  # the step of five stood on 12/8
    pass_days(sqlite_engine, "2022-08-19", date(2022, 8, 16))
    assert [key for key, _ in written(sqlite_engine)] == [
        "reminder:1:2022-08-19:3",
        "reminder:1:2022-08-19:1",
        "reminder:1:2022-08-19:0",
    ]


def test_every_day_is_on_record_with_what_it_wrote(engine: Engine) -> None:
    issue(move_in(engine), DATED, OPEN_ENDED)
    for day, clock in (("2022-08-23", "06:45"), ("2022-08-24", "06:45"), ("2022-08-24", "09:10")):
        follow(engine, day, clock)
    follow(engine, "2022-08-27")
    days = rows(engine, FollowUpDay)
    assert [(str(row.day), row.since and str(row.since)) for row in days] == [
        ("2022-08-23", None),
        ("2022-08-24", "2022-08-23"),
        ("2022-08-27", "2022-08-24"),
    ]
    assert (days[1].first_at, days[1].last_at) == (at("2022-08-24", "06:45"), at("2022-08-24", "09:10"))
    assert [row.counts.get("reminder") for row in days] == [0, 1, None]  # a day off decides nothing
    [policy] = rows(engine, PolicyVersion)
    assert {row.policy_digest for row in days} == {policy.digest}
    assert '"urge_every_working_days": 5' in policy.text


def test_a_changed_policy_is_kept_beside_the_days_it_ruled(sqlite_engine: Engine) -> None:
    move_in(sqlite_engine)
    follow(sqlite_engine, "2022-08-23")
    other = office().policy.model_copy(update={"climbing": Climbing(by_time=[], by_count=[])})
    daily_follow_up(sqlite_engine, by_clock(at("2022-08-24"), office_with(other)))
    first, second = rows(sqlite_engine, FollowUpDay)
    assert first.policy_digest != second.policy_digest
    assert len(rows(sqlite_engine, PolicyVersion)) == 2
    follow(sqlite_engine, "2022-08-24", "15:00")  # the old one is back by the afternoon
    assert {row.policy_digest for row in rows(sqlite_engine, FollowUpDay)} == {first.policy_digest}
    assert len(rows(sqlite_engine, PolicyVersion)) == 2


PULLED = (
    (reminders, "remind"),
    (urgings, "urge"),
    (papers, "ask_to_sign"),
    (crossings, "cross_late"),
    (reviews, "review"),
    (confirmations, "ask_again"),
    (follow_up, "note_day"),
)


def test_a_pass_that_fails_leaves_nothing(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    issue(move_in(engine), DATED, OPEN_ENDED)
    follow(engine, "2022-08-23")
    before = decided(engine), rows(engine, FollowUpDay)
    for owner, step in PULLED:
        with monkeypatch.context() as patched:
            patched.setattr(owner, step, _refuse)
            with pytest.raises(RuntimeError, match="pulled"):
                follow(engine, "2022-09-19")
        assert (decided(engine), rows(engine, FollowUpDay)) == before
    assert follow(engine, "2022-09-19").counts["urging"] == 1


def _refuse(*_args: object) -> int:
    raise RuntimeError("the plug was pulled")


def test_a_waiting_result_is_asked_about_again_and_only_the_secretariat_is(engine: Engine) -> None:
    issue(move_in(engine), DATED)
    answer(engine, 1, EventKind.SUBMITTED, act_on(engine, 1, Actor.LEAD, at("2022-08-22")), Said("Xong"))
    pass_days(engine, "2022-09-06", date(2022, 8, 22))
    asked = rows(engine, OutboxLetter, OutboxLetter.kind == LetterKind.CONFIRMATION)
    assert [(x.key, str(x.scheduled_on), x.agency_id) for x in asked] == [
        ("confirmation:1:1", "2022-08-22", SECRETARIAT),
        ("confirmation:1:1:1", "2022-08-25", SECRETARIAT),
        ("confirmation:1:1:2", "2022-08-30", SECRETARIAT),
        ("confirmation:1:1:3", "2022-09-06", SECRETARIAT),  # 1 and 2/9 are holidays
    ]
    assert written(engine) == []
    again = Said("Làm lại", faults=(Fault.THIN,))
    answer(engine, 1, EventKind.RETURNED, act(Actor.LEADER, at("2022-09-06")), again)
    answer(engine, 1, EventKind.SUBMITTED, act_on(engine, 1, Actor.LEAD, at("2022-09-07")), Said("Xong lại"))
    pass_days(engine, "2022-09-12", date(2022, 9, 7))
    asked = rows(engine, OutboxLetter, OutboxLetter.kind == LetterKind.CONFIRMATION)
    assert [x.key for x in asked[4:]] == ["confirmation:1:3", "confirmation:1:3:1"]


def test_after_downtime_a_waiting_result_is_asked_about_once(sqlite_engine: Engine) -> None:
    issue(move_in(sqlite_engine), DATED)
    answer(
        sqlite_engine,
        1,
        EventKind.SUBMITTED,
        act_on(sqlite_engine, 1, Actor.LEAD, at("2022-08-22")),
        Said("Xong"),
    )
    assert follow(sqlite_engine, "2022-11-07").counts[LetterKind.CONFIRMATION] == 1
    assert follow(sqlite_engine, "2022-11-08").counts[LetterKind.CONFIRMATION] == 0


def test_from_the_second_urging_on_a_paper_is_prepared(engine: Engine) -> None:
    both = directive("Hai việc.", FINANCE, TRADE, due=by(DUE_ON))
    issue(move_in(engine), both, directive("Việc nữa.", FINANCE, due=by(DUE_ON)))
    pass_days(engine, "2022-09-05")
    assert rows(engine, UrgingPaper) == []
    report = follow(engine, "2022-09-12")
    papers = rows(engine, UrgingPaper)
    assert [(x.agency_id, x.prepared_on, x.number) for x in papers] == [
        (TRADE, date(2022, 9, 12), None),
        (FINANCE, date(2022, 9, 12), None),
    ]
    held = {(x.recipient_id, x.number, x.paper_id) for x in rows(engine, Urging)}
    assert {item for item in held if item[1] == 1} == {(FINANCE, 1, None), (TRADE, 1, None)}
    assert {item for item in held if item[1] == 2} == {(x.agency_id, 2, x.id) for x in papers}
    letters = rows(engine, OutboxLetter, OutboxLetter.kind == LetterKind.PAPER_DUE)
    assert [(x.key, x.agency_id, x.data) for x in letters] == [
        (f"paper_due:{x.agency_id}:2022-09-12", SECRETARIAT, {"paper": x.id, "agency_id": x.agency_id})
        for x in papers
    ]
    assert report.counts[LetterKind.PAPER_DUE] == 2
    assert all(x.sender.startswith("Văn phòng") for x in rows(engine, Urging))


def test_the_report_names_some_and_counts_all(sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(follow_up, "MOST_IDS", 2)
    issue(move_in(sqlite_engine), *(directive(f"Việc {n}.", FINANCE, due=by(DUE_ON)) for n in range(3)))
    report = follow(sqlite_engine, "2022-09-05")
    assert (report.urged, report.counts["urging"]) == ((1, 2), 3)
    with reading(sqlite_engine) as session:
        assert overdue(session, date(2022, 9, 5), most=2) == (3, (1, 2))
