"""A morning on which every step of the sweep writes: under the keys of the rules, by golden statements."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from config.act import by_clock
from flows.actions.follow_up.follow_up import daily_follow_up
from models.db import unit_of_work
from models.follow_up.sweep.sql import statements
from models.follow_up.sweep.sql.dialects import DIALECTS
from models.follow_up.sweep.steps import STEPS
from models.tables.agencies import Agency
from models.tables.crossings import TaskCrossing
from models.tables.outbox import OutboxLetter
from models.tables.tasks import Task, TaskEvent
from rules.letter_words import LetterState, Stake
from rules.outbox.payloads import keys
from rules.outbox.payloads.keys import LetterKind
from rules.vocabulary import Actor, CrossingTrigger, EventKind, TaskStatus
from tests.cast import (
    DATED,
    FINANCE,
    OPEN_ENDED,
    PLANNING,
    SECRETARIAT,
    at,
    by,
    change,
    directive,
    issue,
    move_in,
    office,
    rows,
)

MORNING = date(2022, 9, 5)
SENT_ON = date(2022, 8, 22)
OFTEN, LATE, NEAR, UNDATED, DONE, LEFT = range(1, 7)  # the tasks
LEAST = {"SELECT coalesce(max(id), 0)", "SELECT task_id FROM outbox_letter"}  # what a pass asks between steps


@pytest.fixture
def due(engine: Engine) -> Engine:
    """Something for each step to write on 5/9/2022."""
    late = directive("Báo cáo kết quả.", FINANCE, due=by(date(2022, 8, 16)))
    near = directive("Tham mưu kế hoạch.", FINANCE, due=by(date(2022, 9, 8)))
    left = directive("Rà soát quy hoạch.", PLANNING)
    issue(move_in(engine), DATED, late, near, OPEN_ENDED, DATED, left)
    change(engine, Task, OFTEN, urged=3, last_urged_on=SENT_ON)
    change(engine, Task, LATE, due_on=date(2022, 8, 1))  # beyond two steps
    change(engine, Task, UNDATED, review_on=MORNING)
    change(engine, Task, DONE, status=TaskStatus.SUBMITTED, submitted_on=SENT_ON, version=7)
    change(engine, Agency, PLANNING, valid_to=MORNING)
    with unit_of_work(engine) as session:
        session.add(_submitted())
        session.add(_first_asked())
    return engine


def _submitted() -> TaskEvent:
    return TaskEvent(
        task_id=DONE,
        seq=7,
        happened_at=at(SENT_ON),
        happened_on=SENT_ON,
        kind=EventKind.SUBMITTED,
        actor=Actor.LEAD,
    )


def _first_asked() -> OutboxLetter:
    return OutboxLetter(
        key=keys.confirmation(DONE, 7),
        kind=LetterKind.CONFIRMATION,
        agency_id=SECRETARIAT,
        task_id=DONE,
        scheduled_on=SENT_ON,
        not_before=at(SENT_ON),
        state=LetterState.DISPATCHED,
        written_at=at(SENT_ON),
    )


def follow(engine: Engine) -> list[Any]:
    """The letters that the morning's pass writes."""
    now = at(MORNING, "06:45")
    daily_follow_up(engine, by_clock(now, office()))
    return rows(engine, OutboxLetter, OutboxLetter.written_at == now)


#: The key by what else is known of a letter.
KEYS: dict[LetterKind, Callable[[Any], str]] = {
    LetterKind.BODY_ENDED: lambda it: keys.body_ended(PLANNING, MORNING, it.task_id, Stake(it.data["stake"])),
    LetterKind.REMINDER: lambda it: keys.reminder(it.task_id, it.due_on, it.number),
    LetterKind.URGING: lambda it: keys.urging(it.task_id, it.number),
    LetterKind.PAPER_DUE: lambda it: keys.paper_due(it.data["agency_id"], MORNING),
    LetterKind.REVIEW: lambda it: keys.review(it.task_id, MORNING),
    LetterKind.CONFIRMATION: lambda it: keys.confirmation(it.task_id, 7, it.number),
}


def test_every_key_is_that_of_the_rules(due: Engine) -> None:
    written = follow(due)
    crossed = {(x.task_id, x.step): (x.trigger, x.due_on) for x in rows(due, TaskCrossing)}
    for letter in written:
        if letter.kind is LetterKind.CROSSING:
            trigger, due_on = crossed[letter.task_id, letter.number]
            assert letter.key == keys.crossing(letter.task_id, trigger, letter.number, due_on)
        else:
            assert letter.key == KEYS[letter.kind](letter)
    assert {letter.kind for letter in written} == {step.answers for step in STEPS}
    steps = {(trigger, step) for (_, step), (trigger, _) in crossed.items()}
    assert steps == {(CrossingTrigger.COUNT, 1), (CrossingTrigger.TIME, 2)}
    series = {letter.key for letter in written if letter.kind is LetterKind.URGING}
    with due.connect() as connection:
        assert set(connection.scalars(sa.text("SELECT letter_key FROM urging"))) == series


def test_its_events_are_of_the_clock(due: Engine) -> None:
    follow(due)
    events = rows(due, TaskEvent, TaskEvent.happened_on == MORNING)
    assert {(one.kind, one.actor) for one in events} == {
        (kind, Actor.CLOCK) for kind in (EventKind.URGED, EventKind.CROSSED, EventKind.REVIEWED)
    }


def test_what_is_sent_is_what_the_golden_files_show(due: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[str] = []
    bound = statements._statement
    monkeypatch.setattr(statements, "_statement", lambda sql, types: sent.append(sql) or bound(sql, types))
    follow(due)
    dialect = DIALECTS[due.dialect.name]
    shown = {sql for step in STEPS for sql in step.statements(dialect).values()}
    others = {sql for sql in sent if sql not in shown}
    assert {sql for sql in others if not sql.startswith(tuple(LEAST))} == set()
    assert len(shown & set(sent)) > len(shown) * 2 / 3
