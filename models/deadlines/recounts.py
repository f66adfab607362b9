"""Open deadlines that the calendar gave, each with all from which it was counted."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from models.database.bulk import one_of_ids
from models.database.predicates import MARKED_SQL, among
from models.deadlines.duty_openings import Opening, openings_of
from models.tables.documents import AwaitedEvent, Directive
from models.tables.tasks import DeadlineChange, Task, TaskEvent
from models.tasks.predecessors import predecessors
from rules.deadlines.anchors import RECEIPT, years_in
from rules.deadlines.recounts import Counting
from rules.tasks.status import OPEN
from rules.vocabulary import EventKind

#: Events by which a rule, and nobody's decision, gives a deadline.
BY_RULE = (EventKind.ASSIGNED, EventKind.DEADLINE_SET, EventKind.TAKEN_OVER)


@dataclass(frozen=True, slots=True)
class Countable:
    """An open task with a deadline; ``moved_by`` says by what it was moved since it was counted."""

    task_id: int
    counting: Counting
    by_rule: bool  # False: the day was set by hand over words that count working days
    counted_due: date  # as the rule gave it: the deadline in force unless somebody has moved it
    marked: frozenset[int]  # years over which it was counted before their notice
    moved_by: str = ""


def countable(session: Session) -> list[Countable]:
    """Every open task whose deadline hangs on the calendar, in order; they are held until the end.

    Those that somebody else holds now are left out (``countable_count`` counts them too).
    """
    query = _query().with_for_update(skip_locked=True, of=Task)
    found = [_countable(row) for row in session.execute(query)]
    moved = _moved(session, [one.task_id for one in found])
    received = _received(session, [one.task_id for one in found if one.counting.of_receipt])
    openings = openings_of(session, [one.task_id for one in found if one.counting.rule])
    return [
        replace(
            one,
            moved_by=moved.get(one.task_id, one.moved_by),
            counting=_with(one.counting, openings.get(one.task_id), received.get(one.task_id)),
        )
        for one in found
    ]


def _with(counting: Counting, opening: Opening | None, received_on: date | None) -> Counting:
    if opening is None:
        return replace(counting, received_on=received_on)
    first_on, before_on, before_counted = opening.opened_on, opening.before_on, opening.before_counted
    return replace(counting, assigned_on=first_on, before_on=before_on, before_counted=before_counted)


def countable_count(session: Session) -> int:
    """How many there are, held or not."""
    return session.scalar(sa.select(sa.func.count()).select_from(_query().subquery())) or 0


def _query() -> sa.Select[Any]:
    return (
        sa.select(
            Task.id, Task.due_on, Task.assigned_on, Task.parent_id, Task.original_due_on,
            Task.due_unpaused_on, Directive.due_phrase, Directive.due_rule, Directive.due_anchor,
            Directive.due_on.label("text_due_on"), Directive.due_counted, Directive.due_counted_from,
            Directive.due_given_days, Directive.due_years, AwaitedEvent.happened_on,
        )
        .join(Directive, Directive.id == Task.directive_id)
        .outerjoin(AwaitedEvent, AwaitedEvent.id == Directive.event_id)
        .where(among(Task.status, OPEN), Task.due_on.is_not(None))
        .where(sa.or_(Directive.due_counted, sa.text(MARKED_SQL)))
        .order_by(Task.id)
    )  # fmt: skip


def _countable(row: Any) -> Countable:
    counting = Counting(
        row.due_on,
        row.assigned_on,
        row.due_phrase or "",
        row.due_counted_from,
        row.text_due_on,
        row.due_given_days or 0,
        row.due_anchor == RECEIPT and row.text_due_on is None,
        happened_on=row.happened_on,
        is_unit=row.parent_id is not None,
        rule=row.due_rule or "",
    )
    # What was moved before a hand-over stands in the successor's row alone.
    moved = row.original_due_on != row.due_on or row.due_unpaused_on != row.due_on
    why = "đã thay đổi trước khi chuyển giao" if moved else ""
    marked = frozenset(years_in(row.due_years))
    return Countable(row.id, counting, row.due_counted, row.original_due_on or row.due_on, marked, why)


def _moved(session: Session, task_ids: Iterable[int]) -> dict[int, str]:
    """By task, how the deadline was moved last by somebody's decision."""
    made = sa.and_(TaskEvent.task_id == DeadlineChange.task_id, TaskEvent.seq == DeadlineChange.event_seq)
    query = (
        sa.select(DeadlineChange.task_id, DeadlineChange.cause)
        .join(TaskEvent, made)
        .where(one_of_ids(session, DeadlineChange.task_id, task_ids), TaskEvent.kind.not_in(BY_RULE))
        .order_by(DeadlineChange.seq)
    )
    return {row.task_id: row.cause.label.lower() for row in session.execute(query)}


def _received(session: Session, task_ids: Collection[int]) -> dict[int, date]:
    """By task, the day on which its lead, or else the nearest one before it, recorded the receipt."""
    before = predecessors(session, task_ids)
    lines = {key: (key, *before.get(key, ())) for key in task_ids}
    query = sa.select(TaskEvent.task_id, TaskEvent.happened_on).where(
        one_of_ids(session, TaskEvent.task_id, {one for line in lines.values() for one in line}),
        TaskEvent.kind == EventKind.RECEIVED,
    )
    days = {row.task_id: row.happened_on for row in session.execute(query.order_by(TaskEvent.seq.desc()))}
    found = {key: next((days[one] for one in line if one in days), None) for key, line in lines.items()}
    return {key: day for key, day in found.items() if day is not None}
