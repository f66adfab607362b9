"""Each near deadline stands on one step a day, whatever days the sweep ran; also where data end."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.calendar.workdays import NoCalendar
from rules.facts import TaskFacts
from rules.follow_up.reminders import Near, Rhythm, Threshold, due_notice, late_step, steps_before, windows
from rules.outbox.payloads.keys import LetterKind
from rules.vocabulary import Rung, TaskStatus
from tests.cast import office

CALENDAR = office().calendar
LATE = ((10, Rung.STANDING), (20, Rung.CHAIR), (40, Rung.PROVINCE))
RHYTHM = replace(office().policy.rhythm, climb=LATE)
LONG_AGO = date(2022, 1, 4)
TASK = TaskFacts(1, "GN-0001", "Việc", "stc", "Sở Tài chính", TaskStatus.ACCEPTED, LONG_AGO)
DUES = st.dates(date(2022, 6, 1), date(2026, 11, 30))
RHYTHMS = st.sets(st.integers(1, 12), max_size=4).map(lambda before: replace(RHYTHM, before=tuple(before)))


def run(due: date, days: list[date], rhythm: Rhythm, set_on: date = LONG_AGO) -> list[tuple[date, int]]:
    """The reminders of one deadline when the sweep ran on ``days`` only: (day, step)."""
    task, found = replace(TASK, due_on=due, due_set_on=set_on), []
    for day in days:
        sent = found[-1][1] if found else None
        notice = due_notice(task, windows(day, rhythm, CALENDAR), sent)
        if notice and notice[0] is LetterKind.REMINDER:
            found.append((day, notice[1]))
    return found


def before(due: date, count: int = 30) -> list[date]:
    """The days up to the deadline, in order."""
    return [due - timedelta(days=n) for n in range(count, -1, -1)]


def test_an_ordinary_morning() -> None:
    found = windows(date(2022, 8, 30), RHYTHM, CALENDAR)  # Tuesday before the holidays of 1 and 2/9
    assert [(str(near.due_on), near.step, str(near.stood_on)) for near in found.near] == [
        ("2022-08-30", 0, "2022-08-30"),
        ("2022-08-31", 1, "2022-08-30"),
        ("2022-09-01", 1, "2022-08-30"),  # on days off: as if due on the working day before
        ("2022-09-02", 1, "2022-08-30"),
        ("2022-09-03", 1, "2022-08-30"),
        ("2022-09-04", 1, "2022-08-30"),
        ("2022-09-05", 3, "2022-08-29"),  # two working days left: the step of three stood yesterday
        ("2022-09-06", 3, "2022-08-30"),
        ("2022-09-07", 5, "2022-08-29"),
        ("2022-09-08", 5, "2022-08-30"),
    ]
    assert (found.urge_before, found.review_until) == (date(2022, 8, 30), date(2022, 8, 30))
    assert (found.beyond, found.beyond_steps) == (None, ())


def test_thresholds_count_working_days_late() -> None:
    climbing = replace(RHYTHM, climb=((5, Rung.STANDING), (8, Rung.CHAIR)))
    found = windows(date(2022, 9, 12), climbing, CALENDAR)
    assert found.late == (
        Threshold(1, Rung.STANDING, date(2022, 8, 31)),  # six working days ago, over 1 and 2/9
        Threshold(2, Rung.CHAIR, date(2022, 8, 26)),
    )
    assert late_step(replace(TASK, due_on=date(2022, 8, 31)), found) == 1
    assert late_step(replace(TASK, due_on=date(2022, 9, 1)), found) == 0
    assert late_step(replace(TASK, due_on=date(2022, 8, 26)), found) == 2
    done = replace(TASK, due_on=date(2022, 8, 26), status=TaskStatus.SUBMITTED)
    assert late_step(done, found) == 0


@given(DUES, RHYTHMS)
def test_every_step_is_met_on_its_day_by_who_looks_daily(due: date, rhythm: Rhythm) -> None:
    met = run(due, before(due), rhythm)
    assert met == [(near.stood_on, near.step) for near in steps_before(due, rhythm, CALENDAR)]


@given(DUES, RHYTHMS, st.sets(st.integers(0, 30)))
def test_whatever_days_the_sweep_ran_no_step_twice_and_the_nearest_is_not_lost(
    due: date, rhythm: Rhythm, ran: set[int]
) -> None:
    days = [day for n, day in enumerate(before(due)) if n in ran]
    met = run(due, days, rhythm)
    steps = [step for _, step in met]
    assert steps == sorted(set(steps), reverse=True)  # each once, nearer and nearer
    assert all(CALENDAR.is_working(day) for day, _ in met)
    reached = {near.step: near.stood_on for near in steps_before(due, rhythm, CALENDAR)}
    assert all(reached[step] <= day for day, step in met)
    looked = [day for day in days if CALENDAR.is_working(day)]
    if looked:
        nearest = min((step for step, day in reached.items() if day <= looked[-1]), default=None)
        assert (steps[-1] if steps else None) == nearest


@given(DUES, RHYTHMS, st.integers(0, 30))
def test_a_deadline_just_set_is_not_recalled_by_a_step_that_had_passed(
    due: date, rhythm: Rhythm, ago: int
) -> None:
    set_on = due - timedelta(days=ago)
    met = run(due, [day for day in before(due) if day >= set_on], rhythm, set_on)
    steps = steps_before(due, rhythm, CALENDAR)
    assert met == [(near.stood_on, near.step) for near in steps if near.stood_on > set_on]


@given(DUES, RHYTHMS)
def test_nothing_on_a_day_off(today: date, rhythm: Rhythm) -> None:
    found = windows(today, rhythm, CALENDAR)
    if not CALENDAR.is_working(today):
        assert found == type(found)(today)
    else:
        assert len({near.due_on for near in found.near}) == len(found.near)  # one step each
        assert all(near.due_on >= today >= near.stood_on for near in found.near)
        assert len(found.near) <= 40


@given(DUES, RHYTHMS)
def test_the_windows_are_the_steps_of_each_deadline(today: date, rhythm: Rhythm) -> None:
    """What stands on a step today is exactly what ``steps_before`` says for each due date."""
    if not CALENDAR.is_working(today):
        return
    expected = []
    for due in (today + timedelta(days=n) for n in range(45)):
        reached = [near for near in steps_before(due, rhythm, CALENDAR) if near.stood_on <= today]
        if reached:
            expected.append(min(reached, key=lambda near: near.step))
    assert list(windows(today, rhythm, CALENDAR).near) == expected


@pytest.mark.parametrize(
    ("today", "near", "beyond"),
    [
        ("2027-12-21", "2027-12-28", ()),  # the step of five still ends inside the year
        ("2027-12-24", "2027-12-31", (5,)),  # the days off after the 31st are not known
        ("2027-12-29", "2027-12-31", (3, 5)),
        ("2027-12-31", "2027-12-31", (0, 1, 3, 5)),
    ],
)
def test_without_next_years_file_the_known_part_goes_on(
    today: str, near: str, beyond: tuple[int, ...]
) -> None:
    found = windows(date.fromisoformat(today), RHYTHM, CALENDAR)
    assert str(found.near[-1].due_on) == near
    assert (found.beyond, found.beyond_steps) == (2028 if beyond else None, beyond)
    assert found.near[0] == Near(found.today, 0, found.today)
    assert found.urged_on_or_before is not None
    assert len(found.late) == len(LATE)
    overdue = replace(TASK, due_on=date(2027, 12, 20))
    assert due_notice(overdue, found, told_on=LONG_AGO) == (LetterKind.URGING, 1)


def test_a_day_in_the_missing_year_is_an_error() -> None:
    with pytest.raises(NoCalendar, match="2028"):
        windows(date(2028, 1, 3), RHYTHM, CALENDAR)


def test_before_the_first_year_nothing_can_have_been_sent() -> None:
    found = windows(date(2022, 1, 4), RHYTHM, CALENDAR)  # the first working day of the first file
    assert found.urged_on_or_before is None
    assert found.late == ()
    assert found.near[0] == Near(date(2022, 1, 4), 0, date(2022, 1, 4))
    fresh = replace(TASK, due_on=date(2022, 1, 5), assigned_on=date(2022, 1, 4))
    assert due_notice(fresh, found) is None
    urged = replace(TASK, due_on=date(2022, 1, 1), urged=1, last_urged_on=date(2022, 1, 3))
    assert due_notice(urged, found, told_on=urged.due_on) is None
    never = replace(urged, urged=0, last_urged_on=None)
    assert due_notice(never, found, told_on=never.due_on) == (LetterKind.URGING, 1)
    assert due_notice(never, found, told_on=date(2022, 1, 3)) is None  # too late, and no step back from here
