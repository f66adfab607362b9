"""Which letter a task is due on a day; and that the sweep's query asks for the same tasks as the rule."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy.engine import Engine
from sqlmodel import Session

from models.open_tasks import tasks_in
from models.task_facts import facts, task_query
from models.tasks import Task
from rules.facts import TaskFacts
from rules.reminders import Rhythm, due_notice, next_review, windows
from rules.vocabulary import AWAITED, LetterKind, TaskStatus
from tests.cast import directive as order
from tests.cast import issue, move_in, office

CALENDAR, RHYTHM = office().calendar, Rhythm()
DUE = date(2022, 8, 31)
TASK = TaskFacts(1, "GN-0001", "Việc", "stc", "Sở Tài chính", TaskStatus.ACCEPTED, date(2022, 8, 15), DUE)
DAYS = st.dates(date(2022, 7, 1), date(2022, 11, 30))
REMIND, URGE, REVIEW = LetterKind.REMINDER, LetterKind.URGING, LetterKind.REVIEW


def notice(task: TaskFacts, today: date) -> tuple[LetterKind, int] | None:
    return due_notice(task, windows(today, RHYTHM, CALENDAR))


@st.composite
def tasks(draw: st.DrawFn, key: int = 1, days: st.SearchStrategy[date] = DAYS) -> TaskFacts:
    """Any task the rule may meet: with or without deadline, urged or not, in any status."""
    due = draw(st.none() | days)
    urged = draw(st.integers(0, 4)) if due else 0
    return replace(
        TASK,
        id=key,
        status=draw(st.sampled_from([*TaskStatus, *AWAITED])),
        due_on=due,
        original_due_on=due,
        review_on=None if due else draw(st.none() | days),
        urged=urged,
        last_urged_on=draw(days) if urged else None,
    )


@st.composite
def mornings(draw: st.DrawFn) -> tuple[date, list[TaskFacts]]:
    """A day, and tasks whose own days lie close enough to it to stand on every edge of a window."""
    today = draw(DAYS)
    near = st.integers(-12, 12).map(lambda n: today + timedelta(days=n))
    return today, [draw(tasks(key, near)) for key in range(10, 10 + draw(st.integers(5, 25)))]


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2022-08-23", None),
        ("2022-08-24", (REMIND, 5)),
        ("2022-08-25", None),
        ("2022-08-26", (REMIND, 3)),
        ("2022-08-28", None),  # Sunday
        ("2022-08-30", (REMIND, 1)),
        ("2022-08-31", (REMIND, 0)),
        ("2022-09-01", None),  # holiday
        ("2022-09-04", None),
        ("2022-09-05", (URGE, 1)),  # first working day after
    ],
)
def test_the_days_before_and_after_a_deadline(today: str, expected: tuple[LetterKind, int] | None) -> None:
    assert notice(TASK, date.fromisoformat(today)) == expected


def test_a_deadline_on_a_day_off_is_recalled_on_the_working_day_before() -> None:
    holiday = replace(TASK, due_on=date(2022, 9, 2))
    assert notice(holiday, date(2022, 8, 30)) == (REMIND, 1)
    assert notice(holiday, date(2022, 8, 31)) == (REMIND, 0)
    assert notice(holiday, date(2022, 9, 5)) == (URGE, 1)


def test_urging_is_numbered_every_five_working_days() -> None:
    task, urged_on, day = TASK, [], DUE
    while len(urged_on) < 3:
        day += timedelta(days=1)
        if due := notice(task, day):
            assert due == (URGE, len(urged_on) + 1)
            urged_on.append(day)
            task = replace(task, urged=due[1], last_urged_on=day)
    assert urged_on == [date(2022, 9, 5), date(2022, 9, 12), date(2022, 9, 19)]


def test_a_task_without_deadline_is_reviewed_from_its_day_on() -> None:
    task = replace(TASK, due_on=None, review_on=date(2022, 9, 3))  # Saturday
    assert notice(task, date(2022, 9, 3)) is None
    assert notice(task, date(2022, 9, 5)) == (REVIEW, 0)
    assert next_review(date(2022, 9, 5), RHYTHM) == date(2022, 10, 5)


@given(tasks(), DAYS)
def test_nothing_on_days_off_and_nothing_for_who_owes_nothing(task: TaskFacts, today: date) -> None:
    if not CALENDAR.is_working(today) or task.status not in AWAITED:
        assert notice(task, today) is None


@given(st.dates(date(2022, 7, 1), date(2022, 11, 30)))
def test_every_deadline_meets_each_step_on_exactly_one_day(due: date) -> None:
    task = replace(TASK, due_on=due)
    days = [due - timedelta(days=n) for n in range(20)]
    met = [found[1] for day in days if (found := notice(task, day))]
    assert sorted(met) == [0, 1, 3, 5]


@given(tasks(), DAYS)
def test_an_overdue_task_is_never_silent_for_long(task: TaskFacts, today: date) -> None:
    overdue = task.due_on is not None and task.due_on < today and task.status in AWAITED
    rested = task.last_urged_on is None or CALENDAR.between(task.last_urged_on, today) >= RHYTHM.urge_every
    expected = (URGE, task.urged + 1) if overdue and rested and CALENDAR.is_working(today) else None
    found = notice(task, today)
    assert (found if found and found[0] is URGE else None) == expected


@pytest.fixture
def peopled(engine: Engine) -> Engine:
    """A database with one directive for tasks to belong to."""
    move_in(engine)
    issue(engine, order("Việc.", "stc"))
    return engine


def _insert(session: Session, wanted: list[TaskFacts]) -> None:
    columns = ("id", "status", "due_on", "review_on", "urged", "last_urged_on", "assigned_on", "agency_id")
    rows = [
        {name: getattr(task, name) for name in columns}
        | {"directive_id": 1, "occurrence": task.id, "due_set_on": task.assigned_on}
        for task in wanted
    ]
    session.execute(sa.insert(Task), [row | {"title": "Việc", "version": 0} for row in rows])


@hypothesis_settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(mornings())
def test_the_query_and_the_rule_agree(peopled: Engine, morning: tuple[date, list[TaskFacts]]) -> None:
    check_agreement(peopled, *morning)


@pytest.mark.parametrize("day", ["2022-08-24", "2022-08-26", "2022-08-31", "2022-09-01", "2022-09-05"])
def test_they_agree_on_every_edge(peopled: Engine, day: str) -> None:
    today = date.fromisoformat(day)
    near = [today + timedelta(days=n) for n in range(-10, 11)]
    grid = [replace(TASK, due_on=due, last_urged_on=last) for due in near for last in (None, *near[:11])]
    grid += [replace(TASK, due_on=None, review_on=review) for review in (None, *near)]
    grid += [replace(TASK, due_on=due, status=status) for due in near for status in TaskStatus]
    check_agreement(peopled, today, [replace(task, id=key) for key, task in enumerate(grid, start=10)])


def check_agreement(peopled: Engine, today: date, wanted: list[TaskFacts]) -> None:
    """What the query finds is all that the rule has something to say about."""
    when = windows(today, RHYTHM, CALENDAR)
    with Session(peopled) as session:  # never committed
        _insert(session, wanted)
        asked = {task.id: due_notice(task, when) for task in tasks_in(session, when)}
        everything = {task.id: due_notice(task, when) for task in facts(session, task_query())}
        session.rollback()
    assert {key: found for key, found in asked.items() if found} == {
        key: found for key, found in everything.items() if found
    }
    assert set(asked) <= {task.id for task in wanted if task.status in AWAITED} | {1}
