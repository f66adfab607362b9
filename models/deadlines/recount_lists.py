"""What counting anew made of deadlines, as lists and pages show it, and the marks that it lifts."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from models.database.parameters import TASK
from models.database.predicates import ASKED_SQL, MARKED_SQL, among
from models.deadlines.calendar_years import RecountedDeadline
from models.facts import facts_by_id
from models.tables.documents import Directive
from models.tables.tasks import Task
from models.tasks.predecessors import predecessors
from rules.deadlines.anchors import calendar_mark, shown_years, years_in
from rules.deadlines.recounts import Recount
from rules.facts import TaskFacts
from rules.tasks.status import OPEN


@dataclass(frozen=True, slots=True)
class Count:
    """What the calendar would make of a deadline, what was done with it, and why."""

    id: int
    years: str  # whose days had changed: "2027"
    outcome: Recount
    old_due_on: date
    new_due_on: date | None  # None where no rule gives one
    reason: str  # why it was left alone
    answered_at: datetime | None
    note: str  # of the answer


@dataclass(frozen=True, slots=True)
class RecountLine:
    """One line of the list: the task as it is now, and what the calendar would make of its deadline."""

    row: Count
    task: TaskFacts


@dataclass(frozen=True, slots=True)
class CountedDay:
    """A day on which deadlines were counted anew: by the notices of which years, and how many."""

    day: date
    years: str
    count: int


def lift_marks(session: Session, years: frozenset[int]) -> None:
    """What was counted over ``years`` says "tạm tính" no more; other years keep their mark."""
    marked = session.scalars(sa.select(Directive.due_years).where(sa.text(MARKED_SQL)).distinct()).all()
    for shown in marked:
        left = shown_years(set(years_in(shown)) - years)
        if left == shown:
            continue
        old, new = calendar_mark(shown), calendar_mark(left)
        basis = sa.func.replace(Directive.due_basis, f"; {old}", f"; {new}" if new else "")
        session.execute(
            sa.update(Directive)
            .where(Directive.due_years == shown)
            .values(due_years=left, due_basis=sa.func.replace(basis, old, new)),
            execution_options={"synchronize_session": False},
        )


def questions_by_task(session: Session) -> dict[int, RecountedDeadline]:
    """By task, the question that nobody has answered, whether or not it still stands."""
    asked = sa.select(RecountedDeadline).where(sa.text(ASKED_SQL))
    return {row.task_id: row for row in session.scalars(asked)}


def was_kept(session: Session, task_id: int, old: date, new: date) -> bool:
    """Whether the secretariat has said, of this task or the one it goes on from, that ``old`` stays."""
    query = sa.select(sa.func.count()).where(
        RecountedDeadline.task_id.in_((task_id, *predecessors(session, [task_id]).get(task_id, ()))),
        RecountedDeadline.outcome == Recount.KEPT,
        RecountedDeadline.old_due_on == old,
        RecountedDeadline.new_due_on == new,
    )
    return bool(session.scalar(query))


def left_on(session: Session, day: date) -> frozenset[int]:
    """The tasks that a count of ``day`` has left alone."""
    query = sa.select(RecountedDeadline.task_id).where(
        RecountedDeadline.counted_on == day, RecountedDeadline.outcome == Recount.LEFT
    )
    return frozenset(session.scalars(query))


_COUNTS = sa.select(
    RecountedDeadline.task_id, *(getattr(RecountedDeadline, field.name) for field in fields(Count))
)


def recounted_between(session: Session, first: int, last: int) -> list[RecountLine]:
    """What one count found, by the ids of its first and last line."""
    return _listed(session, _COUNTS.where(RecountedDeadline.id.between(first, last)))


def recounted_on(session: Session, day: date, part: slice) -> list[RecountLine]:
    """A part of what the count of ``day`` found, in the order of the tasks."""
    return _listed(session, _COUNTS.where(RecountedDeadline.counted_on == day), part)


def open_questions(session: Session, part: slice) -> list[RecountLine]:
    """A part of what the secretariat still has to answer, in the order of the tasks."""
    return _listed(session, _questions(_COUNTS), part)


def open_question(session: Session, task_id: int) -> RecountLine | None:
    """What the secretariat still has to answer about one task."""
    row = session.execute(_question(), {"task": task_id}).first()
    return _lines(session, [row])[0] if row else None


@cache
def _question() -> sa.Select[Any]:
    query = _questions(_COUNTS).where(RecountedDeadline.task_id == TASK)
    return query.order_by(RecountedDeadline.id).limit(1)


def count_questions(session: Session) -> int:
    """How many answers the secretariat owes."""
    return session.scalar(_questions(sa.select(sa.func.count()).select_from(RecountedDeadline))) or 0


def _questions(query: sa.Select[Any]) -> sa.Select[Any]:
    """Only what still has to be answered: the task is open and has the deadline that was asked about."""
    stands = sa.and_(among(Task.status, OPEN), Task.due_on == RecountedDeadline.old_due_on)
    return query.join(Task, Task.id == RecountedDeadline.task_id).where(sa.text(ASKED_SQL), stands)


def days_counted(session: Session) -> list[CountedDay]:
    """The days on which deadlines were counted anew, latest first."""
    day, years = RecountedDeadline.counted_on, RecountedDeadline.years
    query = sa.select(day, years, sa.func.count()).group_by(day, years).order_by(day.desc(), years)
    found: dict[date, CountedDay] = {}
    for on, of_years, count in session.execute(query):
        known = found.get(on)
        both = (f"{known.years}; {of_years}", known.count + count) if known else (of_years, count)
        found[on] = CountedDay(on, *both)
    return list(found.values())


def any_counted(session: Session) -> bool:
    """Whether any deadline was ever counted anew."""
    return session.scalar(sa.select(RecountedDeadline.id).limit(1)) is not None


def _listed(session: Session, query: sa.Select[Any], part: slice | None = None) -> list[RecountLine]:
    ordered = query.order_by(RecountedDeadline.task_id, RecountedDeadline.id)
    return _lines(session, session.execute(ordered.slice(part.start, part.stop) if part else ordered).all())


def _lines(session: Session, rows: Sequence[sa.Row[Any]]) -> list[RecountLine]:
    known = facts_by_id(session, {row[0] for row in rows})
    return [RecountLine(Count(*row), known[task_id]) for task_id, *row in rows]
