"""A directive to all districts, added up by the database as the tasks themselves would be."""

from datetime import date

from sqlalchemy.engine import Engine

from flows.actions.tasks.answer import Said, answer
from flows.actions.tasks.handing_over.hand_over import hand_over, preview_hand_over
from flows.actions.tasks.withdraw import withdraw
from models.db import reading
from models.tables.tasks import Task
from models.tasks.rollup import rollups
from rules.deadlines.classes import deadline_class
from rules.vocabulary import Actor, DeadlineClass, EventKind, TaskStatus
from tests.cast import DATED, TO_DISTRICTS, TRADE, act, act_on, at, issue, move_in, rows

S, D = TaskStatus, DeadlineClass
TODAY = date(2022, 10, 3)


def test_eleven_districts(engine: Engine) -> None:
    issue(move_in(engine), TO_DISTRICTS, DATED)
    districts = [found.id for found in rows(engine, Task, Task.directive_id == 1)]
    first, second, third, fourth, *others = districts
    for number, day in ((first, "2022-09-29"), (second, "2022-10-01"), (third, "2022-09-30")):
        answer(engine, number, EventKind.SUBMITTED, act_on(engine, number, Actor.LEAD, at(day)), Said("Xong"))
    for number in (first, second):
        answer(engine, number, EventKind.CONFIRMED, act(Actor.SECRETARIAT, at("2022-10-02")))
    withdraw(engine, fourth, "Đã sáp nhập", act(Actor.SECRETARIAT, at("2022-10-02")))
    with reading(engine) as session:
        found = rollups(session, [1, 2, 99], TODAY)[1]
        assert found.by_status == {S.CONFIRMED: 2, S.SUBMITTED: 1, S.ASSIGNED: 7}
        assert found.by_class == {D.DONE_IN_TIME: 1, D.DONE_LATE: 1, D.OPEN_IN_TIME: 1, D.OVERDUE: 7}
        assert (found.total, found.done, found.withdrawn) == (10, 2, 1)
        assert rollups(session, [1, 2, 99], TODAY)[99].total == 0
    by_hand = [
        deadline_class(row.due_on, row.submitted_on, row.status is S.CONFIRMED, TODAY)
        for row in rows(engine, Task, Task.directive_id == 1, Task.status != S.WITHDRAWN)
    ]
    assert {word: by_hand.count(word) for word in by_hand} == found.by_class
    assert len(others) == 7


def test_a_handed_over_task_counts_once(sqlite_engine: Engine) -> None:
    issue(move_in(sqlite_engine), TO_DISTRICTS)
    body = rows(sqlite_engine, Task)[0].agency_id
    plan = preview_hand_over(sqlite_engine, body, TRADE, at("2022-09-01"))
    hand_over(
        sqlite_engine, plan, "NQ 202/2025/QH15", "", act(Actor.SECRETARIAT, at("2022-09-01"), capacity="x")
    )
    with reading(sqlite_engine) as session:
        assert rollups(session, [1], TODAY)[1].total == 11
