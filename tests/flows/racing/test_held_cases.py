"""One row's trouble costs nobody else the morning: a case that is held, a case that moves under the sweep.

Seen to fail: "held" without ``skip_locked`` in ``flows/actions/escalation/climbs._overdue``; "moves" without
its savepoint in ``_climbs``; "preview" without ``_tasks_of`` in
``flows/actions/tasks/handing_over/hand_over``; "crossed" when ``daily_follow_up`` tries once.
"""

from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session

from config.act import Act, by_clock
from flows.actions.doors.task import Happening, perform
from flows.actions.escalation import climbs as case_climbs
from flows.actions.follow_up import follow_up
from flows.actions.tasks.handing_over import hand_over
from flows.actions.tasks.pause import pause
from models.db import Crossed
from models.tables.cases import EscalationCase, EscalationStep
from models.tables.follow_up_days import FollowUpDay
from models.tables.tasks import Task
from rules.refusal import Overtaken
from rules.vocabulary import Actor, TaskStatus
from tests.cast import DATED, FINANCE, ON_POSTGRESQL, TRADE, act, at, issue, move_in, office, rows
from tests.flows.escalation.test_escalation import escalate as raised
from tests.flows.tasks.test_replay import check_history

LATER = at("2022-08-26")


@pytest.fixture
def two(engine: Engine) -> Engine:
    """Two cases of 16/8 whose rung has let its days pass."""
    issue(move_in(engine), DATED, DATED)
    for task_id in (1, 2):
        raised(engine, task_id=task_id)
    return engine


def climbed(engine: Engine) -> tuple[int, ...]:
    return follow_up.daily_follow_up(engine, by_clock(LATER, office())).climbed


@ON_POSTGRESQL  # on SQLite nobody holds a row beside the sweep
def test_a_case_that_is_held_is_left_and_the_others_climb(two: Engine) -> None:
    with two.begin() as other:
        other.execute(sa.select(EscalationCase.id).where(EscalationCase.id == 1).with_for_update())
        impatient = sa.event.listens_for(two, "begin")
        impatient(lambda connection: connection.exec_driver_sql("SET LOCAL lock_timeout = '5s'"))
        assert climbed(two) == (2,)
    assert climbed(two) == (1,)


def test_a_case_that_moves_under_the_sweep_keeps_its_trouble_to_itself(
    two: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def moved(session: Session, task: Task, act: Act, happening: Happening) -> TaskStatus:
        if task.id == 1:
            raise Overtaken("Nhiệm vụ vừa được người khác cập nhật.")
        return perform(session, task, act, happening)

    with monkeypatch.context() as patch:
        patch.setattr(case_climbs, "perform", moved)
        assert climbed(two) == (2,)
    assert len(rows(two, FollowUpDay)) == 1
    assert [step.seq for step in rows(two, EscalationStep, EscalationStep.case_id == 1)] == [0]
    assert climbed(two) == (1,)
    check_history(two)


@ON_POSTGRESQL  # on SQLite nobody comes between
def test_a_task_that_moves_after_the_check_of_its_preview_is_not_handed_over(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    issue(move_in(engine), DATED)
    plan = hand_over.preview_hand_over(engine, FINANCE, TRADE, LATER)
    check = hand_over._check_unchanged

    def checked(session: Session, of: Any) -> None:
        check(session, of)
        pause(engine, 1, "Chờ hướng dẫn.", act(Actor.SECRETARIAT, LATER))

    monkeypatch.setattr(hand_over, "_check_unchanged", checked)
    with pytest.raises(Overtaken):
        hand_over.hand_over(engine, plan, "NQ 202", "", act(Actor.SECRETARIAT, LATER, capacity="x"))
    assert [task.status for task in rows(engine, Task)] == [TaskStatus.PAUSED]


def test_a_pass_that_crossed_with_somebody_is_done_again(
    two: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries = []

    def crossed(*given: Any) -> list[int]:
        tries.append(1)
        if len(tries) < 3:
            raise Crossed("Có người khác vừa thao tác cùng lúc.")
        return case_climbs.climb_silent(*given)

    monkeypatch.setattr(follow_up, "climb_silent", crossed)
    assert climbed(two) == (1, 2)
