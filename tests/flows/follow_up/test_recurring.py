"""Recurring duties: one occurrence after another, also while the last one is still open."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy.engine import Engine

from config.act import by_clock
from flows.actions.follow_up.recurring import open_next_occurrences
from flows.actions.tasks.answer import Said, answer
from flows.actions.tasks.correcting.correct import Seen, correct
from flows.actions.tasks.handing_over.hand_over import hand_over, preview_hand_over
from models.db import reading
from models.tables.agencies import Agency
from models.tables.outbox import OutboxLetter
from models.tables.tasks import Task, TaskCooperation, TaskEvent
from models.tasks.corrected_tasks import full_text, reading_of
from rules.outbox.payloads.keys import LetterKind
from rules.vocabulary import Actor, EventKind, TaskStatus
from tests.cast import (
    DATED,
    FINANCE,
    MONTHLY,
    PLANNING,
    TRADE,
    act,
    act_on,
    at,
    change,
    directive,
    dump,
    every,
    issue,
    move_in,
    office,
    rows,
    task,
)
from tests.flows.tasks.test_replay import check_history


def open_by(engine: Engine, day: date | str) -> list[str]:
    return list(open_next_occurrences(engine, by_clock(at(day), office())).codes)


def occurrences(engine: Engine) -> list[tuple[int, date | None]]:
    return [(task.occurrence, task.due_on) for task in rows(engine, Task)]


def test_one_opens_when_the_last_ones_day_has_come(engine: Engine) -> None:
    issue(move_in(engine), MONTHLY)
    assert open_by(engine, "2022-08-24") == []
    assert open_by(engine, "2022-08-25") == ["GN-0002"]  # the first one is still open
    assert occurrences(engine) == [(1, date(2022, 8, 25)), (2, date(2022, 9, 25))]


def test_day_after_day_nothing_is_opened_twice_or_forgotten(engine: Engine) -> None:
    issue(move_in(engine), MONTHLY)
    for n in range(100):
        open_by(engine, date(2022, 8, 15) + timedelta(days=n))
    days = [date(2022, month, 25) for month in (8, 9, 10, 11)]
    assert occurrences(engine) == list(enumerate(days, start=1))


def test_twice_on_a_day_changes_nothing(engine: Engine) -> None:
    issue(move_in(engine), MONTHLY, DATED)
    open_by(engine, "2022-08-25")
    before = dump(engine)
    assert open_by(engine, "2022-08-25") == []
    assert dump(engine) == before


def test_an_occurrence_is_a_task_like_any_other(engine: Engine) -> None:
    duty = directive("Báo cáo.", FINANCE, cooperate=[PLANNING], due=every("monthly day 25"))
    issue(move_in(engine), duty)
    open_by(engine, "2022-08-25")
    second = rows(engine, Task)[1]
    assert (second.status, second.title, second.assigned_on) == (
        TaskStatus.ASSIGNED,
        "Báo cáo.",
        date(2022, 8, 25),
    )
    assert [event.kind for event in rows(engine, TaskEvent, TaskEvent.task_id == 2)] == [EventKind.ASSIGNED]
    assert [row.agency_id for row in rows(engine, TaskCooperation, TaskCooperation.task_id == 2)] == [
        PLANNING
    ]
    letters = rows(engine, OutboxLetter, OutboxLetter.task_id == 2)
    assert [(letter.kind, letter.agency_id) for letter in letters] == [
        (LetterKind.ASSIGNMENT, FINANCE),
        (LetterKind.COOPERATION, PLANNING),
    ]


def test_each_body_has_its_own_series(sqlite_engine: Engine) -> None:
    issue(move_in(sqlite_engine), directive("Báo cáo.", FINANCE, PLANNING, due=every("monthly day 25")))
    answer(
        sqlite_engine,
        2,
        EventKind.SUBMITTED,
        act_on(sqlite_engine, 2, Actor.LEAD, at("2022-08-20")),
        Said("Xong"),
    )
    assert open_by(sqlite_engine, "2022-08-25") == ["GN-0003", "GN-0004"]


def test_after_a_long_absence_none_is_born_overdue(sqlite_engine: Engine) -> None:
    issue(move_in(sqlite_engine), MONTHLY)
    open_by(sqlite_engine, "2022-11-26")
    assert occurrences(sqlite_engine) == [(1, date(2022, 8, 25)), (2, date(2022, 12, 25))]


def test_on_the_very_day_it_is_still_opened(sqlite_engine: Engine) -> None:
    issue(move_in(sqlite_engine), MONTHLY)
    open_by(sqlite_engine, "2022-11-25")
    assert occurrences(sqlite_engine)[1] == (2, date(2022, 11, 25))


def test_a_withdrawn_duty_and_a_body_that_ended_open_nothing(sqlite_engine: Engine) -> None:
    issue(move_in(sqlite_engine), directive("Báo cáo.", FINANCE, PLANNING, due=every("monthly day 25")))
    answer(sqlite_engine, 1, EventKind.WITHDRAWN, act(Actor.LEADER, at("2022-08-20")), Said("Thôi"))
    change(sqlite_engine, Agency, PLANNING, valid_to=date(2022, 8, 24))
    assert open_by(sqlite_engine, "2022-08-25") == []


def put_right(
    engine: Engine, task_id: int = 1, alike: bool = False, on: str = "2022-08-16", **new: Any
) -> int:
    with reading(engine) as session:
        wanted = replace(reading_of(session, session.get_one(Task, task_id)), **new)
    seen = Seen(task_id, task(engine, task_id).version, alike)
    return correct(engine, seen, wanted, "Đọc nhầm.", act(Actor.SECRETARIAT, at(on)))


def words_of(engine: Engine, task_id: int) -> str:
    with reading(engine) as session:
        return full_text(session, session.get_one(Task, task_id))


LONG = "Báo cáo số liệu hằng tháng về hợp tác xã, tổ hợp tác và liên hiệp hợp tác xã trên địa bàn. " * 4


def test_words_that_were_put_right_stay_so_in_every_later_occurrence(engine: Engine) -> None:
    issue(move_in(engine), MONTHLY)
    put_right(engine, text=LONG)
    for day in ("2022-08-25", "2022-09-25"):
        open_by(engine, day)
    assert {row.title for row in rows(engine, Task)} == {task(engine, 1).title}
    assert [words_of(engine, key) for key in (1, 2, 3)] == [LONG.strip()] * 3
    put_right(engine, 3, on="2022-09-26", text="Báo cáo.")
    open_by(engine, "2022-10-25")
    assert (task(engine, 4).title, words_of(engine, 4), words_of(engine, 2)) == (
        "Báo cáo.",
        "Báo cáo.",
        LONG.strip(),
    )
    check_history(engine)


def test_lead_partners_and_words_put_right_go_on_together(sqlite_engine: Engine) -> None:
    duty = directive("Báo cáo.", PLANNING, cooperate=[TRADE], due=every("monthly day 25"))
    issue(move_in(sqlite_engine), duty)
    assert put_right(sqlite_engine, text="Báo cáo đủ.", lead=FINANCE, cooperating=frozenset({PLANNING})) == 2
    assert open_by(sqlite_engine, "2022-08-25") == ["GN-0003"]
    third = task(sqlite_engine, 3)
    assert (third.agency_id, third.title, words_of(sqlite_engine, 3)) == (
        FINANCE,
        "Báo cáo đủ.",
        "Báo cáo đủ.",
    )
    parts = rows(sqlite_engine, TaskCooperation, TaskCooperation.task_id == 3)
    assert [row.agency_id for row in parts] == [PLANNING]


def test_a_day_put_right_within_its_period_does_not_bring_the_period_twice(sqlite_engine: Engine) -> None:
    issue(move_in(sqlite_engine), MONTHLY)
    put_right(sqlite_engine, due_on=date(2022, 8, 20))
    open_by(sqlite_engine, "2022-08-20")
    assert task(sqlite_engine, 2).due_on == date(2022, 9, 25)
    put_right(sqlite_engine, 2, on="2022-08-22", due_on=date(2022, 9, 28))
    open_by(sqlite_engine, "2022-09-28")
    days = [date(2022, 8, 20), date(2022, 9, 28), date(2022, 10, 25)]
    assert occurrences(sqlite_engine) == list(enumerate(days, start=1))


def test_the_same_is_put_right_in_an_occurrence_that_is_open_already(sqlite_engine: Engine) -> None:
    issue(move_in(sqlite_engine), MONTHLY)
    open_by(sqlite_engine, "2022-08-25")
    put_right(sqlite_engine, alike=True, on="2022-08-26", text="Báo cáo đủ.", due_on=date(2022, 8, 30))
    assert [(row.title, row.due_on) for row in rows(sqlite_engine, Task)] == [
        ("Báo cáo đủ.", date(2022, 8, 30)),
        ("Báo cáo đủ.", date(2022, 9, 25)),
    ]


def test_what_merges_into_a_task_does_not_change_its_words(sqlite_engine: Engine) -> None:
    """The body that takes over has the task already, in words of its own."""
    issue(move_in(sqlite_engine), directive("Báo cáo.", FINANCE, PLANNING, due=every("monthly day 25")))
    put_right(sqlite_engine, text="Báo cáo riêng.")
    plan = preview_hand_over(sqlite_engine, FINANCE, PLANNING, at("2022-08-17"))
    hand_over(sqlite_engine, plan, "NQ 202", "", act(Actor.SECRETARIAT, at("2022-08-17"), capacity="x"))
    assert (task(sqlite_engine, 2).title, words_of(sqlite_engine, 2)) == ("Báo cáo.", "Báo cáo.")
