"""The daily follow-up: reminders, numbered urgings, reviews, climbing cases; one transaction."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.engine import Engine
from sqlmodel import Session

from config.clock import office_day
from flows.actions.escalate import climb_silent
from flows.actions.office import Office
from flows.actions.transition import Act, find_task, perform
from models.db import one_at_a_time, unit_of_work
from models.open_tasks import overdue_ids, tasks_in
from models.tasks import Urging
from notifications import keys
from notifications.outbox import NewLetter, enqueue
from rules.facts import TaskFacts
from rules.reminders import due_notice, next_review, windows
from rules.vocabulary import Actor, EventKind, LetterKind


@dataclass(frozen=True, slots=True)
class FollowUpReport:
    """What one pass wrote: task ids by what was decided, case ids that climbed."""

    today: date
    working_day: bool
    reminded: tuple[int, ...] = ()
    urged: tuple[int, ...] = ()
    reviewed: tuple[int, ...] = ()
    climbed: tuple[int, ...] = ()
    overdue: tuple[int, ...] = ()


def daily_follow_up(engine: Engine, now: datetime, office: Office) -> FollowUpReport:
    """Decide all that is due by ``now``; a second pass on the same day decides nothing."""
    today = office_day(now)
    when = windows(today, office.policy.rhythm, office.calendar)
    with unit_of_work(engine) as session:
        one_at_a_time(session, "follow-up")
        due = [(task, notice) for task in tasks_in(session, when) if (notice := due_notice(task, when))]
        fresh = enqueue(session, [_letter(task, *notice, today, office) for task, notice in due], now)
        done = [(task, *notice) for task, notice in due if _key(task, *notice) in fresh]
        for task, kind, number in done:
            if kind is LetterKind.URGING:
                _urge(session, task, number, now)
        for task, kind, _ in done:
            if kind is LetterKind.REVIEW:
                _set_review(session, task.id, now, office)
        return FollowUpReport(
            today=today,
            working_day=office.calendar.is_working(today),
            reminded=_ids(done, LetterKind.REMINDER),
            urged=_ids(done, LetterKind.URGING),
            reviewed=_ids(done, LetterKind.REVIEW),
            climbed=tuple(climb_silent(session, now, office)),
            overdue=tuple(overdue_ids(session, today)),
        )


def _ids(done: list[tuple[TaskFacts, LetterKind, int]], wanted: LetterKind) -> tuple[int, ...]:
    return tuple(task.id for task, kind, _ in done if kind is wanted)


def _key(task: TaskFacts, kind: LetterKind, number: int) -> str:
    if kind is LetterKind.URGING:
        return keys.urging(task.id, number)
    if kind is LetterKind.REMINDER and task.due_on is not None:
        return keys.reminder(task.id, task.due_on, number)
    assert task.review_on is not None
    return keys.review(task.id, task.review_on)


def _letter(task: TaskFacts, kind: LetterKind, number: int, today: date, office: Office) -> NewLetter:
    """The data say what must still hold at the moment of sending."""
    due = task.due_on.isoformat() if task.due_on else None
    return NewLetter(
        key=_key(task, kind, number),
        kind=kind,
        agency_id=task.agency_id,
        scheduled_on=today,
        not_before=office.policy.morning_of(today),
        task_id=task.id,
        number=number,
        due_on=task.due_on,
        data={"due_on": due, "number": number},
    )


def _urge(session: Session, facts: TaskFacts, number: int, now: datetime) -> None:
    """One more record of the series; the task's counter moves through the one door."""
    today = office_day(now)
    assert facts.due_on is not None
    text = f"Đôn đốc lần {number}: quá hạn {(today - facts.due_on).days} ngày (hạn {facts.due_on:%d/%m/%Y})."
    session.add(
        Urging(
            task_id=facts.id,
            number=number,
            urged_on=today,
            recipient_id=facts.agency_id,
            text=text,
            letter_key=keys.urging(facts.id, number),
        )
    )
    changes = {"urged": number, "last_urged_on": today}
    act = Act(EventKind.URGED, Actor.CLOCK, now, note=text, data={"number": number}, changes=changes)
    perform(session, find_task(session, facts.id), act)


def _set_review(session: Session, task_id: int, now: datetime, office: Office) -> None:
    changes = {"review_on": next_review(office_day(now), office.policy.rhythm)}
    act = Act(EventKind.REVIEWED, Actor.CLOCK, now, changes=changes)
    perform(session, find_task(session, task_id), act)
