"""Which letter a task is due on a day.

``tests/models/follow_up/test_sweep.py`` holds the sweep's SQL to it.
"""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.facts import TaskFacts
from rules.follow_up.reminders import due_notice, next_review, windows
from rules.outbox.payloads.keys import LetterKind
from rules.vocabulary import AWAITED, TaskStatus
from tests.cast import office

CALENDAR, RHYTHM = office().calendar, replace(office().policy.rhythm, climb=())
DUE = date(2022, 8, 31)
TASK = TaskFacts(1, "GN-0001", "Việc", "stc", "Sở Tài chính", TaskStatus.ACCEPTED, date(2022, 8, 15), DUE)
DAYS = st.dates(date(2022, 7, 1), date(2022, 11, 30))
REMIND, URGE, REVIEW = LetterKind.REMINDER, LetterKind.URGING, LetterKind.REVIEW


LONG_AGO = date(2022, 3, 1)


def notice(
    task: TaskFacts, today: date, sent: int | None = None, told: date | None = LONG_AGO
) -> tuple[LetterKind, int] | None:
    return due_notice(task, windows(today, RHYTHM, CALENDAR), sent, told)


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


@pytest.mark.parametrize(
    ("today", "sent", "expected"),
    [
        ("2022-08-23", None, None),
        ("2022-08-24", None, (REMIND, 5)),
        ("2022-08-25", 5, None),
        ("2022-08-25", None, (REMIND, 5)),  # nobody looked on the 24th: late, once
        ("2022-08-26", 5, (REMIND, 3)),
        ("2022-08-26", None, (REMIND, 3)),  # of two that were missed only the nearest
        ("2022-08-28", 3, None),  # Sunday
        ("2022-08-30", 3, (REMIND, 1)),
        ("2022-08-31", 1, (REMIND, 0)),
        ("2022-09-01", 0, None),  # holiday
        ("2022-09-04", 0, None),
        ("2022-09-05", 0, (URGE, 1)),  # first working day after
    ],
)
def test_the_days_before_and_after_a_deadline(
    today: str, sent: int | None, expected: tuple[LetterKind, int] | None
) -> None:
    assert notice(TASK, date.fromisoformat(today), sent) == expected


def test_a_deadline_on_a_day_off_is_recalled_on_the_working_day_before() -> None:
    holiday = replace(TASK, due_on=date(2022, 9, 2))
    assert notice(holiday, date(2022, 8, 30)) == (REMIND, 1)
    assert notice(holiday, date(2022, 8, 31)) == (REMIND, 0)
    assert notice(holiday, date(2022, 9, 5)) == (URGE, 1)


@pytest.mark.parametrize(
    ("told", "first"),
    [
        ("2022-08-15", "2022-09-05"),
        ("2022-08-31", "2022-09-05"),  # on its last day: before the first working day after it
        ("2022-09-05", "2022-09-12"),  # on the very morning
        ("2022-09-06", "2022-09-13"),
        (None, None),
    ],
)
def test_urging_begins_once_the_lead_could_know(told: str | None, first: str | None) -> None:
    known = date.fromisoformat(told) if told else None
    urged = [day for n in range(1, 40) if notice(TASK, day := DUE + timedelta(days=n), told=known)]
    assert (str(urged[0]) if urged else None) == first


@given(DAYS, DAYS)
def test_a_step_after_the_letter_that_came_too_late(due: date, told: date) -> None:
    """Told on a working day: before the first working day after the deadline, or a step later."""
    told = CALENDAR.on_or_after(told)
    first = CALENDAR.add(due, 1)
    expected = first if told < first else CALENDAR.add(told, RHYTHM.urge_every)
    late = replace(TASK, due_on=due)
    asked = (due + timedelta(days=n) for n in range(1, 200))
    assert next(day for day in asked if notice(late, day, told=told)) == expected


def test_a_later_urging_presupposes_the_deadline_in_force_too() -> None:
    """Urged by an earlier deadline, which was moved into the past since: the new one must be told first."""
    urged = replace(TASK, urged=1, last_urged_on=date(2022, 9, 5))
    assert notice(urged, date(2022, 9, 12)) == (URGE, 2)
    assert notice(urged, date(2022, 9, 12), told=None) is None
    assert notice(urged, date(2022, 9, 12), told=date(2022, 9, 7)) is None
    assert notice(urged, date(2022, 9, 14), told=date(2022, 9, 7)) == (URGE, 2)


@pytest.mark.parametrize(
    ("ends", "asked"), [(date(2022, 9, 4), False), (date(2022, 9, 5), False), (date(2022, 9, 6), True)]
)
def test_from_its_last_day_on_a_body_is_asked_for_nothing(ends: date, asked: bool) -> None:
    assert (notice(replace(TASK, agency_ends_on=ends), date(2022, 9, 5)) is not None) is asked


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


@given(tasks(), DAYS)
def test_an_overdue_task_is_never_silent_for_long(task: TaskFacts, today: date) -> None:
    overdue = task.due_on is not None and task.due_on < today and task.status in AWAITED
    rested = task.last_urged_on is None or CALENDAR.between(task.last_urged_on, today) >= RHYTHM.urge_every
    expected = (URGE, task.urged + 1) if overdue and rested and CALENDAR.is_working(today) else None
    found = notice(task, today)
    assert (found if found and found[0] is URGE else None) == expected
