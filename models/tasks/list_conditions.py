"""What a list of tasks asks for, as conditions in SQL: statuses, cuts by deadline, words, codes.

The cuts restate ``rules/deadlines/classes.py``, with today as a parameter; ``tests/web`` holds the two
together row by row. Open tasks are asked for in the literal words of ``ix_task_desk``
(``models/database/predicates.py``).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from models.database import predicates
from models.database.word_search import has_words
from models.documents.lookups import is_task
from models.follow_up.digest_lists import in_part
from models.people.access.seen import narrowed, tasks_seen, tasks_seen_apart
from models.tables.documents import Directive
from models.tables.tasks import Task
from models.tasks.officers import handed_to
from rules.documents.quoted import code_quoted, codes_named
from rules.follow_up.digest import DigestWindows
from rules.follow_up.digest_parts import DigestPart
from rules.people.viewer import ANYBODY, Viewer
from rules.vocabulary import CLOSED, OWED, Labelled, TaskStatus

Condition = sa.ColumnElement[bool]
Ids = sa.Select[Any]  # of task ids

OPEN = tuple(sorted(set(TaskStatus) - CLOSED))


class Cut(Labelled):
    """A part of the list by deadline; the words are those of the address line."""

    OVERDUE = "qua-han", "Quá hạn"
    DUE_SOON = "7-ngay", "Đến hạn trong 7 ngày"
    IN_TIME = "trong-han", "Trong hạn"
    NO_DEADLINE = "khong-thoi-han", "Không thời hạn"
    DONE_IN_TIME = "xong-dung-han", "Hoàn thành đúng hạn"
    DONE_LATE = "xong-qua-han", "Hoàn thành quá hạn"
    DONE_NO_DEADLINE = "xong-khong-thoi-han", "Hoàn thành (không thời hạn)"


#: Cuts of tasks for which somebody other than the secretariat has still to act, as the digest counts.
OPEN_CUTS = frozenset({Cut.OVERDUE, Cut.DUE_SOON, Cut.IN_TIME, Cut.NO_DEADLINE})


@dataclass(frozen=True, slots=True)
class TaskFilter:
    """What a list shows; ``statuses`` empty means every status.

    ``part`` is a heading of the digest, and needs the ``windows`` of the policy. ``document_id``, with the
    ``ordinal`` of a directive or without, narrows the list to what a document has assigned, ``event_id``
    to what hangs on an event, ``officers`` to what was handed to one of these persons within their bodies.
    """

    agency_id: str | None = None
    statuses: tuple[TaskStatus, ...] = ()
    cut: Cut | None = None
    words: str = ""
    part: DigestPart | None = None
    windows: DigestWindows | None = None
    document_id: int | None = None
    ordinal: int | None = None
    event_id: int | None = None
    officers: tuple[int, ...] = ()

    @property
    def counted_out(self) -> bool:
        """Whether another page has told the number of these tasks, so that the list must say the same."""
        return (self.part, self.document_id, self.event_id) != (None, None, None)

    @property
    def only_open(self) -> bool:
        """Whether no closed task can be on the list."""
        return self.cut in OPEN_CUTS or (bool(self.statuses) and set(self.statuses) <= set(OPEN))


def matching(session: Session, wanted: TaskFilter, today: date, viewer: Viewer = ANYBODY) -> Ids:
    """The ids of the tasks on the list that ``viewer`` may see, in no order."""
    query = narrowed(sa.select(Task.id), tasks_seen(viewer))
    if wanted.only_open and (wanted.agency_id or wanted.statuses in ((), OPEN)):
        query = query.where(predicates.among(Task.status, OPEN))
    return query.where(*_conditions(session, wanted, today, viewer))


def matching_apart(session: Session, wanted: TaskFilter, today: date, viewer: Viewer) -> list[Ids]:
    """The same with ``due_on`` for one who does not see all, as queries without a task in common."""
    conditions = _conditions(session, wanted, today, viewer)
    if wanted.only_open:
        # Not by the words of an index: PostgreSQL would look each of them up for each directive.
        conditions.append(Task.status.not_in(sorted(CLOSED)))
    seen, task = tasks_seen_apart(session, viewer), sa.select(Task.id, Task.due_on)
    led = [seen.open] if wanted.only_open else [seen.open, seen.closed]
    rest = [task.where(part, *conditions) for part in (seen.shared, seen.reported)]
    if _is_postgres(session):
        # The fence: who is to have the first rows in order would walk the tasks of all bodies for them.
        rest = [sa.select(*part.offset(0).subquery().c) for part in rest]
    return [*(task.where(part, *conditions) for part in led), *rest]


def _conditions(session: Session, wanted: TaskFilter, today: date, viewer: Viewer) -> list[Condition]:
    found: list[Condition] = []
    if wanted.statuses == (TaskStatus.SUBMITTED,):
        found.append(predicates.exactly(Task.status, TaskStatus.SUBMITTED))
    elif wanted.statuses and wanted.statuses != OPEN:
        found.append(Task.status.in_(wanted.statuses))
    if wanted.agency_id:
        found.append(Task.agency_id == wanted.agency_id)
    if wanted.cut:
        found += cut_conditions(session, wanted.cut, today)
    if wanted.part:
        assert wanted.windows is not None
        found.append(in_part(session, wanted.part, today, wanted.windows))
    if wanted.document_id is not None or wanted.event_id is not None:
        found.append(Task.directive_id.in_(_directives(wanted)))
    if wanted.officers:
        found.append(Task.id.in_(handed_to(wanted.officers)))
    if wanted.words.strip():
        found.append(_with_words(session, wanted.words, viewer))
    return found


def _directives(wanted: TaskFilter) -> Ids:
    """The ids of the directives of the document and of the event that are wanted."""
    narrow = (
        (Directive.document_id, wanted.document_id),
        (Directive.ordinal, wanted.ordinal),
        (Directive.event_id, wanted.event_id),
    )
    return sa.select(Directive.id).where(*(column == value for column, value in narrow if value is not None))


def in_one_part(session: Session, cut: Cut | None) -> bool:
    """Whether the cut has only dated or only undated tasks in a way that the index is told by it."""
    return not _is_postgres(session) and cut in OPEN_CUTS


def cut_conditions(session: Session, cut: Cut, today: date) -> tuple[Condition, ...]:
    """That a task is of the cut on ``today``."""
    due, owed = Task.due_on, Task.status.in_(sorted(OWED))
    done = Task.status == TaskStatus.CONFIRMED
    # The day that counts is the day of submission; a task confirmed without one counts as of today.
    counted = sa.func.coalesce(Task.submitted_on, today)
    return {
        Cut.OVERDUE: (owed, *_dated(session, date.min, today - timedelta(days=1))),
        Cut.DUE_SOON: (owed, *_dated(session, today, today + timedelta(days=7))),
        Cut.IN_TIME: (owed, *_dated(session, today, date.max)),
        Cut.NO_DEADLINE: (owed, sa.true() == _BLANK),
        Cut.DONE_IN_TIME: (done, due >= counted),
        Cut.DONE_LATE: (done, due < counted),
        Cut.DONE_NO_DEADLINE: (done, due.is_(None)),
    }[cut]


#: The second column of ``ix_task_desk``.
_BLANK: Condition = sa.literal_column("(task.due_on IS NULL)")


def _dated(session: Session, first: date, last: date) -> tuple[Condition, ...]:
    """Deadlines from ``first`` to ``last``, in the form that each database finds in the index.

    PostgreSQL makes ``IS NOT NULL`` of ``(due_on IS NULL) = false``, which its own index does not know.
    """
    if not _is_postgres(session):
        return sa.false() == _BLANK, Task.due_on >= first, Task.due_on <= last
    column = sa.tuple_(_BLANK, Task.due_on)
    low, high = (sa.tuple_(sa.false(), sa.literal(day)) for day in (first, last))
    return column >= low, column <= high


def _is_postgres(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"


def _with_words(session: Session, words: str, viewer: Viewer) -> Condition:
    """The task whose code is typed; else those that are named, or whose directive has every word.

    A code goes to its key: no text is read for it. Tone marks say nothing.
    """
    code = code_quoted(words)
    if code is not None and is_task(session, code, viewer):
        return Task.id == code
    # Each directive is read once, however many bodies it has given a task.
    hits = Task.directive_id.in_(sa.select(Directive.id).where(has_words(session, Directive.text, words)))
    named = codes_named(words)
    return sa.or_(Task.id.in_(named), hits) if named else hits
