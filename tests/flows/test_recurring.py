"""Recurring duties: one occurrence after another, also while the last one is still open."""

from datetime import date, timedelta

from sqlalchemy.engine import Engine

from flows.actions.answer import answer
from flows.actions.recurring import open_next_occurrences
from models.agencies import Agency
from models.outbox import OutboxLetter
from models.tasks import Task, TaskCooperation, TaskEvent
from rules.letter_words import LetterKind
from rules.vocabulary import Actor, EventKind, TaskStatus
from tests.cast import (
    DATED,
    FINANCE,
    MONTHLY,
    PLANNING,
    at,
    change,
    directive,
    dump,
    every,
    issue,
    move_in,
    office,
    rows,
)


def open_by(engine: Engine, day: date | str) -> list[str]:
    return list(open_next_occurrences(engine, at(day), office()).codes)


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
    answer(sqlite_engine, 2, EventKind.SUBMITTED, Actor.LEAD, at("2022-08-20"), office(), "Xong")
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
    answer(sqlite_engine, 1, EventKind.WITHDRAWN, Actor.LEADER, at("2022-08-20"), office(), "Thôi")
    change(sqlite_engine, Agency, PLANNING, valid_to=date(2022, 8, 24))
    assert open_by(sqlite_engine, "2022-08-25") == []
