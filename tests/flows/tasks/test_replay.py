"""The history gives the row back, column by column, whatever people and the clock did.

Seen to fail when ``perform`` leaves one column out of ``changes``, and when the sweep moves a column
without an event.
"""

from datetime import date, timedelta
from itertools import count

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy.engine import Engine

from config.act import by_clock
from flows.actions.doors.task import MUTABLE, Happening, find_task, perform
from flows.actions.follow_up.follow_up import daily_follow_up
from flows.actions.follow_up.recurring import open_next_occurrences
from flows.actions.tasks.replay import present, put_right, replay
from models.db import reading, unit_of_work
from models.tables.task_rows import changes_of, event_json
from models.tables.tasks import DeadlineChange, Task, TaskEvent
from rules.refusal import Refusal
from rules.tasks.event_data import EVENTS, AssignedData, CrossedData, UrgedData
from rules.vocabulary import Actor, CrossingTrigger, DeadlineCause, EventKind, Rung
from tests.cast import DATED, ISSUED_ON, MONTHLY, OPEN_ENDED, act, at, issue, move_in, office, rows
from tests.flows.racing.office_acts import attempt

NUMBERS = count(1)
DAYS = st.integers(0, 12)
ANSWERS = {EventKind.EXTENSION_COUNTERED, EventKind.EXTENSION_AGREED}
EXTENDING = (EventKind.EXTENSION_ASKED, EventKind.EXTENSION_COUNTERED, EventKind.EXTENSION_AGREED)
MISTAKEN = (EventKind.SUBMITTED, EventKind.CONFIRMED, EventKind.REOPENED, EventKind.RETURNED)
Step = tuple[int, int, EventKind, Actor, int]
#: Days that pass, which task, what is tried, by whom, and by how many days a deadline would move.
STEPS = st.lists(
    st.tuples(
        DAYS, st.integers(0, 4), st.sampled_from(EventKind), st.sampled_from(Actor), st.integers(-9, 40)
    ),
    max_size=14,
)


@pytest.fixture
def staffed(sqlite_engine: Engine) -> Engine:
    return move_in(sqlite_engine)


@hypothesis_settings(
    max_examples=24, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(STEPS)
@example([(0, 0, EventKind.ESCALATED, Actor.LEAD, 20), (9, 0, EventKind.DECIDED, Actor.LEADER, 20)])
@example([(0, 1, EventKind.PAUSED, Actor.ASSIGNER, 0), (40, 1, EventKind.RESUMED, Actor.ASSIGNER, 0)])
@example([(0, 0, EventKind.HANDED_OVER, Actor.SECRETARIAT, 0), (0, 3, EventKind.PROGRESS, Actor.LEAD, 50)])
@example([(2, 0, event, Actor.ASSIGNER if event in ANSWERS else Actor.LEAD, 30) for event in EXTENDING])
@example([(1, n % 2, EventKind.CORRECTED, Actor.SECRETARIAT, n // 2) for n in range(16)])
@example([(3, 0, event, Actor.SECRETARIAT, 0) for event in MISTAKEN])
@example([(30, 0, EventKind.URGED, Actor.SECRETARIAT, 0), (1, 1, EventKind.URGED, Actor.SECRETARIAT, 0)])
@example([(40, 0, EventKind.URGED, Actor.CLOCK, 0), (12, 0, EventKind.DEADLINE_SET, Actor.ASSIGNER, 40)])
def test_the_history_replays_to_the_present_row(staffed: Engine, steps: list[Step]) -> None:
    before = rows(staffed, Task)
    issue(staffed, DATED, OPEN_ENDED, MONTHLY, number=f"{next(NUMBERS)}/TB-UBND")
    day = ISSUED_ON
    for passed, which, event, actor, later in steps:
        day += timedelta(days=passed)
        daily_follow_up(staffed, by_clock(at(day, "07:00"), office()))
        open_next_occurrences(staffed, by_clock(at(day, "07:10"), office()))
        ids = [task.id for task in rows(staffed, Task)[len(before) :]]  # a hand-over opens another
        try:
            attempt(staffed, ids[which % len(ids)], event, actor, day, later)
        except Refusal:
            continue  # what is not allowed leaves the row as it was
    check_history(staffed)


def check_history(engine: Engine) -> None:
    """Every task's row, and the chain of its deadlines, is what its history says."""
    with reading(engine) as session:
        for task in session.scalars(sa.select(Task)):
            query = sa.select(TaskEvent).where(TaskEvent.task_id == task.id).order_by(TaskEvent.seq)
            history = list(session.scalars(query))
            assert replay(history) == present(task)
            for event in history:  # by SQL too
                told = EVENTS[event.kind].of(event.data)
                assert event_json(told, changes_of(event.data)) == event.data
            for name, value in put_right(history).items():
                assert getattr(task, name) == value
            moved = sa.select(DeadlineChange).where(DeadlineChange.task_id == task.id)
            due_on = None
            for number, change in enumerate(session.scalars(moved.order_by(DeadlineChange.seq))):
                assert (change.seq, change.old_due_on) == (number, due_on)
                due_on = change.due_on
            assert due_on == task.due_on


def test_every_column_of_a_task_is_either_fixed_or_replayed() -> None:
    fixed = {"id", "directive_id", "agency_id", "occurrence", "assigned_on", "title"}  # title: put_right
    assert set(Task.model_fields) == fixed | {"status", "version"} | set(MUTABLE)


def test_a_deadline_never_moves_without_a_cause(staffed: Engine) -> None:
    issue(staffed, DATED)
    moved = Happening(EventKind.DEADLINE_SET, changes={"due_on": date(2023, 1, 1)})
    with pytest.raises(ValueError, match="cause"), unit_of_work(staffed) as session:
        perform(session, find_task(session, 1), act(Actor.SECRETARIAT, at(ISSUED_ON)), moved)


def test_a_later_deadline_arms_the_steps_of_climbing_again(staffed: Engine) -> None:
    issue(staffed, DATED)
    with unit_of_work(staffed) as session:
        task = find_task(session, 1)
        told = CrossedData(2, CrossingTrigger.TIME, Rung.STANDING)
        crossed = Happening(EventKind.CROSSED, data=told, changes={"late_step": 2})
        perform(session, task, act(Actor.CLOCK, at(ISSUED_ON)), crossed)
        assert task.late_step == 2
        cause = DeadlineCause.CORRECTION
        moved = Happening(EventKind.DEADLINE_SET, changes={"due_on": date(2022, 12, 1)}, cause=cause)
        perform(session, task, act(Actor.ASSIGNER, at("2022-09-20")), moved)
        assert (task.late_step, task.due_set_on) == (0, date(2022, 9, 20))
        assert task.due_unpaused_on == date(2022, 12, 1)
    [_, change] = rows(staffed, DeadlineChange)
    assert (change.cause, change.old_due_on, change.event_seq) == (cause, date(2022, 8, 31), 2)


@pytest.mark.parametrize(("event", "data"), [(EventKind.URGED, None), (EventKind.URGED, AssignedData())])
def test_what_an_event_must_tell_is_told_before_anything_is_written(event: EventKind, data: None) -> None:
    with pytest.raises(TypeError, match="UrgedData|number"):
        Happening(event, data=data)
    assert Happening(event, data=UrgedData(1)).data == UrgedData(1)
