"""Open tasks: planned from a directive or from an older task, inserted with their first event, announced."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from typing import Literal, cast

from sqlmodel import Session

from config.act import Act
from flows.actions.deadlines.first_deadlines import FirstDeadline, first_deadline, foreseen_deadline
from flows.actions.documents.publishable import Assignment, shortened
from flows.actions.doors.part import insert_parts
from flows.actions.doors.task import Happening, insert_opened
from models.tables.documents import Directive, Document
from models.tables.task_rows import TaskRow
from models.tables.tasks import TASK_COLUMNS, Begins, Task
from notifications.outbox.enqueue import NewLetter, enqueue
from rules.outbox.payloads import keys
from rules.outbox.payloads import tasks as payloads
from rules.outbox.payloads.payload import Payload
from rules.tasks.event_data import AssignedData
from rules.vocabulary import Actor, CooperationState, DeadlineCause, EventKind, TaskStatus

TITLE_LENGTH = 160
#: How a task comes to be opened: a column of ``TASK_COLUMNS``.
Way = Literal["issued", "successor", "recurring"]


@dataclass(frozen=True, slots=True)
class NewTask:
    """The columns of a task to be, who cooperates, and how its first deadline came about.

    ``text`` are its words in full where they are not its directive's; the first event keeps them.
    """

    row: TaskRow
    cooperators: tuple[str, ...] = ()
    cause: DeadlineCause = DeadlineCause.ISSUED
    basis: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class TaskPlan:
    """The tasks of one directive; ``parent`` sums up what the others report (two hops)."""

    parent: NewTask | None
    tasks: tuple[NewTask, ...]


@dataclass(frozen=True, slots=True)
class OpenedTask:
    """A task that was just inserted, as far as its letters need to know."""

    id: int
    agency_id: str
    assigned_on: date
    cooperators: tuple[str, ...] = ()
    urgent: bool = False


def plan_tasks(
    session: Session, directive: Directive, assignment: Assignment, act: Act, urgent: bool = False
) -> TaskPlan:
    """The tasks that a directive opens; what is derived is noted on the directive. Raises NoCalendar.

    ``urgent``: the document is stamped hỏa tốc.
    """
    first = first_deadline(session, directive, assignment.leads, assignment.receivers, act)
    return _planned(directive, assignment, first, act, urgent)


def foreseen_tasks(directive: Directive, assignment: Assignment, act: Act) -> TaskPlan:
    """The same from values alone, for a look before the issue: nothing is stored. Raises NoCalendar."""
    first = foreseen_deadline(directive, assignment.leads, assignment.receivers, act)
    return _planned(directive, assignment, first, act, urgent=False)


def _planned(
    directive: Directive, assignment: Assignment, first: FirstDeadline, act: Act, urgent: bool
) -> TaskPlan:
    shared = _of_directive(directive) | _from_today(first.due_on, act)
    shared |= {"occurrence": first.occurrence, "urgent": urgent}
    tasks = tuple(
        NewTask(
            new_row("issued", shared | {"agency_id": body}),
            assignment.cooperators,
            first.cause,
            directive.due_basis,
        )
        for body in assignment.leads
        if body != first.aggregator_id
    )
    return TaskPlan(_aggregating(directive, first, act, urgent), tasks)


def _aggregating(directive: Directive, first: FirstDeadline, act: Act, urgent: bool) -> NewTask | None:
    """The task of the body that sums up what the others report, by the day of the text."""
    if first.aggregator_id is None:
        return None
    title = shortened(f"Tổng hợp báo cáo: {directive.text}", TITLE_LENGTH)
    own: TaskRow = {"agency_id": first.aggregator_id, "title": title, "occurrence": 0, "urgent": urgent}
    begins = _from_today(first.aggregator_due_on, act)
    return NewTask(new_row("issued", _of_directive(directive) | begins | own))


def next_occurrence(last: Task, due_on: date, cooperators: tuple[str, ...], text: str, act: Act) -> NewTask:
    """The next task of a duty that recurs; ``text`` is what it says, where that is not its directive's."""
    begins = _from_today(due_on, act)
    row = new_row("recurring", begins | {"occurrence": last.occurrence + 1}, last)
    return NewTask(row, cooperators, text=text)


def new_row(way: Way, given: TaskRow, old: Task | None = None) -> TaskRow:
    """The columns of a task that is opened in this ``way``, as ``TASK_COLUMNS`` says.

    ``given`` must hold those that nothing else tells, and no others; ``old`` is the task that it follows.
    """
    wanted, kept = _begins(way)
    if wanted != given.keys():
        raise ValueError(f"columns of a task that nobody gave, or should: {sorted(wanted ^ given.keys())}")
    return cast(TaskRow, {**given, **{name: getattr(old, name) for name in kept}})


@cache
def _begins(way: Way) -> tuple[frozenset[str], tuple[str, ...]]:
    """The columns that are given, and those that are kept."""
    by_name = {name: getattr(column, way) for name, column in TASK_COLUMNS.items()}
    given = frozenset(name for name, begins in by_name.items() if begins is Begins.GIVEN)
    return given, tuple(name for name, begins in by_name.items() if begins is Begins.KEPT)


def _of_directive(directive: Directive) -> TaskRow:
    """What the tasks of one directive have in common."""
    title = shortened(directive.text, TITLE_LENGTH)
    # 0: in a look before the issue the directive is not stored yet, and nor will the row be.
    return {"directive_id": directive.id or 0, "title": title, "parent_id": None}


def _from_today(due_on: date | None, act: Act) -> TaskRow:
    """A task that begins today; without a deadline it gets a review date instead."""
    today, after = act.today, act.office.policy.reminders.review_after_days
    review = today + timedelta(days=after)
    return {
        "status": TaskStatus.ASSIGNED,
        "assigned_on": today,
        "due_on": due_on,
        "original_due_on": due_on,
        "review_on": None if due_on else review,
        "due_set_on": today,
        "due_unpaused_on": due_on,
    }


def insert_tasks(session: Session, plans: Iterable[TaskPlan], act: Act) -> list[OpenedTask]:
    """Insert the tasks of a whole document, parents first; in the order of the directives.

    The secretariat gives them, also where the clock issues at the hour that it set.
    """
    plans = list(plans)
    if act.actor is not Actor.SECRETARIAT:
        act = act.taken_by(Actor.SECRETARIAT)
    parents = _insert(session, [plan.parent for plan in plans if plan.parent], act)
    above = iter(parents)
    rows: list[NewTask] = []
    for plan in plans:
        told: TaskRow = {"parent_id": next(above).id} if plan.parent else {}
        rows += (replace(task, row=task.row | told) for task in plan.tasks)
    return sorted([*parents, *_insert(session, rows, act)], key=lambda task: task.id)


def _insert(session: Session, tasks: Sequence[NewTask], act: Act) -> list[OpenedTask]:
    if not tasks:
        return []
    ids = insert_opened(session, [(task.row, _assigned(task)) for task in tasks], act)
    asked = [
        {"task_id": key, "agency_id": body, "state": CooperationState.ASKED}
        for key, task in zip(ids, tasks, strict=True)
        for body in task.cooperators
        if body != task.row["agency_id"]
    ]
    insert_parts(session, asked)
    return [
        OpenedTask(
            key,
            task.row["agency_id"],
            task.row["assigned_on"],
            task.cooperators,
            task.row.get("urgent", False),
        )
        for key, task in zip(ids, tasks, strict=True)
    ]


def _assigned(task: NewTask) -> Happening:
    return Happening(EventKind.ASSIGNED, task.basis, AssignedData(task.text), cause=task.cause)


def invited(lead: str, cooperators: Iterable[str]) -> tuple[str, ...]:
    """The bodies that are written to beside the lead of a task: those that cooperate with it."""
    return tuple(body for body in cooperators if body != lead)


def announce(session: Session, tasks: Sequence[OpenedTask], document: Document, act: Act) -> None:
    """One letter a task to its lead and to each cooperating body; those of one document travel together."""
    assert document.id is not None
    soonest = act.office.soonest(act.now)
    letters: list[NewLetter] = []
    for task in tasks:
        leaves = act.now if task.urgent else soonest
        assignment, invitation = payloads.Assignment(document.id), payloads.Cooperation(document.id)
        letters.append(_letter(task, keys.assignment(task.id), assignment, task.agency_id, leaves))
        letters += (
            _letter(task, keys.cooperation(task.id, body), invitation, body, leaves)
            for body in invited(task.agency_id, task.cooperators)
        )
    enqueue(session, letters, act.now)


def _letter(task: OpenedTask, key: str, payload: Payload, body: str, leaves: datetime) -> NewLetter:
    return NewLetter(
        key=key,
        payload=payload,
        agency_id=body,
        scheduled_on=task.assigned_on,
        not_before=leaves,
        task_id=task.id,
        urgent=task.urgent,
    )
