"""Recurring duties: the next occurrence opens when the last one's day has come."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy.engine import Engine
from sqlmodel import Session

from config.act import Act
from flows.actions.deadlines.calendar_marks import note_more_years
from flows.actions.documents.new_tasks import NewTask, TaskPlan, announce, insert_tasks, next_occurrence
from models.db import one_at_a_time, unit_of_work
from models.facts import code_of
from models.follow_up.recurring_duties import Occurrence, cooperators_of, newest_occurrences
from models.people.register import the_committee
from models.tables.documents import Document
from models.tasks.corrected_tasks import corrected_texts
from notifications.outbox.enqueue import enqueue, letter_by
from rules.calendar.recurrence import day_before_next, next_due
from rules.calendar.workdays import NoCalendar
from rules.letter_words import Stake
from rules.outbox.payloads import keys
from rules.outbox.payloads.office import BodyEnded
from rules.vocabulary import TaskStatus

BATCH = 500  # SQLite allows 32,766 parameters; a batch is opened before the next is looked at


@dataclass(frozen=True, slots=True)
class OpenedDuties:
    """Codes of the tasks opened, and codes of the last occurrence of duties that have to wait.

    They wait because the next day falls into a year without its calendar file.
    """

    codes: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()


def open_next_occurrences(engine: Engine, act: Act) -> OpenedDuties:
    """Open what is due by now, also while the last occurrence is still open.

    A duty that ended with its agency opens nothing more, and the secretariat is told. Catches up one
    occurrence at a time, but never opens one whose deadline has already passed: it could only be born
    overdue. A missing year stops only the duties whose next day it hides.
    """
    with unit_of_work(engine) as session:
        one_at_a_time(session, "recurring")
        today = act.today
        found = newest_occurrences(session, today)
        _raise_those_that_end(session, [last for last in found if not last.goes_on(today)], act)
        ended = [last for last in found if last.goes_on(today)]
        opened: list[str] = []
        waiting: list[str] = []
        for start in range(0, len(ended), BATCH):
            tasks, hidden = _open(session, ended[start : start + BATCH], act)
            opened += map(code_of, tasks)
            waiting += (code_of(last.task_id) for last in hidden)
        return OpenedDuties(tuple(opened), tuple(waiting))


def _open(session: Session, ended: list[Occurrence], act: Act) -> tuple[list[int], list[Occurrence]]:
    """The next occurrence of each, those of one document and one circle of bodies together.

    It says what the last one says by now: bodies and words, as they were put right.
    """
    cooperators = cooperators_of(session, [last.task_id for last in ended])
    words = corrected_texts(session, [last.task_id for last in ended])
    together: dict[tuple[int, tuple[str, ...]], list[NewTask]] = defaultdict(list)
    hidden, opened = [], []
    for last in ended:
        bodies = cooperators.get(last.task_id, ())
        try:
            task = _next_task(last, bodies, words.get(last.task_id, ""), act)
        except NoCalendar:
            hidden.append(last)
            continue
        together[(last.directive.document_id, bodies)].append(task)
    for (document_id, _), tasks in together.items():
        new = insert_tasks(session, [TaskPlan(None, tuple(tasks))], act)
        announce(session, new, session.get_one(Document, document_id), act)
        opened += [task.id for task in new]
    return opened, hidden


def _raise_those_that_end(session: Session, ended: list[Occurrence], act: Act) -> None:
    """Tell the secretariat once of a duty that nobody would go on with; an open one is raised as a task."""
    secretariat = the_committee(session).secretariat_id if ended else ""
    enqueue(
        session,
        [
            letter_by(
                act,
                keys.body_ended(last.task.agency_id, last.ends_on, last.task_id, Stake.DUTY),
                BodyEnded(last.task.agency_id, last.ends_on, Stake.DUTY),
                secretariat,
                task_id=last.task_id,
            )
            for last in ended
            if last.task.status is TaskStatus.CONFIRMED and last.ends_on is not None
        ],
        act.now,
    )


def _next_task(last: Occurrence, cooperators: tuple[str, ...], text: str, act: Act) -> NewTask:
    assert last.directive.due_rule is not None
    assert last.task.due_on is not None
    after = day_before_next(last.task.due_on, last.counted_on, act.today)
    due_on = next_due(last.directive.due_rule, after, act.office.calendar)
    if last.directive.due_counted:
        note_more_years(last.directive, after, due_on, act.office.calendar)
    return next_occurrence(last.task, due_on, cooperators, text, act)
