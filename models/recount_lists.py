"""What counting anew made of deadlines, as lists and pages show it, and the marks that it lifts."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from models.calendar_years import RecountedDeadline
from models.directives import Directive
from models.predecessors import predecessors
from models.predicates import ASKED_SQL, MARKED_SQL
from models.task_facts import facts_by_id
from rules.anchors import calendar_mark, shown_years, years_in
from rules.facts import TaskFacts
from rules.recounts import Recount
from rules.status import OPEN


@dataclass(frozen=True, slots=True)
class Recounted:
    """One line of the list: the task as it is now, and what the calendar would make of its deadline."""

    row: RecountedDeadline
    task: TaskFacts

    @property
    def open_question(self) -> bool:
        """Whether the secretariat still has to say which day holds."""
        stands = self.task.status in OPEN and self.task.due_on == self.row.old_due_on
        return self.row.outcome is Recount.ASKED and stands


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


def recounted_between(session: Session, first: int, last: int) -> list[Recounted]:
    """What one count found, by the ids of its first and last line."""
    return _listed(session, sa.select(RecountedDeadline).where(RecountedDeadline.id.between(first, last)))


def recounted_on(session: Session, day: date) -> list[Recounted]:
    """What the count of ``day`` found, in the order of the tasks."""
    return _listed(session, sa.select(RecountedDeadline).where(RecountedDeadline.counted_on == day))


def open_questions(session: Session, task_ids: Collection[int] | None = None) -> list[Recounted]:
    """What the secretariat still has to answer, of all tasks or of these."""
    query = sa.select(RecountedDeadline).where(sa.text(ASKED_SQL))
    if task_ids is not None:
        query = query.where(RecountedDeadline.task_id.in_(list(task_ids)))
    return [one for one in _listed(session, query) if one.open_question]


def days_counted(session: Session, most: int) -> list[date]:
    """The days on which deadlines were counted anew, latest first."""
    query = sa.select(RecountedDeadline.counted_on).distinct()
    return list(session.scalars(query.order_by(RecountedDeadline.counted_on.desc()).limit(most)))


def _listed(session: Session, query: sa.Select[Any]) -> list[Recounted]:
    rows = session.scalars(query.order_by(RecountedDeadline.task_id, RecountedDeadline.id)).all()
    known = facts_by_id(session, {row.task_id for row in rows})
    return [Recounted(row, known[row.task_id]) for row in rows]
