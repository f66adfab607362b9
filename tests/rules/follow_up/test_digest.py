"""The leadership digest: every row once, counts equal rows, nothing of a closed task."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from config.committee import Policy
from flows.actions.follow_up.digest import counts_of
from rules.deadlines.classes import class_of
from rules.facts import CaseFacts, Digest, TaskFacts, TaskLine
from rules.follow_up.digest import DigestMatter, build_digest, league, months_before
from rules.vocabulary import CLOSED, DeadlineClass, Rung, TaskStatus

TODAY = date(2022, 12, 19)
WINDOWS = Policy().digest_windows
S = TaskStatus
TASK = TaskFacts(1, "GN-0001", "Việc", "stc", "Sở Tài chính", S.IN_PROGRESS, date(2022, 12, 1))
DAYS = st.integers(-200, 40).map(lambda n: TODAY + timedelta(days=n))
PAST = st.integers(-200, 0).map(lambda n: TODAY + timedelta(days=n))
WAITS_FOR_OTHERS = (S.SUBMITTED, S.PAUSED)


@st.composite
def offices(draw: st.DrawFn) -> list[TaskFacts]:
    """Up to fifteen tasks of three agencies, in any state that the engine can produce."""
    found = []
    for key in range(1, draw(st.integers(0, 15)) + 1):
        status = draw(st.sampled_from(TaskStatus))
        handed_in = status in (S.SUBMITTED, S.CONFIRMED)
        assigned = draw(PAST)
        found.append(
            replace(
                TASK,
                id=key,
                agency_name=draw(st.sampled_from(["Sở A", "Sở B", "Sở C"])),
                status=status,
                assigned_on=assigned,
                due_on=draw(st.none() | DAYS),
                submitted_on=draw(PAST) if handed_in else None,
                confirmed_on=draw(PAST) if status is S.CONFIRMED else None,
                last_report_on=draw(st.none() | PAST),
                urged=draw(st.integers(0, 5)),
            )
        )
    return found


def digest(tasks: list[TaskFacts], previous: date | None = None, cases: tuple[CaseFacts, ...] = ()) -> Digest:
    return build_digest(DigestMatter("BCĐ", tasks, cases), TODAY, previous, WINDOWS)


def ids(rows: tuple[TaskLine, ...]) -> list[int]:
    return [row.task.id for row in rows]


@given(offices())
def test_every_open_overdue_task_is_in_exactly_one_bucket(tasks: list[TaskFacts]) -> None:
    found = digest(tasks)
    owed = [task for task in tasks if task.status not in (*CLOSED, *WAITS_FOR_OTHERS)]
    late = [task.id for task in owed if task.due_on and task.due_on < TODAY]
    assert sorted(ids(found.overdue)) == late
    for rows, first, last in (
        (found.overdue_1_30, 1, 30),
        (found.overdue_31_90, 31, 90),
        (found.overdue_over_90, 91, 10**6),
    ):
        assert all(first <= (TODAY - row.task.due_on).days <= last for row in rows if row.task.due_on)


@given(offices(), st.none() | PAST)
def test_the_heading_counts_are_the_rows(tasks: list[TaskFacts], previous: date | None) -> None:
    found = digest(tasks, previous)
    counts = counts_of(found)
    for name, count in counts.items():
        rows = found.league if name == "agencies" else getattr(found, name)
        assert count == len(rows)
        if name != "agencies":
            assert len(set(ids(rows))) == count
    assert found.total == len(tasks)
    assert found.total_open == sum(task.status not in CLOSED for task in tasks)


@given(offices())
def test_no_row_about_a_closed_task_but_among_those_done(tasks: list[TaskFacts]) -> None:
    found = digest(tasks)
    sections = (*found.overdue, *found.due_7, *found.due_14, *found.silent, *found.urged_often)
    others = (*found.no_deadline_old, *found.waiting_confirmation)
    assert not [row for row in (*sections, *others) if row.task.status in CLOSED]
    assert all(row.task.status is S.CONFIRMED for row in found.done_since)
    assert all(row.task.status is S.SUBMITTED for row in found.waiting_confirmation)


@given(offices())
def test_overdue_and_due_are_apart_and_leave_out_what_waits_for_others(tasks: list[TaskFacts]) -> None:
    found = digest(tasks)
    listed = [*ids(found.overdue), *ids(found.due_7), *ids(found.due_14)]
    assert len(listed) == len(set(listed))
    waiting = {task.id for task in tasks if task.status in WAITS_FOR_OTHERS}
    assert not waiting & set(listed)


@given(offices())
def test_the_league_adds_up(tasks: list[TaskFacts]) -> None:
    found = digest(tasks)
    counted = [task for task in tasks if task.status not in (S.WITHDRAWN, S.HANDED_OVER)]
    assert sum(row.total for row in found.league) == len(counted)
    assert sum(row.overdue for row in found.league) == len(found.overdue)
    assert sum(row.done for row in found.league) == sum(task.status is S.CONFIRMED for task in tasks)
    in_time = sum(
        class_of(task, TODAY) is not DeadlineClass.DONE_LATE for task in counted if task.confirmed_on
    )
    rates = sum((row.in_time_rate or 0) * row.done / 100 for row in found.league)
    assert round(rates) == in_time


def test_a_paused_task_stands_under_decisions_only() -> None:
    late = replace(TASK, status=S.PAUSED, due_on=date(2022, 12, 1))
    soon = replace(TASK, id=2, status=S.PAUSED, due_on=TODAY + timedelta(days=3))
    case = CaseFacts(1, late, TODAY, Rung.CHAIR, TODAY, TODAY, "a", "b", "c", "d", "e")
    found = digest([late, soon], cases=(case,))
    assert (found.overdue, found.due_7, found.due_14) == ((), (), ())
    assert found.decisions == (case,)
    assert found.total_open == 2


def test_windows_by_day() -> None:
    tasks = [replace(TASK, id=n + 1, due_on=TODAY + timedelta(days=n)) for n in range(16)]
    found = digest(tasks)
    assert ids(found.due_7) == [1, 2, 3, 4, 5, 6, 7, 8]
    assert ids(found.due_14) == [9, 10, 11, 12, 13, 14, 15]


def test_worst_first_and_decisions_by_the_day_they_are_due() -> None:
    late = [
        replace(TASK, id=n, due_on=TODAY - timedelta(days=days)) for n, days in enumerate((5, 40, 100, 7))
    ]
    cases = tuple(
        CaseFacts(key, TASK, TODAY, Rung.CHAIR, TODAY, TODAY + timedelta(days=wait), *"abcde")
        for key, wait in ((1, 5), (2, 1))
    )
    found = digest(late, cases=cases)
    assert ids(found.overdue) == [2, 1, 3, 0]
    assert [case.id for case in found.decisions] == [2, 1]


def test_silence_age_and_urging_have_bounds() -> None:
    def days_ago(days: int) -> date:
        return TODAY - timedelta(days=days)

    silent = [replace(TASK, id=n, assigned_on=days_ago(n)) for n in (29, 30, 31)]
    assert ids(digest(silent).silent) == [31]
    reported = [replace(TASK, id=n, assigned_on=days_ago(99), last_report_on=days_ago(n)) for n in (30, 31)]
    assert ids(digest(reported).silent) == [31]
    old = [replace(TASK, id=n, assigned_on=date(2022, 9, n)) for n in (18, 19)]
    assert ids(digest(old).no_deadline_old) == [18]
    urged = [replace(TASK, id=n, urged=n, due_on=TODAY) for n in (2, 3, 4)]
    assert ids(digest(urged).urged_often) == [3, 4]


def test_done_since_the_last_digest() -> None:
    done = [replace(TASK, id=n, status=S.CONFIRMED, confirmed_on=date(2022, 12, n)) for n in (12, 13, 19, 20)]
    assert ids(digest(done, previous=date(2022, 12, 12)).done_since) == [13, 19]
    assert ids(digest(done).done_since) == [12, 13, 19]


def test_nothing_counts_is_not_zero_percent() -> None:
    [row] = league([TASK], TODAY, 30)
    assert (row.in_time_rate, row.updated_rate) == (None, 100.0)


@given(st.dates(date(2001, 1, 1)), st.integers(0, 40))
def test_months_before(day: date, months: int) -> None:
    found = months_before(day, months)
    assert (found.year * 12 + found.month) == (day.year * 12 + day.month) - months
    assert found.day == day.day or (found.day < day.day and (found + timedelta(days=1)).day == 1)


def test_only_what_waits_at_the_reader_is_asked_of_the_reader() -> None:
    waiting = CaseFacts(1, TASK, TODAY, Rung.STANDING, TODAY, TODAY, *"abcde")
    matter = DigestMatter("Ban Chỉ đạo", [TASK], [waiting])
    for reader, mine in ((Rung.CHAIR, 0), (Rung.STANDING, 1), (None, 1)):
        found = build_digest(matter, TODAY, None, WINDOWS, reader)
        assert (len(found.decisions), len(found.decisions_elsewhere)) == (mine, 1 - mine)
