"""Open tasks: planned from a directive, inserted with their first event, announced by letter.

A document of a hundred directives becomes a thousand tasks and more, so they are inserted in a few
statements; objects would cost more than the database.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session

from config.act import Act
from config.clock import office_day
from config.office import Office
from flows.actions.first_deadlines import FirstDeadline, first_deadline, foreseen_deadline
from flows.actions.part_door import insert_parts
from flows.actions.publishable import Assignment, shortened
from flows.actions.transition import Happening, opened, opening
from models.bulk import insert_for_ids, insert_rows
from models.directives import Directive, Document
from models.tasks import DeadlineChange, Task, TaskCooperation, TaskEvent
from notifications.outbox import NewLetter, enqueue
from rules.letter_words import LetterKind
from rules.outbox import keys
from rules.vocabulary import Actor, CooperationState, DeadlineCause, EventKind, TaskStatus

TITLE_LENGTH = 160


@dataclass(frozen=True, slots=True)
class NewTask:
    """The columns of a task to be, who cooperates, and how its first deadline came about."""

    row: dict[str, Any]
    cooperators: tuple[str, ...] = ()
    cause: DeadlineCause = DeadlineCause.ISSUED
    basis: str = ""


@dataclass(frozen=True, slots=True)
class TaskPlan:
    """The tasks of one directive; ``parent`` sums up what the others report (two hops)."""

    parent: NewTask | None
    tasks: tuple[NewTask, ...]


@dataclass(frozen=True, slots=True)
class Opened:
    """A task that was just inserted, as far as its letters need to know."""

    id: int
    agency_id: str
    assigned_on: date
    cooperators: tuple[str, ...] = ()
    urgent: bool = False


def plan_tasks(
    session: Session,
    directive: Directive,
    assignment: Assignment,
    now: datetime,
    office: Office,
    urgent: bool = False,
) -> TaskPlan:
    """The tasks that a directive opens; what is derived is noted on the directive. Raises NoCalendar.

    ``urgent``: the document is stamped hỏa tốc.
    """
    first = first_deadline(session, directive, assignment.leads, assignment.receivers, now, office)
    return _planned(directive, assignment, first, now, office, urgent)


def foreseen_tasks(directive: Directive, assignment: Assignment, now: datetime, office: Office) -> TaskPlan:
    """The same from values alone, for a look before the issue: nothing is stored. Raises NoCalendar."""
    first = foreseen_deadline(directive, assignment.leads, assignment.receivers, now, office)
    return _planned(directive, assignment, first, now, office, urgent=False)


def _planned(
    directive: Directive,
    assignment: Assignment,
    first: FirstDeadline,
    now: datetime,
    office: Office,
    urgent: bool,
) -> TaskPlan:
    columns = _columns(directive, first.due_on, first.occurrence, now, office) | {"urgent": urgent}
    tasks = tuple(
        NewTask({**columns, "agency_id": body}, assignment.cooperators, first.cause, directive.due_basis)
        for body in assignment.leads
        if body != first.aggregator_id
    )
    return TaskPlan(_aggregating(directive, first, now, office, urgent), tasks)


def _aggregating(
    directive: Directive, first: FirstDeadline, now: datetime, office: Office, urgent: bool
) -> NewTask | None:
    """The task of the body that sums up what the others report, by the day of the text."""
    if first.aggregator_id is None:
        return None
    columns = _columns(directive, first.aggregator_due_on, 0, now, office)
    title = shortened(f"Tổng hợp báo cáo: {directive.text}", TITLE_LENGTH)
    return NewTask({**columns, "agency_id": first.aggregator_id, "title": title, "urgent": urgent})


def insert_tasks(session: Session, plans: Iterable[TaskPlan], act: Act) -> list[Opened]:
    """Insert the tasks of a whole document, parents first; in the order of the directives.

    The secretariat gives them, also where the clock issues at the hour that it set.
    """
    plans, act = list(plans), act.taken_by(Actor.SECRETARIAT)
    parents = _insert(session, [plan.parent for plan in plans if plan.parent], act)
    above = iter(parents)
    rows: list[NewTask] = []
    for plan in plans:
        parent_id = next(above).id if plan.parent else None
        rows += (
            NewTask({**task.row, "parent_id": parent_id}, task.cooperators, task.cause, task.basis)
            for task in plan.tasks
        )
    return sorted([*parents, *_insert(session, rows, act)], key=lambda task: task.id)


def _insert(session: Session, tasks: Sequence[NewTask], act: Act) -> list[Opened]:
    if not tasks:
        return []
    rows = [task.row for task in tasks]
    ids = insert_for_ids(session, Task, rows)
    openings = [opening(key, task.row, act, _assigned(task)) for key, task in zip(ids, tasks, strict=True)]
    insert_rows(session, TaskEvent, [event for event, _ in openings])
    insert_rows(session, DeadlineChange, [change for _, change in openings if change])
    asked = [
        {"task_id": key, "agency_id": body, "state": CooperationState.ASKED}
        for key, task in zip(ids, tasks, strict=True)
        for body in task.cooperators
        if body != task.row["agency_id"]
    ]
    insert_parts(session, asked)
    return [
        Opened(key, task.row["agency_id"], task.row["assigned_on"], task.cooperators, task.row["urgent"])
        for key, task in zip(ids, tasks, strict=True)
    ]


def _assigned(task: NewTask) -> Happening:
    return Happening(EventKind.ASSIGNED, task.basis, cause=task.cause)


def new_task(
    directive: Directive, agency_id: str, due_on: date | None, occurrence: int, now: datetime, office: Office
) -> Task:
    """A task that is not yet in the session; without a deadline it gets a review date instead."""
    return Task(**_columns(directive, due_on, occurrence, now, office), agency_id=agency_id)


def _columns(
    directive: Directive, due_on: date | None, occurrence: int, now: datetime, office: Office
) -> dict[str, Any]:
    """What the tasks of one directive have in common."""
    today = office_day(now)
    review = today + timedelta(days=office.policy.reminders.review_after_days)
    return {
        "directive_id": directive.id,
        "occurrence": occurrence,
        "title": shortened(directive.text, TITLE_LENGTH),
        "status": TaskStatus.ASSIGNED,
        "assigned_on": today,
        "due_on": due_on,
        "original_due_on": due_on,
        "review_on": None if due_on else review,
        "due_set_on": today,
        "due_unpaused_on": due_on,
        "urgent": False,
    }


def open_tasks(
    session: Session, tasks: Sequence[tuple[Task, str]], cooperators: tuple[str, ...], act: Act
) -> list[Opened]:
    """Insert tasks with their first event, deadline and cooperating bodies.

    Beside each task, its words in full where they are not its directive's; the first event keeps them.
    """
    session.add_all(task for task, _ in tasks)
    session.flush()
    found = []
    for task, text in tasks:
        assert task.id is not None
        data = {"text": text} if text else {}
        opened(session, task, act, Happening(EventKind.ASSIGNED, data=data, cause=DeadlineCause.ISSUED))
        session.add_all(
            TaskCooperation(task_id=task.id, agency_id=body) for body in cooperators if body != task.agency_id
        )
        found.append(Opened(task.id, task.agency_id, task.assigned_on, cooperators))
    return found


def invited(lead: str, cooperators: Iterable[str]) -> tuple[str, ...]:
    """The bodies that are written to beside the lead of a task: those that cooperate with it."""
    return tuple(body for body in cooperators if body != lead)


def announce(
    session: Session, tasks: Sequence[Opened], document: Document, now: datetime, office: Office
) -> None:
    """One letter a task to its lead and to each cooperating body; those of one document travel together."""
    soonest = office.policy.soonest(now, office.calendar)
    letters: list[NewLetter] = []
    for task in tasks:
        leaves = now if task.urgent else soonest
        letters.append(_assignment(task, document, leaves))
        letters += _invitations(task, document, leaves)
    enqueue(session, letters, now)


def _assignment(task: Opened, document: Document, leaves: datetime) -> NewLetter:
    return NewLetter(
        key=keys.assignment(task.id),
        kind=LetterKind.ASSIGNMENT,
        agency_id=task.agency_id,
        scheduled_on=task.assigned_on,
        not_before=leaves,
        task_id=task.id,
        urgent=task.urgent,
        data={"document": document.id},
    )


def _invitations(task: Opened, document: Document, leaves: datetime) -> Iterable[NewLetter]:
    """To the bodies that are to cooperate; their day is the task's own."""
    return (
        NewLetter(
            key=keys.cooperation(task.id, body),
            kind=LetterKind.COOPERATION,
            agency_id=body,
            scheduled_on=task.assigned_on,
            not_before=leaves,
            task_id=task.id,
            urgent=task.urgent,
            data={"document": document.id},
        )
        for body in invited(task.agency_id, task.cooperators)
    )
