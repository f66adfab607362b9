"""Of which deadlines the leads were told, and since when: what a numbered urging presupposes.

Source: issue 10, "Urged, though one could not know"; docs/decisions/0006. The rule for one task is
``rules.follow_up.reminders.known``.
"""

from collections.abc import Collection
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from models.database.bulk import one_of_ids
from models.database.predicates import among, telling_sql
from models.tables.outbox import OutboxLetter
from models.tables.tasks import Task, ToldDeadline
from rules.letter_words import LetterState
from rules.outbox.kinds import TELLING

_TOLD = ToldDeadline.__table__  # type: ignore[attr-defined]
_COLUMNS = ("task_id", "agency_id", "due_on", "told_on")

#: The same for the sweep: whether the lead of the task ``t`` may be urged by the deadline in force.
#: ``:rested`` is the day on or before which a letter must have told of a deadline that was over already.
KNOWN_SQL = f"""coalesce(
  (SELECT d.agency_id = t.agency_id AND d.due_on = t.due_on
      AND (d.told_on <= d.due_on OR d.told_on <= :rested)
    FROM told_deadline d WHERE d.task_id = t.id),
  NOT EXISTS (SELECT 1 FROM outbox_letter l
    WHERE l.task_id = t.id AND l.agency_id = t.agency_id
      AND {telling_sql("l")})
)"""


def told_by_letters(session: Session, letter_ids: Collection[int], day: date) -> None:
    """On the working day ``day`` these letters told leads of their deadlines: those in force now.

    Letters are worded later, from the rows as they stand then. One that still waits to be made into messages
    tells nothing yet, nor does one to another body than the lead, or about a task without a deadline. A
    deadline that was told before keeps its day.
    """
    if not letter_ids:
        return
    to_lead = sa.and_(OutboxLetter.task_id == Task.id, OutboxLetter.agency_id == Task.agency_id)
    chosen = one_of_ids(session, OutboxLetter.id, sorted(letter_ids))
    looked_at = OutboxLetter.state != LetterState.PENDING
    _remember(session, _found(day).join(OutboxLetter, to_lead).where(chosen, looked_at))


def told_by_act(session: Session, task_id: int, day: date) -> None:
    """On the working day ``day`` the lead itself took the deadline that is now in force."""
    _remember(session, _found(day).where(Task.id == task_id))


def told_of(session: Session, task: Task) -> date | None:
    """The deadline of ``task`` that its lead was told of last; None: of none."""
    found = session.get(ToldDeadline, task.id)
    return found.due_on if found and found.agency_id == task.agency_id else None


def knew_before(session: Session, task: Task, day: date) -> bool:
    """Whether the lead was told of ``task``, and of the deadline in force, before ``day``.

    The reference of what a person may urge; the sweep also asks how long ago (``KNOWN_SQL``).
    """
    about = sa.select(OutboxLetter).where(
        OutboxLetter.task_id == task.id,
        OutboxLetter.agency_id == task.agency_id,
        among(OutboxLetter.kind, TELLING),
    )
    waits = session.scalar(sa.select(about.where(OutboxLetter.state == LetterState.PENDING).exists()))
    found = session.get(ToldDeadline, task.id) if task.due_on else None
    if found is None:
        return task.assigned_on < day and not waits
    return (found.agency_id, found.due_on) == (task.agency_id, task.due_on) and found.told_on < day


def told_too_late(session: Session, task_ids: Collection[int]) -> set[int]:
    """Those of the tasks whose deadline was over already on the day on which their lead was told of it."""
    query = (
        sa.select(Task.id)
        .join(ToldDeadline, sa.and_(ToldDeadline.task_id == Task.id, ToldDeadline.due_on == Task.due_on))
        .where(Task.id.in_(list(task_ids)), ToldDeadline.told_on > ToldDeadline.due_on)
    )
    return set(session.scalars(query))


def _found(day: date) -> sa.Select[Any]:
    """The values of ``_COLUMNS`` for every task with a deadline."""
    columns = (Task.id, Task.agency_id, Task.due_on, sa.literal(day, sa.Date()))
    return sa.select(*columns).select_from(Task).where(Task.due_on.is_not(None)).distinct()


def _remember(session: Session, source: sa.Select[Any]) -> None:
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    insert = dialect.insert(_TOLD).from_select(_COLUMNS, source)
    new = insert.excluded
    other = sa.or_(_TOLD.c.due_on != new.due_on, _TOLD.c.agency_id != new.agency_id)
    values = {name: new[name] for name in _COLUMNS[1:]}
    session.flush()
    session.connection().execute(
        insert.on_conflict_do_update(index_elements=["task_id"], set_=values, where=other)
    )
