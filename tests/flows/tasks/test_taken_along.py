"""What goes along with a task that is handed over, and what does not; and a plan that nobody previewed."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.engine import Engine

from flows.actions.tasks.cooperate import ask_cooperation, release
from flows.actions.tasks.handing_over.hand_over import hand_over, preview_hand_over
from models.tables.outbox import OutboxLetter
from models.tables.tasks import Task, TaskCooperation
from rules.outbox.payloads.keys import LetterKind
from rules.refusal import Refusal
from rules.tasks.hand_overs import HandOverPlan
from rules.vocabulary import Actor, TaskStatus
from tests.cast import (
    FINANCE,
    OPEN_ENDED,
    PLANNING,
    SHARED,
    TRADE,
    act,
    at,
    by,
    change,
    directive,
    dump,
    issue,
    move_in,
    rows,
    task,
)

NOW = at("2022-09-26")
BASIS = "Nghị quyết số 202/2025/QH15"


@pytest.fixture
def small_office(sqlite_engine: Engine) -> Engine:
    """Finance has GN-0001, planning cooperates; trade has GN-0002, without a deadline."""
    issue(move_in(sqlite_engine), SHARED, OPEN_ENDED)
    return sqlite_engine


def carry(engine: Engine, source: str = FINANCE, to: str = TRADE, plan: HandOverPlan | None = None) -> None:
    plan = plan or preview_hand_over(engine, source, to, NOW)
    hand_over(engine, plan, BASIS, "Sáp nhập", act(Actor.SECRETARIAT, NOW, capacity="van-phong"))


def told(engine: Engine) -> set[str]:
    return {x.agency_id for x in rows(engine, OutboxLetter, OutboxLetter.kind == LetterKind.HANDED_OVER)}


def test_a_unit_that_is_handed_over_still_reports_to_its_aggregator(small_office: Engine) -> None:
    change(small_office, Task, 1, parent_id=2)
    carry(small_office, to=PLANNING)
    assert task(small_office, 3).parent_id == 2


def test_whoever_cooperated_and_now_leads_no_longer_cooperates(small_office: Engine) -> None:
    carry(small_office, to=PLANNING)
    assert rows(small_office, TaskCooperation, TaskCooperation.task_id == 3) == []
    assert told(small_office) == {PLANNING, FINANCE}


def test_who_was_released_does_not_hear_of_it(small_office: Engine) -> None:
    release(small_office, 1, PLANNING, "Không còn cần", act(Actor.SECRETARIAT, NOW))
    carry(small_office)
    assert told(small_office) == {TRADE, FINANCE}


def test_a_part_keeps_its_own_day(small_office: Engine) -> None:
    change(small_office, Task, 1, due_on=date(2022, 10, 28))
    due = date(2022, 10, 14)
    ask_cooperation(small_office, 1, ["snn"], act(Actor.SECRETARIAT, NOW), due)
    carry(small_office)
    parts = rows(small_office, TaskCooperation, TaskCooperation.task_id == 3)
    assert {part.agency_id: part.due_on for part in parts} == {PLANNING: None, "snn": due}


@pytest.mark.parametrize(("review_on", "then"), [("2022-09-14", "2022-09-26"), ("2022-10-14", "2022-10-14")])
def test_a_review_that_is_owed_comes_up_at_once(small_office: Engine, review_on: str, then: str) -> None:
    change(small_office, Task, 2, review_on=date.fromisoformat(review_on))
    carry(small_office, source=TRADE, to=FINANCE)
    assert task(small_office, 3).review_on == date.fromisoformat(then)


def test_a_plan_merges_only_what_was_the_same_task(small_office: Engine) -> None:
    """A form can be written by anybody: what it merges into is looked up again."""
    issue(small_office, directive("Việc khác.", TRADE, due=by(date(2022, 10, 3))), number="2/TB-UBND")
    plan = preview_hand_over(small_office, FINANCE, TRADE, NOW)
    before = dump(small_office)
    for forged in (2, 3, 99):
        moving = tuple(replace(one, merges_into=forged) for one in plan.tasks)
        with pytest.raises(Refusal, match="xem trước lại"):
            carry(small_office, plan=replace(plan, tasks=moving))
    assert dump(small_office) == before


def test_a_task_that_the_new_lead_has_got_meanwhile_is_noticed(small_office: Engine) -> None:
    """Previewed as new; by now the new lead has the same task, so the two would be one."""
    shared = directive("Báo cáo tiến độ.", FINANCE, due=by(date(2022, 10, 3)))
    issue(small_office, shared, number="2/TB-UBND")  # GN-0003
    plan = preview_hand_over(small_office, FINANCE, TRADE, NOW, [3])
    issue(small_office, directive("Việc khác.", TRADE), number="3/TB-UBND")  # GN-0004
    change(small_office, Task, 4, directive_id=task(small_office, 3).directive_id)
    before = dump(small_office)
    with pytest.raises(Refusal, match="xem trước lại"):
        carry(small_office, plan=plan)
    assert dump(small_office) == before
    carry(small_office, plan=preview_hand_over(small_office, FINANCE, TRADE, NOW, [3]))
    assert (task(small_office, 3).status, task(small_office, 3).successor_id) == (TaskStatus.HANDED_OVER, 4)
