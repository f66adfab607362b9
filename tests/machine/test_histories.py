"""The laws of the machine on histories that are told: in each, the break that a law names shows at once.

The search of ``test_office.py`` finds what nobody thought of, but fifteen short examples need not meet a
task that is ten working days late. These do, one after another, and look at every law after each step.
"""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from models.db import open_database
from models.tables.crossings import TaskCrossing
from models.tables.documents import Directive, Document
from models.tables.tasks import DeadlineChange, Task, TaskEvent, Urging
from rules.vocabulary import DeadlineCause, TaskStatus
from tests.cast import FINANCE, TRADE, rows
from tests.installations import another_installation
from tests.machine.office_machine import CLOCKS, POINTS, OfficeMachine
from tests.machine.watch import AWAY, GONE, LOST

LAWS = (
    OfficeMachine.history_replays_to_the_present,
    OfficeMachine.no_move_outside_the_table,
    OfficeMachine.nothing_wrong_was_sent,
    OfficeMachine.a_deadline_moves_by_decision_only,
    OfficeMachine.nothing_is_provisional_once_the_notice_is_used,
    OfficeMachine.each_task_is_reminded_or_a_row_says_why_not,
    OfficeMachine.nothing_is_shown_as_sent_that_nobody_took,
    OfficeMachine.no_letter_is_lost,
    OfficeMachine.nobody_is_urged_who_could_not_know,
    OfficeMachine.no_deadline_is_kept_from_its_lead,
    OfficeMachine.an_ended_body_is_asked_for_nothing_and_raised,
)
Office = OfficeMachine
Step = Callable[[Office], object]


@pytest.fixture
def told(_migrated_sqlite: Path, tmp_path: Path) -> Callable[..., Office]:
    """``told(step, step...)``: the office after these steps; every law was looked at after each."""

    class Here(OfficeMachine):
        def open_office(self) -> Engine:
            path = shutil.copyfile(_migrated_sqlite, tmp_path / "office.db")
            return open_database(another_installation(f"sqlite:///{path}"))

    def tell(*steps: Step) -> Office:
        office = Here()
        office.first_morning()
        for step in steps:
            step(office)
            office._read = {}
            for law in LAWS:
                law(office)
        office.no_page_breaks()
        return office

    return tell


def weeks(count: int) -> list[Step]:
    return [lambda office: office.an_ordinary_week(5)] * count


def act(name: str, pick: int = 1, which: int = 0) -> Step:
    return lambda office: office.somebody_acts(name, which, pick)


def passes(days: int, clock: str = "09:10") -> Step:
    return lambda office: office.time_passes(days, clock)


def tick(office: Office) -> None:
    office.tick()


def changes(office: Office) -> int:
    """How often the deadline of the first task was set."""
    return len(rows(office.engine, DeadlineChange, DeadlineChange.task_id == 1))


def test_nobody_answers_for_months(told: Callable[..., Office]) -> None:
    soon: list[Step] = [lambda o, n=n: o.a_document_is_issued(n, TRADE) for n in (1, 2)]
    office = told(*soon, *weeks(14))
    assert {(row.trigger.value, row.step) for row in rows(office.engine, TaskCrossing)} >= {
        ("time", 1), ("time", 2), ("count", 1), ("count", 2),
    }  # fmt: skip
    assert any(task.due_on is None and task.version for task in rows(office.engine, Task))  # reviewed


@pytest.mark.parametrize("end", ["resume", "answer from above"])
def test_a_task_rests_and_goes_on(told: Callable[..., Office], end: str) -> None:
    begin = "pause" if end == "resume" else "ask upward"
    pass_up = [act(end, 2)] if end != "resume" else []  # the standing agency does not decide
    office = told(
        *weeks(1), act("report", 40), act(begin), *weeks(2), *pass_up, act(end, 0), *weeks(2),
        act("submit"), act("return"), act("submit"), act("confirm"), *weeks(1),
    )  # fmt: skip
    assert rows(office.engine, Task)[0].status is TaskStatus.CONFIRMED
    assert changes(office) == 2  # issued, and what the rest gave back


def test_more_time_is_asked_for_and_given(told: Callable[..., Office]) -> None:
    office = told(
        act("ask for more time", 9), act("propose another date", 5), act("accept the proposal"),
        *weeks(1), act("ask for more time", 12), act("decide on more time", 1), *weeks(4),
    )  # fmt: skip
    assert changes(office) == 3


def test_a_body_is_merged_and_its_task_goes_on(told: Callable[..., Office]) -> None:
    office = told(*weeks(1), act("merge", 1), *weeks(2), act("hand over", 2, which=1), *weeks(3))
    assert [task.status.value for task in rows(office.engine, Task)][:2] == ["handed_over"] * 2


@pytest.mark.parametrize("days", [-3, 0, 4])
def test_a_body_ends_with_a_full_desk(told: Callable[..., Office], days: int) -> None:
    """Late work, a monthly duty, a document that comes afterwards; then it is handed over."""
    office = told(
        lambda o: o.a_document_is_issued(2, TRADE), *weeks(1), lambda o: o.a_body_ends(TRADE, days),
        *weeks(1), lambda o: o.a_document_is_issued(9, TRADE), *weeks(3), act("merge", 0, which=2), *weeks(2),
    )  # fmt: skip
    assert any(task.status is TaskStatus.HANDED_OVER for task in rows(office.engine, Task))


def test_a_body_ends_while_its_letters_wait(told: Callable[..., Office]) -> None:
    told(
        lambda o: o.the_post_changes(AWAY), *weeks(2), lambda o: o.a_body_ends(FINANCE, 0),
        lambda o: o.the_post_changes(GONE), *weeks(1),
    )  # fmt: skip


def test_what_was_issued_wrongly_is_mended(told: Callable[..., Office]) -> None:
    """Every field is put right, a result is confirmed by mistake, a task is urged before its time."""
    fields = [act("correct", pick) for pick in (0, 2, 3, 4, 6, 5)]
    office = told(
        *weeks(1), act("urge by hand"), *fields, *weeks(1), act("submit"), act("confirm"), act("reopen"),
        *weeks(1), act("return"), act("urge by hand"), act("correct", 7), *weeks(2),
    )  # fmt: skip
    kinds = {event.kind.value for event in rows(office.engine, TaskEvent)}
    assert kinds >= {"corrected", "reopened", "returned", "urged", "taken_over"}


def test_a_document_is_added_to_and_then_taken_back(told: Callable[..., Office]) -> None:
    """Also while its letters wait, and its monthly duty opens nothing more."""
    office = told(
        lambda o: o.a_document_is_issued(5, TRADE), *weeks(1), act("add what was forgotten", 7, which=3),
        lambda o: o.the_post_changes(AWAY), *weeks(1), act("recall", which=3),
        lambda o: o.the_post_changes(GONE), *weeks(9),
    )  # fmt: skip
    paper = rows(office.engine, Document)[1]
    assert paper.state.value == "recalled"
    theirs = rows(office.engine, Directive, Directive.document_id == paper.id)
    mine = rows(office.engine, Task, Task.directive_id.in_([one.id for one in theirs]))
    assert {task.status for task in mine} == {TaskStatus.WITHDRAWN}


@pytest.mark.parametrize("end", ["withdraw", "hand over", "submit", "recall", "correct"])
def test_it_is_done_while_its_letter_waits(told: Callable[..., Office], end: str) -> None:
    told(passes(1), tick, lambda o: o.done_while_its_letter_waits(end, 0), *weeks(2))


def test_the_office_is_asked_at_every_hour_of_many_days(told: Callable[..., Office]) -> None:
    """Something new each time, over the weekends and the holidays of 1 and 2 September."""
    asked = [step for clock in CLOCKS * 2 for step in (act("report", 9), passes(1, clock), act("submit"),
             tick, act("return"), tick)]  # fmt: skip
    told(lambda o: o.a_document_is_issued(9, TRADE), *weeks(1), *asked)


def test_every_sweep_dies_once(told: Callable[..., Office]) -> None:
    died = [step for point in sorted(POINTS) for step in _dies(point)]
    told(*died, *weeks(1), *died, *died)


def _dies(point: str) -> tuple[Step, Step, Step]:
    return (lambda o: o.tick_dies(point)), (lambda o: o.tick_twice()), passes(1, "07:30")


def test_letters_are_lost_on_their_way(told: Callable[..., Office]) -> None:
    lost: list[Step] = []
    for reply in (LOST, GONE, AWAY, LOST, GONE):
        lost += [lambda o, reply=reply: o.the_post_changes(reply), passes(3, "07:30"), tick, passes(1), tick]
    told(lambda o: o.a_letter_dies_on_its_way(), *lost, lambda o: o.a_letter_dies_on_its_way(), *weeks(2))


@pytest.mark.parametrize("days", [16, 61])
def test_the_clock_leaps_over_a_deadline(told: Callable[..., Office], days: int) -> None:
    def leap(office: Office) -> None:
        office.the_clock_leaps_and_comes_back(days, 2)

    told(*weeks(1), leap, *weeks(2), leap, *weeks(1))


def test_a_holiday_is_announced_over_a_step(told: Callable[..., Office]) -> None:
    told(lambda o: o.a_document_is_issued(12, FINANCE), lambda o: o.a_holiday_is_announced(2, 4), *weeks(3))


def test_a_conclusion_comes_after_its_deadline(told: Callable[..., Office]) -> None:
    """Due tomorrow, typed in tonight, and nobody delivers before the morning after."""
    late: list[Step] = [passes(0, "18:00"), lambda o: o.a_document_is_issued(1, TRADE), passes(3, "23:30")]
    office = told(*weeks(1), *late, *weeks(3))
    assert rows(office.engine, Urging)


def test_an_event_gets_its_day_and_another_one(told: Callable[..., Office]) -> None:
    waits: list[Step] = [lambda o: o.a_document_waits_for_an_event(FINANCE), *weeks(1)]
    for ago in (3, 1, 13, -9, 20):
        waits += [lambda o, ago=ago: o.the_event_gets_a_day(ago), *weeks(1)]
    office = told(*waits, *weeks(4))
    assert len(rows(office.engine, DeadlineChange, DeadlineChange.cause == DeadlineCause.CORRECTION)) == 4


def test_notices_come_and_change(told: Callable[..., Office]) -> None:
    """The second task is given more time before the notice, so it keeps its day."""
    counts: list[Step] = [lambda o: o.a_document_counts_working_days(20)] * 2
    office = told(
        *counts, tick, act("ask for more time", 9, which=4), act("decide on more time", 1, which=4),
        *weeks(1), lambda o: o.the_notice_comes(3, 2), *weeks(1), lambda o: o.a_holiday_is_announced(4, 1),
        *weeks(4),
    )  # fmt: skip
    causes = [change.cause for change in rows(office.engine, DeadlineChange)]
    assert causes.count(DeadlineCause.CALENDAR) == 2
    assert causes.count(DeadlineCause.EXTENSION) == 1
