"""The six cells and the buckets: computed from dates, "trước ngày D" includes D."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.deadlines.classes import (
    class_of,
    class_without_pauses,
    days_to_due,
    deadline_class,
    extended,
    line,
    line_label,
    overdue_bucket,
)
from rules.facts import TaskFacts
from rules.vocabulary import DeadlineClass, TaskStatus

D = date(2022, 8, 31)
NEXT = D + timedelta(days=1)
C = DeadlineClass
TASK = TaskFacts(1, "GN-0001", "Việc", "stc", "Sở Tài chính", TaskStatus.IN_PROGRESS, date(2022, 8, 15), D)


@pytest.mark.parametrize(
    ("due", "submitted", "done", "today", "cell"),
    [
        (D, None, False, D, C.OPEN_IN_TIME),  # D itself is in time
        (D, None, False, NEXT, C.OVERDUE),
        (None, None, False, NEXT, C.OPEN_NO_DEADLINE),
        (D, D, True, NEXT, C.DONE_IN_TIME),
        (D, NEXT, True, NEXT, C.DONE_LATE),
        (None, D, True, NEXT, C.DONE_NO_DEADLINE),
        (D, D, False, NEXT, C.OPEN_IN_TIME),  # in time while it waits for confirmation
        (D, NEXT, False, NEXT, C.OVERDUE),
    ],
)
def test_the_six_cells(due: date | None, submitted: date | None, done: bool, today: date, cell: C) -> None:
    assert deadline_class(due, submitted, done, today) is cell


@pytest.mark.parametrize(
    ("late", "bucket"), [(1, "1-30"), (30, "1-30"), (31, "31-90"), (90, "31-90"), (91, ">90"), (999, ">90")]
)
def test_bucket_bounds(late: int, bucket: str) -> None:
    assert overdue_bucket(late) == bucket


def test_only_a_confirmed_task_is_done() -> None:
    done = {s: class_of(replace(TASK, status=s), D).value.startswith("done") for s in TaskStatus}
    assert [status for status, is_done in done.items() if is_done] == [TaskStatus.CONFIRMED]


def test_a_late_confirmation_does_not_make_a_result_late() -> None:
    task = replace(TASK, status=TaskStatus.CONFIRMED, submitted_on=D, confirmed_on=D + timedelta(days=40))
    assert class_of(task, D + timedelta(days=99)) is C.DONE_IN_TIME


def test_a_later_deadline_in_force_counts_and_the_first_one_stays() -> None:
    extended = replace(TASK, due_on=D + timedelta(days=10), original_due_on=D)
    assert class_of(extended, D + timedelta(days=5)) is C.OPEN_IN_TIME
    assert extended.original_due_on == D


@given(st.dates(), st.dates(), st.none() | st.dates(), st.sampled_from(TaskStatus))
def test_days_and_cell_tell_the_same(
    due: date, today: date, submitted: date | None, status: TaskStatus
) -> None:
    row = line(replace(TASK, due_on=due, submitted_on=submitted, status=status), today)
    assert row.days is not None
    assert (row.days < 0) is (row.deadline_class in (C.OVERDUE, C.DONE_LATE))


@given(st.dates(), st.none() | st.dates())
def test_no_deadline_has_no_days(today: date, submitted: date | None) -> None:
    task = replace(TASK, due_on=None, submitted_on=submitted)
    assert days_to_due(task, today) is None
    assert class_of(task, today) is C.OPEN_NO_DEADLINE


def test_done_in_time_after_an_extension_is_visible_as_such() -> None:
    later = replace(TASK, due_on=NEXT, due_unpaused_on=NEXT, original_due_on=D)
    done = replace(later, status=TaskStatus.CONFIRMED, submitted_on=NEXT)
    assert class_of(done, NEXT) is C.DONE_IN_TIME
    assert line_label(line(done, NEXT)) == "Hoàn thành đúng hạn sau gia hạn"
    assert line_label(line(later, D)) == "Đang thực hiện trong hạn (đã gia hạn)"
    assert line_label(line(later, NEXT + timedelta(days=1))) == "Quá hạn (đã gia hạn)"
    assert line_label(line(replace(done, original_due_on=NEXT), NEXT)) == "Hoàn thành đúng hạn"


def test_both_figures_with_and_without_the_pause() -> None:
    moved = replace(TASK, due_on=NEXT, due_unpaused_on=D, original_due_on=D, submitted_on=NEXT)
    assert (class_of(moved, NEXT), class_without_pauses(moved, NEXT)) == (C.OPEN_IN_TIME, C.OVERDUE)
    assert not extended(moved)  # a pause is no extension
    assert extended(replace(moved, due_unpaused_on=NEXT, due_on=NEXT + timedelta(days=1)))


def test_a_deadline_that_was_put_right_is_no_extension() -> None:
    right = replace(TASK, due_on=NEXT, due_unpaused_on=NEXT, original_due_on=D, corrected_due_on=NEXT)
    assert not extended(right)
    assert line_label(line(right, NEXT)) == "Đang thực hiện trong hạn"
    assert line_label(line(replace(right, status=TaskStatus.CONFIRMED, submitted_on=NEXT), NEXT)) == (
        "Hoàn thành đúng hạn"
    )
    assert not extended(replace(right, original_due_on=None))  # the issue had read no deadline at all
    later = NEXT + timedelta(days=1)
    assert extended(replace(right, due_on=later, due_unpaused_on=later))  # decided on afterwards


def test_while_it_is_paused_the_clock_stands_still() -> None:
    paused = replace(TASK, status=TaskStatus.PAUSED, paused_on=D)
    later = D + timedelta(days=60)
    assert (class_of(paused, later), days_to_due(paused, later)) == (C.OPEN_IN_TIME, 0)
    assert class_without_pauses(paused, later) is C.OVERDUE
    late = replace(paused, paused_on=NEXT)
    assert (class_of(late, later), days_to_due(late, later)) == (C.OVERDUE, -1)


@given(st.none() | st.dates(), st.none() | st.dates(), st.dates(), st.sampled_from(TaskStatus))
def test_without_pauses_both_figures_are_one(
    due: date | None, submitted: date | None, today: date, status: TaskStatus
) -> None:
    task = replace(TASK, due_on=due, due_unpaused_on=due, submitted_on=submitted, status=status)
    assert class_of(task, today) is class_without_pauses(task, today)
