"""Late and often urged tasks climb the ladder by the policy, each step once a deadline.

Seen to fail when a step is not remembered, when it is remembered across deadlines, and when all steps
that were jumped over are told.
"""

from datetime import date

from sqlalchemy.engine import Engine
from sqlmodel import Session

from config.act import by_clock
from config.policy_parts import Climbing, CountStep, TimeStep
from flows.actions.doors.task import Happening, find_task, perform
from flows.actions.escalation.escalate import answer_case, raise_case
from flows.actions.follow_up.follow_up import FollowUpReport, daily_follow_up
from flows.actions.tasks.replay import present, replay
from models.db import unit_of_work
from models.tables.crossings import TaskCrossing
from models.tables.outbox import OutboxLetter
from models.tables.tasks import Task, TaskEvent
from rules.outbox.payloads.keys import LetterKind
from rules.vocabulary import Actor, Answer, DeadlineCause, EventKind, Rung
from tests.cast import (
    CHAIR,
    DATED,
    DUE_ON,
    FINANCE,
    OPEN_ENDED,
    PLANNING,
    PROVINCE,
    act,
    act_on,
    at,
    by,
    decided,
    directive,
    issue,
    move_in,
    office,
    office_with,
    rows,
    task,
)
from tests.flows.escalation.test_escalation import FORM
from tests.flows.follow_up.test_follow_up import follow, pass_days
from tests.told import all_told


def crossings(engine: Engine) -> list[tuple[str, int, str, date]]:
    """Trigger, step, rung and day of every crossing so far."""
    found = rows(engine, TaskCrossing)
    return [(row.trigger.value, row.step, row.rung.value, row.crossed_on) for row in found]


def told(engine: Engine) -> list[tuple[str, str]]:
    """Key and reader of every report."""
    letters = rows(engine, OutboxLetter, OutboxLetter.kind == LetterKind.CROSSING)
    return [(letter.key, letter.agency_id) for letter in letters]


def move_deadline(engine: Engine, due_on: date, day: str) -> None:
    """As an extension does it."""
    with unit_of_work(engine) as session:
        moved = Happening(EventKind.DEADLINE_SET, changes={"due_on": due_on}, cause=DeadlineCause.EXTENSION)
        perform(session, find_task(session, 1), act(Actor.SECRETARIAT, at(day)), moved)


def under(climbing: Climbing, engine: Engine, day: str) -> FollowUpReport:
    policy = office().policy.model_copy(update={"climbing": climbing})
    return daily_follow_up(engine, by_clock(at(day, "06:00"), office_with(policy)))


def test_each_step_once_by_time_and_by_count(engine: Engine) -> None:
    issue(move_in(engine), DATED)
    pass_days(engine, "2022-11-30")
    assert crossings(engine) == [
        ("time", 1, "standing", date(2022, 9, 19)),  # more than ten working days after 31/8
        ("count", 1, "chair", date(2022, 9, 26)),  # the fourth urging
        ("time", 2, "chair", date(2022, 10, 3)),
        ("count", 2, "province", date(2022, 10, 10)),  # the sixth
        ("time", 3, "province", date(2022, 10, 31)),
    ]
    assert told(engine) == [
        (f"crossing:1:time:1:{DUE_ON}", PLANNING),
        (f"crossing:1:count:1:{DUE_ON}", CHAIR),
        (f"crossing:1:time:2:{DUE_ON}", CHAIR),
        (f"crossing:1:count:2:{DUE_ON}", PROVINCE),
        (f"crossing:1:time:3:{DUE_ON}", PROVINCE),
    ]


def test_a_crossing_is_an_event_and_history_gives_the_row_back(engine: Engine) -> None:
    issue(move_in(engine), DATED, OPEN_ENDED)
    pass_days(engine, "2022-10-10")
    events = rows(engine, TaskEvent, TaskEvent.kind == EventKind.CROSSED)
    assert events[0].note == (
        "Báo cáo Cơ quan thường trực Ban Chỉ đạo: quá hạn 19 ngày (hạn 31/08/2022), đã đôn đốc 3 lần."
    )
    assert events[0].data == {
        "trigger": "time", "step": 1, "rung": "standing", "changes": {"late_step": 1}
    }  # fmt: skip
    assert events[0].actor is Actor.CLOCK
    [letter] = rows(engine, OutboxLetter, OutboxLetter.key == f"crossing:1:time:1:{DUE_ON}")
    assert (letter.number, letter.due_on) == (1, DUE_ON)
    assert letter.data == {}
    with Session(engine) as session:
        for key in (1, 2):
            history = rows(engine, TaskEvent, TaskEvent.task_id == key)
            assert replay(history) == present(session.get_one(Task, key))


def test_after_downtime_only_the_highest_step_is_told(engine: Engine) -> None:
    issue(move_in(engine), DATED)
    follow(engine, "2022-08-24")
    assert follow(engine, "2022-11-07").crossed == (1,)
    assert crossings(engine) == [("time", 3, "province", date(2022, 11, 7))]
    before = decided(engine)
    follow(engine, "2022-11-07", "15:00")
    assert decided(engine) == before
    pass_days(engine, "2022-12-31", date(2022, 11, 8))
    assert [step for step in crossings(engine) if step[0] == "time"] == crossings(engine)[:1]


def test_a_later_deadline_arms_the_steps_again(engine: Engine) -> None:
    issue(move_in(engine), DATED)
    pass_days(engine, "2022-09-19")
    move_deadline(engine, date(2022, 9, 30), "2022-09-20")
    assert (task(engine).late_step, task(engine).count_step) == (0, 0)
    all_told(engine)
    pass_days(engine, "2022-10-17", date(2022, 9, 20))
    assert crossings(engine) == [
        ("time", 1, "standing", date(2022, 9, 19)),
        ("count", 1, "chair", date(2022, 10, 3)),  # the series goes on: the fourth urging
        ("time", 1, "standing", date(2022, 10, 17)),
        ("count", 2, "province", date(2022, 10, 17)),
    ]
    assert len({key for key, _ in told(engine)}) == 4


def test_a_step_that_comes_the_day_after_an_urging_is_told(sqlite_engine: Engine) -> None:
    """What was urged since the day before is looked at again: a new policy, or the machine away at noon."""
    issue(move_in(sqlite_engine), DATED)
    under(Climbing(by_time=[], by_count=[]), sqlite_engine, "2022-09-05")
    step = Climbing(by_time=[], by_count=[CountStep(urgings=1, to=Rung.CHAIR)])
    assert under(step, sqlite_engine, "2022-09-06").urged == ()
    assert crossings(sqlite_engine) == [("count", 1, "chair", date(2022, 9, 6))]


def test_an_extended_task_is_not_reported_before_it_is_late_again(sqlite_engine: Engine) -> None:
    """Urged for the fourth time and extended on one day: the next morning looks at that urging once more."""
    issue(move_in(sqlite_engine), DATED)
    pass_days(sqlite_engine, "2022-09-26")
    before = crossings(sqlite_engine)
    assert before[-1][:2] == ("count", 1)
    move_deadline(sqlite_engine, date(2022, 10, 14), "2022-09-26")
    pass_days(sqlite_engine, "2022-10-14", date(2022, 9, 27))
    assert crossings(sqlite_engine) == before


def test_an_earlier_deadline_that_was_crossed_before_is_not_told_twice(engine: Engine) -> None:
    issue(move_in(engine), DATED)
    pass_days(engine, "2022-09-19")
    move_deadline(engine, date(2022, 9, 30), "2022-09-20")
    move_deadline(engine, DUE_ON, "2022-09-21")
    pass_days(engine, "2022-09-23", date(2022, 9, 21))
    assert crossings(engine) == [("time", 1, "standing", date(2022, 9, 19))]


def test_a_paused_task_climbs_only_after_its_pause(sqlite_engine: Engine) -> None:
    issue(move_in(sqlite_engine), DATED)
    follow(sqlite_engine, "2022-09-05")
    raise_case(sqlite_engine, 1, FORM, act_on(sqlite_engine, 1, Actor.LEAD, at("2022-09-05")))
    follow(sqlite_engine, "2022-09-19")
    assert crossings(sqlite_engine) == []
    answer_case(
        sqlite_engine,
        1,
        Answer.RETURN,
        "Trả lại.",
        act(Actor.LEADER, at("2022-09-20"), capacity="Trưởng ban"),
    )
    pass_days(sqlite_engine, "2022-12-31", date(2022, 9, 20))
    met = crossings(sqlite_engine)
    assert [step[:2] for step in met if step[0] == "time"] == [("time", 1), ("time", 2), ("time", 3)]
    assert len({step[:2] for step in met}) == len(met)


def test_nobody_is_told_of_their_own_delay(sqlite_engine: Engine) -> None:
    issue(move_in(sqlite_engine), directive("Việc.", PLANNING, due=by(DUE_ON)))
    pass_days(sqlite_engine, "2022-09-19")
    assert told(sqlite_engine) == [(f"crossing:1:time:1:{DUE_ON}", CHAIR)]
    assert crossings(sqlite_engine) == [("time", 1, "chair", date(2022, 9, 19))]


def test_a_new_policy_tells_what_it_adds_and_rewrites_nothing(sqlite_engine: Engine) -> None:
    issue(move_in(sqlite_engine), DATED)
    pass_days(sqlite_engine, "2022-09-23")
    before = crossings(sqlite_engine)
    steps = [TimeStep(after=2, to=Rung.STANDING), TimeStep(after=12, to=Rung.PROVINCE)]
    under(
        Climbing(by_time=steps, by_count=[CountStep(urgings=3, to=Rung.CHAIR)]), sqlite_engine, "2022-09-26"
    )
    assert crossings(sqlite_engine) == [
        *before,
        ("time", 2, "province", date(2022, 9, 26)),
        ("count", 1, "chair", date(2022, 9, 26)),
    ]


def test_of_several_steps_by_count_at_once_only_the_highest_is_told(sqlite_engine: Engine) -> None:
    issue(move_in(sqlite_engine), DATED)
    nobody = Climbing(by_time=[], by_count=[])
    for day in ("2022-09-05", "2022-09-12"):
        under(nobody, sqlite_engine, day)
    steps = [CountStep(urgings=2, to=Rung.CHAIR), CountStep(urgings=3, to=Rung.PROVINCE)]
    under(Climbing(by_time=[], by_count=steps), sqlite_engine, "2022-09-19")
    assert crossings(sqlite_engine) == [("count", 2, "province", date(2022, 9, 19))]


def test_a_policy_without_steps_tells_nobody(sqlite_engine: Engine) -> None:
    issue(move_in(sqlite_engine), DATED)
    report = under(Climbing(by_time=[], by_count=[]), sqlite_engine, "2022-11-07")
    assert (report.urged, report.crossed) == ((1,), ())
    assert rows(sqlite_engine, OutboxLetter, OutboxLetter.agency_id == FINANCE)
