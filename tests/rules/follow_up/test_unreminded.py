"""Every deadline that passed without a reminder is explained by recorded rows."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.facts import TaskFacts
from rules.follow_up.reminders import due_notice, steps_before, windows
from rules.follow_up.unreminded import Rest, SentReminder, why_not_reminded
from rules.letter_words import LetterState
from rules.outbox.payloads.keys import LetterKind
from rules.vocabulary import TaskStatus, UnremindedReason
from tests.cast import office

CALENDAR, RHYTHM, R = office().calendar, replace(office().policy.rhythm, climb=()), UnremindedReason
DUE = date(2022, 8, 31)
STEPS = steps_before(DUE, RHYTHM, CALENDAR)  # 24/8, 26/8, 30/8 and 31/8
TASK = TaskFacts(
    1, "GN-0001", "Việc", "stc", "Sở Tài chính", TaskStatus.ACCEPTED, date(2022, 8, 15), DUE,
    due_set_on=date(2022, 8, 15),
)  # fmt: skip
WEEK = frozenset(date(2022, 8, n) for n in (22, 23, 24, 25, 26, 29, 30, 31))
PENDING, SENT, AWAY = LetterState.PENDING, LetterState.DISPATCHED, LetterState.NO_CONTACT


def days(*numbers: int) -> frozenset[date]:
    return frozenset(date(2022, 8, n) for n in numbers)


def test_who_was_reminded_in_time_needs_no_reason() -> None:
    assert why_not_reminded(TASK, STEPS, WEEK, letters=[SentReminder(SENT, DUE)]) is None
    assert why_not_reminded(replace(TASK, due_on=None), (), WEEK) is None


@pytest.mark.parametrize(
    ("letters", "reason"),
    [
        ([SentReminder(SENT, DUE + timedelta(days=1))], R.NOT_DELIVERED),
        ([SentReminder(PENDING)], R.NOT_DELIVERED),
        ([SentReminder(AWAY), SentReminder(AWAY)], R.NO_CONTACT),
        ([SentReminder(LetterState.OBSOLETE)], R.RESTING),
        ([SentReminder(LetterState.OBSOLETE), SentReminder(AWAY)], R.NO_CONTACT),
    ],
)
def test_a_letter_that_did_not_leave(letters: list[SentReminder], reason: R) -> None:
    assert why_not_reminded(TASK, STEPS, WEEK, letters=letters) is reason


@pytest.mark.parametrize(
    ("set_on", "assigned_on", "reason"),
    [
        (DUE, DUE, R.ASSIGNED_LATE),
        (DUE + timedelta(days=2), DUE + timedelta(days=2), R.ASSIGNED_LATE),
        (DUE, date(2022, 8, 15), R.DEADLINE_MOVED),
        (date(2022, 8, 30), date(2022, 8, 15), None),  # the step of the day itself still stood: a fault
    ],
)
def test_a_deadline_set_too_late(set_on: date, assigned_on: date, reason: R | None) -> None:
    task = replace(TASK, due_set_on=set_on, assigned_on=assigned_on)
    assert why_not_reminded(task, STEPS, WEEK) is reason


def test_a_sweep_that_was_away() -> None:
    assert why_not_reminded(TASK, STEPS, frozenset()) is R.SWEEP_AWAY
    assert why_not_reminded(TASK, STEPS, days(22, 23)) is R.SWEEP_AWAY  # before the first step
    late = replace(TASK, due_set_on=date(2022, 8, 26))  # the steps of 30 and 31/8 are left
    assert why_not_reminded(late, STEPS, days(24, 26, 29)) is R.SWEEP_AWAY


def test_a_task_that_rested() -> None:
    rest = Rest(date(2022, 8, 23))
    assert why_not_reminded(TASK, STEPS, WEEK, [rest]) is R.RESTING
    assert why_not_reminded(TASK, STEPS, WEEK, [Rest(rest.first, DUE)]) is R.RESTING
    assert why_not_reminded(TASK, STEPS, days(24, 25), [Rest(rest.first, date(2022, 8, 25))]) is R.RESTING


def test_what_nothing_explains_is_a_fault_of_the_program() -> None:
    assert why_not_reminded(TASK, STEPS, WEEK) is None
    assert why_not_reminded(TASK, STEPS, WEEK, [Rest(date(2022, 8, 23), date(2022, 8, 25))]) is None


def test_a_calendar_that_changed_or_is_missing() -> None:
    assert why_not_reminded(TASK, (), WEEK) is R.PROVISIONAL_CALENDAR
    assert why_not_reminded(TASK, STEPS, WEEK, provisional=True) is R.PROVISIONAL_CALENDAR
    assert why_not_reminded(TASK, STEPS, frozenset(), provisional=True) is R.SWEEP_AWAY


@given(st.dates(date(2022, 7, 1), date(2022, 12, 1)), st.sets(st.integers(0, 20)), st.integers(0, 20))
def test_reminded_or_explained(due: date, ran: set[int], set_ago: int) -> None:
    """Whatever days the sweep ran and whenever the deadline was set: one or the other, never neither."""
    set_on = due - timedelta(days=set_ago)
    task = replace(TASK, due_on=due, due_set_on=set_on)
    followed = {day for n in ran if CALENDAR.is_working(day := due - timedelta(days=n))}
    sent, letters = None, []
    for day in sorted(day for day in followed if day >= set_on):
        notice = due_notice(task, windows(day, RHYTHM, CALENDAR), sent)
        if notice and notice[0] is LetterKind.REMINDER:
            sent = notice[1]
            letters.append(SentReminder(SENT, day))
    reason = why_not_reminded(task, steps_before(due, RHYTHM, CALENDAR), followed, letters=letters)
    assert (reason is None) is bool(letters)
