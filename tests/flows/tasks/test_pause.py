"""A pause stops the clock of a deadline; both figures are kept, and one story over the holidays."""

from datetime import date

import pytest
from sqlalchemy.engine import Engine

from config.act import by_clock
from flows.actions.escalation.escalate import answer_case, raise_case
from flows.actions.follow_up.follow_up import daily_follow_up
from flows.actions.tasks.pause import pause, resume
from models.tables.outbox import OutboxLetter
from models.tables.tasks import DeadlineChange, Task
from rules.refusal import NotAllowed
from rules.vocabulary import Actor, Answer, DeadlineCause, TaskStatus
from tests.cast import (
    DATED,
    DUE_ON,
    OPEN_ENDED,
    act,
    act_on,
    at,
    change,
    dump,
    issue,
    move_in,
    office,
    rows,
    task,
)
from tests.flows.escalation.test_escalation import FORM

A, S = Actor, TaskStatus


@pytest.fixture
def at_work(engine: Engine) -> Engine:
    """GN-0001, due Wednesday 31/8/2022, the eve of two days off."""
    issue(move_in(engine), DATED, OPEN_ENDED)
    return engine


@pytest.fixture
def small_office(sqlite_engine: Engine) -> Engine:
    issue(move_in(sqlite_engine), DATED, OPEN_ENDED)
    return sqlite_engine


def rest(engine: Engine, first: str, last: str, task_id: int = 1) -> date | None:
    pause(engine, task_id, "Chờ Bộ hướng dẫn", act(A.SECRETARIAT, at(first)))
    assert task(engine, task_id).status is S.PAUSED
    return resume(engine, task_id, "Đã có hướng dẫn", act(A.SECRETARIAT, at(last)))


def test_the_deadline_moves_by_the_working_days_lost(at_work: Engine) -> None:
    # Monday 22/8 to Friday 26/8: four working days; 31/8 + 4 over the holidays is Thursday 8/9.
    assert rest(at_work, "2022-08-22", "2022-08-26") == date(2022, 9, 8)
    row = task(at_work)
    assert (row.due_on, row.due_unpaused_on, row.original_due_on) == (date(2022, 9, 8), DUE_ON, DUE_ON)
    assert (row.paused_on, row.paused_from, row.status) == (None, None, S.IN_PROGRESS)
    change_ = rows(at_work, DeadlineChange, DeadlineChange.task_id == 1)[-1]
    assert (change_.cause, change_.old_due_on, change_.due_on) == (DeadlineCause.PAUSE, DUE_ON, row.due_on)


def test_two_pauses_add_up_and_the_unpaused_day_stays(small_office: Engine) -> None:
    rest(small_office, "2022-08-22", "2022-08-23")
    assert rest(small_office, "2022-08-25", "2022-08-29") == date(2022, 9, 7)
    assert task(small_office).due_unpaused_on == DUE_ON


@pytest.mark.parametrize(("first", "last"), [("2022-08-22", "2022-08-22"), ("2022-08-19", "2022-08-21")])
def test_a_pause_without_a_working_day_moves_nothing(small_office: Engine, first: str, last: str) -> None:
    assert rest(small_office, first, last) == DUE_ON
    assert len(rows(small_office, DeadlineChange, DeadlineChange.task_id == 1)) == 1


def test_what_has_no_deadline_gets_none_by_resting(small_office: Engine) -> None:
    assert rest(small_office, "2022-08-22", "2022-09-26", task_id=2) is None


def test_a_later_day_arms_the_steps_of_climbing_again(small_office: Engine) -> None:
    change(small_office, Task, 1, late_step=2, count_step=1)
    rest(small_office, "2022-09-20", "2022-09-30")
    assert (task(small_office).late_step, task(small_office).count_step) == (0, 0)


def test_nobody_is_reminded_meanwhile(small_office: Engine) -> None:
    pause(small_office, 1, "Chờ Bộ hướng dẫn", act(A.LEADER, at("2022-08-22")))
    before = len(rows(small_office, OutboxLetter))
    for day in ("2022-08-24", "2022-08-31", "2022-09-05", "2022-09-12"):
        daily_follow_up(small_office, by_clock(at(day, "07:00"), office()))
    assert len(rows(small_office, OutboxLetter)) == before


@pytest.mark.parametrize(
    ("reason", "actor", "said"),
    [(" ", A.SECRETARIAT, "cần ghi nội dung"), ("Bận", A.LEAD, "không có quyền «Tạm dừng")],
)
def test_what_is_no_pause(small_office: Engine, reason: str, actor: Actor, said: str) -> None:
    before = dump(small_office)
    with pytest.raises(NotAllowed, match=said):
        pause(small_office, 1, reason, act_on(small_office, 1, actor, at("2022-08-22")))
    assert dump(small_office) == before


def test_only_a_paused_task_goes_on(small_office: Engine) -> None:
    with pytest.raises(NotAllowed, match="không thể «Tiếp tục thực hiện»"):
        resume(small_office, 1, "", act(A.SECRETARIAT, at("2022-08-22")))


def test_what_waits_for_a_decision_goes_on_by_the_decision(small_office: Engine) -> None:
    raise_case(small_office, 1, FORM, act_on(small_office, 1, A.LEAD, at("2022-08-16")))
    with pytest.raises(NotAllowed, match="việc trình số 1"):
        resume(small_office, 1, "", act(A.SECRETARIAT, at("2022-08-22")))


@pytest.mark.parametrize(
    ("reply", "named", "due", "cause"),
    [
        # raised on Tuesday 16/8, answered on Thursday 18/8
        (Answer.DECIDE, None, date(2022, 9, 6), DeadlineCause.PAUSE),
        (Answer.DECIDE, date(2022, 9, 30), date(2022, 9, 30), DeadlineCause.DECISION),
        (Answer.RETURN, None, DUE_ON, DeadlineCause.ISSUED),
    ],
)
def test_an_accepted_case_gives_back_the_days_that_it_waited(
    small_office: Engine, reply: Answer, named: date | None, due: date, cause: DeadlineCause
) -> None:
    raise_case(small_office, 1, FORM, act_on(small_office, 1, A.LEAD, at("2022-08-16")))
    answer_case(
        small_office, 1, Answer.PASS_UP, "Kính trình.", act(Actor.LEADER, at("2022-08-17"), capacity="")
    )
    answer_case(
        small_office, 1, reply, "Ý kiến.", act(Actor.LEADER, at("2022-08-18"), capacity="Trưởng ban"), named
    )
    assert task(small_office).due_on == due
    assert rows(small_office, DeadlineChange, DeadlineChange.task_id == 1)[-1].cause is cause


@pytest.mark.parametrize(
    ("named", "day", "said"),
    [
        (DUE_ON, "2022-08-18", r"phải sau thời hạn hiện hành \(31/08/2022\)"),
        (date(2022, 8, 26), "2022-08-18", r"phải sau thời hạn hiện hành \(31/08/2022\)"),
        (date(2022, 9, 7), "2022-09-08", r"\(07/09/2022\) đã qua"),
    ],
)
def test_a_decision_names_a_later_day_that_is_still_ahead(
    small_office: Engine, named: date, day: str, said: str
) -> None:
    raise_case(small_office, 1, FORM, act_on(small_office, 1, A.LEAD, at("2022-08-16")))
    answer_case(
        small_office, 1, Answer.PASS_UP, "Kính trình.", act(Actor.LEADER, at("2022-08-17"), capacity="")
    )
    before = dump(small_office)
    with pytest.raises(NotAllowed, match=said):
        answer_case(
            small_office,
            1,
            Answer.DECIDE,
            "Ý kiến.",
            act(Actor.LEADER, at(day), capacity="Trưởng ban"),
            named,
        )
    assert dump(small_office) == before
