"""The history gives the row back, column by column, whatever people and the clock did.

Seen to fail when ``perform`` leaves one column out of ``changes``, and when the sweep moves a column
without an event.
"""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import count

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy.engine import Engine

from flows.actions.answer import SIMPLE, answer
from flows.actions.escalate import acknowledge, answer_case, climb_silent, raise_case
from flows.actions.follow_up import daily_follow_up
from flows.actions.recurring import open_next_occurrences
from flows.actions.replay import present, replay
from flows.actions.transition import MUTABLE, Act, find_task, perform
from models.db import reading, unit_of_work
from models.escalations import EscalationCase
from models.tasks import DeadlineChange, Task, TaskEvent
from rules.refusal import Refusal
from rules.vocabulary import Actor, Answer, DeadlineCause, EventKind
from tests.cast import DATED, ISSUED_ON, MONTHLY, OPEN_ENDED, at, issue, move_in, office, rows
from tests.flows.test_escalation import FORM

NUMBERS = count(1)
DAYS = st.integers(0, 12)
Step = tuple[int, int, EventKind, Actor, int]
#: Days that pass, which task, what is tried, by whom, and by how many days a deadline would move.
STEPS = st.lists(
    st.tuples(
        DAYS, st.integers(0, 2), st.sampled_from(EventKind), st.sampled_from(Actor), st.integers(-9, 40)
    ),
    max_size=14,
)


@pytest.fixture
def staffed(sqlite_engine: Engine) -> Engine:
    return move_in(sqlite_engine)


@hypothesis_settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(STEPS)
@example([(0, 0, EventKind.ESCALATED, Actor.LEAD, 20), (9, 0, EventKind.DECIDED, Actor.LEADER, 20)])
@example([(0, 1, EventKind.PAUSED, Actor.ASSIGNER, 0), (40, 1, EventKind.RESUMED, Actor.ASSIGNER, 0)])
@example([(40, 0, EventKind.URGED, Actor.CLOCK, 0), (12, 0, EventKind.DEADLINE_SET, Actor.ASSIGNER, 40)])
def test_the_history_replays_to_the_present_row(staffed: Engine, steps: list[Step]) -> None:
    before = rows(staffed, Task)
    issue(staffed, DATED, OPEN_ENDED, MONTHLY, number=f"{next(NUMBERS)}/TB-UBND")
    ids = [task.id for task in rows(staffed, Task)[len(before) :]]
    day = ISSUED_ON
    for passed, which, event, actor, later in steps:
        day += timedelta(days=passed)
        daily_follow_up(staffed, at(day, "07:00"), office())
        open_next_occurrences(staffed, at(day, "07:10"), office())
        try:
            _attempt(staffed, ids[which], event, actor, day, later)
        except Refusal:
            continue  # what is not allowed leaves the row as it was
    check_history(staffed)


def check_history(engine: Engine) -> None:
    """Every task's row, and the chain of its deadlines, is what its history says."""
    with reading(engine) as session:
        for task in session.scalars(sa.select(Task)):
            history = sa.select(TaskEvent).where(TaskEvent.task_id == task.id).order_by(TaskEvent.seq)
            assert replay(session.scalars(history)) == present(task)
            moved = sa.select(DeadlineChange).where(DeadlineChange.task_id == task.id)
            due_on = None
            for number, change in enumerate(session.scalars(moved.order_by(DeadlineChange.seq))):
                assert (change.seq, change.old_due_on) == (number, due_on)
                due_on = change.due_on
            assert due_on == task.due_on


def _attempt(engine: Engine, task_id: int, event: EventKind, actor: Actor, day: date, later: int) -> None:
    now = at(day, "09:00")
    if event in SIMPLE:
        answer(engine, task_id, event, actor, now, office(), "Nội dung.")
    elif event is EventKind.ESCALATED:
        raise_case(engine, task_id, FORM, actor, now, office())
    elif event in _CASES:
        cases = rows(engine, EscalationCase, EscalationCase.task_id == task_id)
        if cases:
            _CASES[event](engine, cases[-1].id, day, later)
    else:
        _directly(engine, task_id, event, actor, day, later)


def _decide(engine: Engine, case_id: int, day: date, later: int) -> None:
    new = day + timedelta(days=later) if later > 0 else None
    answer_case(engine, case_id, Answer.DECIDE, "Đồng ý.", "Trưởng Ban", at(day, "09:00"), office(), new)


def _acknowledge(engine: Engine, case_id: int, day: date, _later: int) -> None:
    acknowledge(engine, case_id, at(day, "09:00"))


def _climb(engine: Engine, _case_id: int, day: date, _later: int) -> None:
    with unit_of_work(engine) as session:
        climb_silent(session, at(day, "09:00"), office())


_CASES: dict[EventKind, Callable[[Engine, int, date, int], None]] = {
    EventKind.DECIDED: _decide,
    EventKind.ACKNOWLEDGED: _acknowledge,
    EventKind.CLIMBED: _climb,
}


def _directly(engine: Engine, task_id: int, event: EventKind, actor: Actor, day: date, later: int) -> None:
    """Moves whose action is not written yet go through the one door with columns like theirs."""
    changes: dict[EventKind, dict[str, object]] = {
        EventKind.DEADLINE_SET: {"due_on": day + timedelta(days=later), "review_on": None},
        EventKind.EXTENSION_AGREED: {"due_on": day + timedelta(days=later), "review_on": None},
        EventKind.CROSSED: {"late_step": 1},
        EventKind.CONTRIBUTED: {"percent": 40, "urgent": True},
        EventKind.HANDED_OVER: {"successor_id": task_id},
        EventKind.TAKEN_OVER: {"parent_id": task_id},
    }
    act = Act(event, actor, at(day, "09:00"), changes=changes.get(event, {}), cause=DeadlineCause.EXTENSION)
    with unit_of_work(engine) as session:
        perform(session, find_task(session, task_id), act)


def test_every_column_of_a_task_is_either_fixed_or_replayed() -> None:
    fixed = {"id", "directive_id", "agency_id", "occurrence", "title", "assigned_on"}
    assert set(Task.model_fields) == fixed | {"status", "version"} | set(MUTABLE)


def test_a_deadline_never_moves_without_a_cause(staffed: Engine) -> None:
    issue(staffed, DATED)
    act = Act(EventKind.DEADLINE_SET, Actor.SECRETARIAT, at(ISSUED_ON), changes={"due_on": date(2023, 1, 1)})
    with pytest.raises(ValueError, match="cause"), unit_of_work(staffed) as session:
        perform(session, find_task(session, 1), act)


def test_a_later_deadline_arms_the_steps_of_climbing_again(staffed: Engine) -> None:
    issue(staffed, DATED)
    with unit_of_work(staffed) as session:
        task = find_task(session, 1)
        perform(session, task, Act(EventKind.CROSSED, Actor.CLOCK, at(ISSUED_ON), changes={"late_step": 2}))
        assert task.late_step == 2
        extended = {"due_on": date(2022, 12, 1)}
        cause = DeadlineCause.CORRECTION
        act = Act(EventKind.DEADLINE_SET, Actor.ASSIGNER, at("2022-09-20"), changes=extended, cause=cause)
        perform(session, task, act)
        assert (task.late_step, task.due_set_on) == (0, date(2022, 9, 20))
        assert task.due_unpaused_on == date(2022, 12, 1)
    [_, change] = rows(staffed, DeadlineChange)
    assert (change.cause, change.old_due_on, change.event_seq) == (cause, date(2022, 8, 31), 2)
