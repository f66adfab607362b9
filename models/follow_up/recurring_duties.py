"""Recurring duties: the newest occurrence of each, found without a look at any other task."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from models.tables.agencies import Agency
from models.tables.documents import Directive, Document
from models.tables.tasks import Task, TaskCooperation
from rules.draft import DueKind
from rules.people.bodies import can_work
from rules.vocabulary import CooperationState, DocumentState, TaskStatus

#: Literal values: with bound ones SQLite cannot use the predicate of a partial index.
_ZERO: Any = sa.literal_column("0")
_RECURRING: Any = sa.literal_column(f"'{DueKind.RECURRING.value}'")
_IDENTITY = ("directive_id", "agency_id", "occurrence")
#: A withdrawn duty ends; one that was handed over goes on at the successor, as a task of its own.
_ENDED = (TaskStatus.WITHDRAWN, TaskStatus.HANDED_OVER)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """The newest task of a duty that recurs."""

    task: Task
    counted_on: date  # as its cycle gave it, whatever moved it since
    directive: Directive
    starts_on: date | None  # of its body, and the last day
    ends_on: date | None

    @property
    def task_id(self) -> int:
        """The task's id."""
        return self.task.id or 0

    def goes_on(self, today: date) -> bool:
        """Whether its body can be given work on ``today``; a duty ends with its body."""
        return can_work(self.starts_on, self.ends_on, today)


def newest_occurrences(session: Session, today: date) -> list[Occurrence]:
    """The newest task of every duty whose day has come and whose paper stands, also of ended bodies.

    The newest are told from the index of recurring tasks alone (``ix_task_recurring``), however many
    others there are.
    """
    newest = (
        sa.select(Task.directive_id, Task.agency_id, sa.func.max(Task.occurrence).label("occurrence"))
        .where(Task.occurrence > _ZERO)
        .group_by(Task.directive_id, Task.agency_id)
        .subquery()
    )
    query = (
        sa.select(Task, sa.func.coalesce(Task.original_due_on, Task.due_on), Directive)
        .add_columns(Agency.valid_from, Agency.valid_to)
        .select_from(newest)
        .join(Task, sa.and_(*(getattr(Task, name) == newest.c[name] for name in _IDENTITY)))
        .join(Directive, Directive.id == Task.directive_id)
        .join(Document, Document.id == Directive.document_id)
        .join(Agency, Agency.id == Task.agency_id)
        .where(Task.due_on <= today, Task.status.not_in(_ENDED), Directive.due_kind == _RECURRING)
        .where(Document.state == DocumentState.ISSUED)
        .order_by(Task.id)
    )
    return [Occurrence(*row) for row in session.execute(query)]


def cooperators_of(session: Session, task_ids: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """Ids of the cooperating bodies of each task; who was released stays out of the next one."""
    query = (
        sa.select(TaskCooperation.task_id, TaskCooperation.agency_id)
        .where(
            TaskCooperation.task_id.in_(list(task_ids)),
            TaskCooperation.state != CooperationState.RELEASED,
        )
        .order_by(TaskCooperation.task_id, TaskCooperation.agency_id)
    )
    found: dict[int, tuple[str, ...]] = {}
    for task_id, agency_id in session.execute(query):
        found[task_id] = (*found.get(task_id, ()), agency_id)
    return found
