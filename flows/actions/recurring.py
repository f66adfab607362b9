"""Recurring duties: the next occurrence opens when the last one's day has come."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.engine import Engine
from sqlmodel import Session

from config.act import Act
from config.clock import office_day
from config.office import Office
from flows.actions.calendar_marks import note_more_years
from flows.actions.new_tasks import announce, new_task, open_tasks
from models.corrected_tasks import corrected_texts
from models.db import one_at_a_time, unit_of_work
from models.directives import Document
from models.recurring_duties import Occurrence, cooperators_of, newest_occurrences
from models.register import the_committee
from models.task_facts import code_of
from models.tasks import Task
from notifications.outbox import NewLetter, enqueue
from rules.letter_words import LetterKind, Stake
from rules.outbox import keys
from rules.recurrence import day_before_next, next_due
from rules.vocabulary import Actor, TaskStatus, Way
from rules.workdays import NoCalendar

BATCH = 500  # SQLite allows 32,766 parameters; a batch is opened before the next is looked at


@dataclass(frozen=True, slots=True)
class Opened:
    """Codes of the tasks opened, and codes of the last occurrence of duties that have to wait.

    They wait because the next day falls into a year without its calendar file.
    """

    codes: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()


def open_next_occurrences(engine: Engine, now: datetime, office: Office) -> Opened:
    """Open what is due by now, also while the last occurrence is still open.

    A duty that ended with its agency opens nothing more, and the secretariat is told. Catches up one
    occurrence at a time, but never opens one whose deadline has already passed: it could only be born
    overdue. A missing year stops only the duties whose next day it hides.
    """
    with unit_of_work(engine) as session:
        one_at_a_time(session, "recurring")
        today = office_day(now)
        found = newest_occurrences(session, today)
        _raise_those_that_end(session, [last for last in found if not last.goes_on(today)], now, office)
        ended = [last for last in found if last.goes_on(today)]
        opened: list[str] = []
        waiting: list[str] = []
        for start in range(0, len(ended), BATCH):
            tasks, hidden = _open(session, ended[start : start + BATCH], now, office)
            opened += (code_of(task.id) for task in tasks if task.id is not None)
            waiting += (code_of(last.task_id) for last in hidden)
        return Opened(tuple(opened), tuple(waiting))


def _open(
    session: Session, ended: list[Occurrence], now: datetime, office: Office
) -> tuple[list[Task], list[Occurrence]]:
    """The next occurrence of each, those of one document and one circle of bodies together.

    It says what the last one says by now: bodies and words, as they were put right.
    """
    cooperators = cooperators_of(session, [last.task_id for last in ended])
    words = corrected_texts(session, [last.task_id for last in ended])
    together: dict[tuple[int, tuple[str, ...]], list[tuple[Task, str]]] = defaultdict(list)
    hidden = []
    for last in ended:
        try:
            task = _next_task(last, now, office)
        except NoCalendar:
            hidden.append(last)
            continue
        circle = (last.directive.document_id, cooperators.get(last.task_id, ()))
        together[circle].append((task, words.get(last.task_id, "")))
    for (document_id, bodies), tasks in together.items():
        opened = open_tasks(session, tasks, bodies, Act(Actor.SECRETARIAT, now, office, Way.SWEEP))
        announce(session, opened, session.get_one(Document, document_id), now, office)
    return [task for tasks in together.values() for task, _ in tasks], hidden


def _raise_those_that_end(session: Session, ended: list[Occurrence], now: datetime, office: Office) -> None:
    """Tell the secretariat once of a duty that nobody would go on with; an open one is raised as a task."""
    secretariat = the_committee(session).secretariat_id if ended else ""
    enqueue(
        session,
        [
            NewLetter(
                key=keys.body_ended(last.agency_id, last.ends_on, last.task_id, Stake.DUTY),
                kind=LetterKind.BODY_ENDED,
                agency_id=secretariat,
                scheduled_on=office_day(now),
                not_before=office.policy.soonest(now, office.calendar),
                task_id=last.task_id,
                data={
                    "agency_id": last.agency_id,
                    "ended_on": last.ends_on.isoformat(),
                    "stake": Stake.DUTY.value,
                },
            )
            for last in ended
            if last.status is TaskStatus.CONFIRMED and last.ends_on is not None
        ],
        now,
    )


def _next_task(last: Occurrence, now: datetime, office: Office) -> Task:
    assert last.directive.due_rule is not None
    after = day_before_next(last.due_on, last.counted_on, office_day(now))
    due_on = next_due(last.directive.due_rule, after, office.calendar)
    if last.directive.due_counted:
        note_more_years(last.directive, after, due_on, office.calendar)
    task = new_task(last.directive, last.agency_id, due_on, last.number + 1, now, office)
    task.title = last.title
    return task
