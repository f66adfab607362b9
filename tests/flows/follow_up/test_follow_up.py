"""The daily follow-up: what is written on which day, once, and to whom nothing is written."""

from datetime import date, timedelta

import pytest
from sqlalchemy.engine import Engine

from config.act import by_clock
from flows.actions.escalation.escalate import answer_case, raise_case
from flows.actions.follow_up.follow_up import FollowUpReport, daily_follow_up
from flows.actions.tasks.answer import Said, answer
from models.db import reading
from models.follow_up.sweep.record import overdue
from models.tables.outbox import OutboxLetter
from models.tables.tasks import Task, TaskEvent, Urging
from rules.outbox.payloads.keys import LetterKind
from rules.vocabulary import Actor, Answer, EventKind, Fault
from tests.cast import (
    DATED,
    DUE_ON,
    FINANCE,
    ISSUED_ON,
    OPEN_ENDED,
    TO_DISTRICTS,
    act,
    act_on,
    at,
    change,
    decided,
    issue,
    move_in,
    office,
    rows,
    task,
)
from tests.flows.escalation.test_escalation import FORM
from tests.told import all_told

FOLLOWED = (LetterKind.REMINDER, LetterKind.URGING, LetterKind.REVIEW)


def follow(engine: Engine, day: date | str, clock: str = "06:00") -> FollowUpReport:
    return daily_follow_up(engine, by_clock(at(day, clock), office()))


def pass_days(engine: Engine, last: str, first: date = ISSUED_ON) -> None:
    """Follow up on every calendar day, as cron does."""
    for n in range((date.fromisoformat(last) - first).days + 1):
        follow(engine, first + timedelta(days=n))


def written(engine: Engine) -> list[tuple[str, date]]:
    """What the follow-up wrote so far: key and day."""
    letters = rows(engine, OutboxLetter, OutboxLetter.kind.in_(FOLLOWED))
    return [(letter.key, letter.scheduled_on) for letter in letters]


def test_the_whole_series_of_one_task(engine: Engine) -> None:
    issue(move_in(engine), DATED)
    pass_days(engine, "2022-09-20")
    assert written(engine) == [
        ("reminder:1:2022-08-31:5", date(2022, 8, 24)),
        ("reminder:1:2022-08-31:3", date(2022, 8, 26)),
        ("reminder:1:2022-08-31:1", date(2022, 8, 30)),
        ("reminder:1:2022-08-31:0", date(2022, 8, 31)),
        ("urging:1:1", date(2022, 9, 5)),  # 1/9 and 2/9 are holidays
        ("urging:1:2", date(2022, 9, 12)),
        ("urging:1:3", date(2022, 9, 19)),
    ]


def test_urgings_are_records_with_number_text_and_event(engine: Engine) -> None:
    issue(move_in(engine), DATED)
    pass_days(engine, "2022-09-12")
    assert [(u.number, u.urged_on, u.recipient_id, u.text) for u in rows(engine, Urging)] == [
        (1, date(2022, 9, 5), FINANCE, "Đôn đốc lần 1: quá hạn 5 ngày (hạn 31/08/2022)."),
        (2, date(2022, 9, 12), FINANCE, "Đôn đốc lần 2: quá hạn 12 ngày (hạn 31/08/2022)."),
    ]
    urged = task(engine)
    assert (urged.urged, urged.last_urged_on, urged.version) == (2, date(2022, 9, 12), 2)
    events = [(event.kind, event.actor) for event in rows(engine, TaskEvent)][1:]
    assert events == [(EventKind.URGED, Actor.CLOCK)] * 2


def test_letters_wait_for_the_morning_and_say_what_must_still_hold(sqlite_engine: Engine) -> None:
    issue(move_in(sqlite_engine), DATED)
    follow(sqlite_engine, "2022-08-24", "00:05")
    [letter] = rows(sqlite_engine, OutboxLetter, OutboxLetter.kind == LetterKind.REMINDER)
    assert letter.not_before == at("2022-08-24", "07:30")
    assert (letter.due_on, letter.number) == (DUE_ON, 5)


def test_a_second_pass_on_the_same_day_changes_nothing(engine: Engine) -> None:
    issue(move_in(engine), DATED, OPEN_ENDED, TO_DISTRICTS)
    for day in ("2022-08-24", "2022-09-05", "2022-09-14"):
        first = follow(engine, day)
        assert first.reminded or first.urged or first.reviewed
        before = decided(engine)
        again = follow(engine, day, "16:00")
        assert {count for kind, count in again.counts.items() if kind != "overdue"} == {0}
        assert decided(engine) == before


@pytest.mark.parametrize("day", ["2022-08-27", "2022-08-28", "2022-09-01", "2022-09-03"])
def test_days_off_are_silent(sqlite_engine: Engine, day: str) -> None:
    issue(move_in(sqlite_engine), DATED, OPEN_ENDED)
    change(sqlite_engine, Task, 1, due_on=date(2022, 8, 20))
    change(sqlite_engine, Task, 2, review_on=date(2022, 8, 20))
    before = decided(sqlite_engine)
    report = follow(sqlite_engine, day)
    assert (report.working_day, report.reminded, report.urged, report.reviewed) == (False, (), (), ())
    with reading(sqlite_engine) as session:
        assert overdue(session, date.fromisoformat(day), most=9) == (1, (1,))  # being late does not rest
    assert decided(sqlite_engine) == before


def test_review_dates_move_on(engine: Engine) -> None:
    issue(move_in(engine), OPEN_ENDED)
    pass_days(engine, "2022-12-31")
    assert written(engine) == [
        ("review:1:2022-09-14", date(2022, 9, 14)),
        ("review:1:2022-10-14", date(2022, 10, 14)),
        ("review:1:2022-11-13", date(2022, 11, 14)),  # a Sunday: looked at on Monday
        ("review:1:2022-12-14", date(2022, 12, 14)),
    ]
    assert (task(engine).review_on, task(engine).due_on) == (date(2023, 1, 13), None)


@pytest.mark.parametrize(
    ("events", "hears"),
    [
        ([], True),
        ([(EventKind.RECEIVED, Actor.LEAD)], True),
        ([(EventKind.SUBMITTED, Actor.LEAD)], False),
        ([(EventKind.SUBMITTED, Actor.LEAD), (EventKind.RETURNED, Actor.LEADER)], True),
        ([(EventKind.SUBMITTED, Actor.LEAD), (EventKind.CONFIRMED, Actor.LEADER)], False),
        ([(EventKind.REFUSED, Actor.LEAD)], False),
        ([(EventKind.WITHDRAWN, Actor.LEADER)], False),
    ],
)
@pytest.mark.parametrize("day", ["2022-08-31", "2022-09-05"])
def test_only_who_still_owes_something_hears_of_it(
    sqlite_engine: Engine, events: list[tuple[EventKind, Actor]], hears: bool, day: str
) -> None:
    issue(move_in(sqlite_engine), DATED)
    for event, actor in events:
        said = Said("Ghi chú", faults=(Fault.THIN,))
        answer(sqlite_engine, 1, event, act_on(sqlite_engine, 1, actor, at("2022-08-16")), said)
    follow(sqlite_engine, day)
    assert bool(written(sqlite_engine)) is hears


def test_a_paused_task_rests_until_it_is_decided(engine: Engine) -> None:
    issue(move_in(engine), DATED)
    raise_case(engine, 1, FORM, act_on(engine, 1, Actor.LEAD, at("2022-08-23")))
    pass_days(engine, "2022-09-05", date(2022, 8, 24))
    assert written(engine) == []
    answer_case(
        engine,
        1,
        Answer.DECIDE,
        "Đồng ý.",
        act(Actor.LEADER, at("2022-09-05"), capacity="Trưởng ban"),
        date(2022, 9, 9),
    )
    all_told(engine)
    pass_days(engine, "2022-09-12", date(2022, 9, 6))
    assert [key for key, _ in written(engine)] == [
        "reminder:1:2022-09-09:3",
        "reminder:1:2022-09-09:1",
        "reminder:1:2022-09-09:0",
        "urging:1:1",
    ]


def test_an_extension_re_arms_the_reminders(engine: Engine) -> None:
    issue(move_in(engine), DATED)
    pass_days(engine, "2022-08-30")
    change(engine, Task, 1, due_on=date(2022, 9, 7))
    pass_days(engine, "2022-09-07", date(2022, 8, 31))
    assert [key for key, _ in written(engine)] == [
        *(f"reminder:1:{DUE_ON}:{step}" for step in (5, 3, 1)),
        *(f"reminder:1:2022-09-07:{step}" for step in (3, 1, 0)),
    ]


def test_the_series_goes_on_after_an_extension(sqlite_engine: Engine) -> None:
    issue(move_in(sqlite_engine), DATED)
    pass_days(sqlite_engine, "2022-09-05")
    change(sqlite_engine, Task, 1, due_on=date(2022, 9, 23))
    pass_days(sqlite_engine, "2022-09-26", date(2022, 9, 6))
    assert [key for key, _ in written(sqlite_engine)][-1] == "urging:1:2"
    assert [urging.number for urging in rows(sqlite_engine, Urging)] == [1, 2]


def test_the_report_says_what_was_done(sqlite_engine: Engine) -> None:
    issue(move_in(sqlite_engine), DATED, OPEN_ENDED)
    assert follow(sqlite_engine, "2022-08-24").reminded == (1,)
    late = follow(sqlite_engine, "2022-09-14")
    assert (late.working_day, late.urged, late.reviewed) == (True, (1,), (2,))
