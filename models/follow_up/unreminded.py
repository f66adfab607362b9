"""Tasks whose deadline passed without a reminder, and the rows that say why
(``rules/follow_up/unreminded.py``)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from config.clock import OFFICE_ZONE, office_day
from models.database.parameters import IDS
from models.database.predicates import among, exactly
from models.tables.follow_up_days import FollowUpDay
from models.tables.outbox import MessageLetter, OutboxLetter, OutboxMessage
from models.tables.tasks import Task, TaskEvent
from rules.calendar.workdays import NoCalendar, WorkCalendar
from rules.facts import TaskFacts
from rules.follow_up.reminders import Near, Rhythm, steps_before
from rules.follow_up.unreminded import Rest, SentReminder, reminded, why_not_reminded
from rules.letter_words import MessageState
from rules.outbox.payloads.keys import LetterKind
from rules.vocabulary import AWAITED, OWED, UnremindedReason

#: A letter in a folder is carried to its reader by a person.
LEFT = frozenset({MessageState.SENT, MessageState.SAVED})
ONE_DAY = timedelta(days=1)


def unreminded(
    session: Session,
    tasks: Sequence[TaskFacts],
    rhythm: Rhythm,
    calendar: WorkCalendar,
    changed: bool = False,
) -> dict[int, UnremindedReason | None]:
    """Of ``tasks``, past their deadlines, those that no reminder reached in time, by id.

    The value is the reason that the rows give; None where they give none, which is a fault of ours.
    ``changed`` says that another calendar was in force on some of the days. Three queries, however many
    tasks.
    """
    dated = [task for task in tasks if task.due_on is not None]
    ids = [task.id for task in dated]
    letters, rests = _letters(session, ids), _rests(session, ids)
    first = min((task.assigned_on for task in dated), default=date.max)
    followed = _followed(session, first, calendar)
    found = {}
    for task in dated:
        mine = letters[task.id, task.due_on]
        if not reminded(task, mine):
            steps, provisional = _steps(task, rhythm, calendar)
            found[task.id] = why_not_reminded(
                task, steps, followed, rests[task.id], mine, provisional or changed
            )
    return found


def never_reminded(session: Session, tasks: Sequence[TaskFacts]) -> frozenset[int]:
    """Ids of those of ``tasks`` whose deadline passed without a reminder that reached somebody in time."""
    letters = _letters(session, [task.id for task in tasks])
    late = (task for task in tasks if task.due_on is not None)
    return frozenset(task.id for task in late if not reminded(task, letters[task.id, task.due_on]))


def count_unreminded(session: Session, since: date, as_of: date) -> int:
    """How many owed tasks were due from ``since`` to the day before ``as_of`` and had no reminder in time.

    What is assigned after that day is of a later digest, whenever it was due. The same as ``never_reminded``
    without loading them; found by the index of reminders.
    """
    postgres = session.get_bind().dialect.name == "postgresql"
    at = OutboxMessage.settled_at
    left_on = (
        sa.cast(sa.func.timezone(OFFICE_ZONE.key, at), sa.Date())
        if postgres
        else sa.func.date(at, "+7 hours")  # there is no summer time in Viet Nam
    )
    in_time = (
        sa.select(sa.literal(1))
        .select_from(OutboxLetter)
        .join(MessageLetter, MessageLetter.letter_id == OutboxLetter.id)
        .join(OutboxMessage, OutboxMessage.id == MessageLetter.message_id)
        .where(exactly(OutboxLetter.kind, LetterKind.REMINDER))
        .where(OutboxLetter.due_on == Task.due_on, OutboxLetter.task_id == Task.id)
        .where(among(OutboxMessage.state, LEFT), left_on <= Task.due_on)
    )
    overdue = (among(Task.status, OWED), Task.due_on >= since, Task.due_on < as_of, Task.assigned_on <= as_of)
    query = sa.select(sa.func.count()).select_from(Task).where(*overdue, ~in_time.exists())
    return session.scalar(query) or 0


def _steps(task: TaskFacts, rhythm: Rhythm, calendar: WorkCalendar) -> tuple[tuple[Near, ...], bool]:
    """The steps of the deadline, and whether the calendar of its days may still change."""
    assert task.due_on is not None
    provisional = bool(calendar.provisional_years(task.assigned_on, task.due_on))
    try:
        return steps_before(task.due_on, rhythm, calendar), provisional
    except NoCalendar:
        return (), provisional


def _followed(session: Session, first: date, calendar: WorkCalendar) -> list[date]:
    """The working days from ``first`` on that were followed, of the years that have a calendar."""
    query = sa.select(FollowUpDay.day).where(FollowUpDay.day >= first).order_by(FollowUpDay.day)
    days = session.scalars(query)
    return [day for day in days if day.year in calendar.years and calendar.is_working(day)]


def _letters(session: Session, ids: Sequence[int]) -> dict[tuple[int, date | None], list[SentReminder]]:
    """The reminders of each task and deadline, each with the day on which its first message left."""
    found: dict[tuple[int, date | None], list[SentReminder]] = defaultdict(list)
    for task_id, due_on, state, sent_at in session.execute(_reminders(), {"ids": list(ids)}):
        found[task_id, due_on].append(SentReminder(state, office_day(sent_at) if sent_at else None))
    return found


@cache
def _reminders() -> sa.Select[Any]:
    left = sa.and_(OutboxMessage.id == MessageLetter.message_id, among(OutboxMessage.state, LEFT))
    columns = (OutboxLetter.task_id, OutboxLetter.due_on, OutboxLetter.state)
    return (
        sa.select(*columns, sa.func.min(OutboxMessage.settled_at))
        .outerjoin(MessageLetter, MessageLetter.letter_id == OutboxLetter.id)
        .outerjoin(OutboxMessage, left)
        .where(OutboxLetter.kind == LetterKind.REMINDER, OutboxLetter.task_id.in_(IDS))
        .group_by(OutboxLetter.id, *columns)
    )


def _rests(session: Session, ids: Sequence[int]) -> dict[int, list[Rest]]:
    events: dict[int, list[tuple[date, bool]]] = defaultdict(list)
    for task_id, day, status in session.execute(_moves(), {"ids": list(ids)}):
        events[task_id].append((day, status in AWAITED))
    return defaultdict(list, {key: list(_rests_in(mine)) for key, mine in events.items()})


@cache
def _moves() -> sa.Select[Any]:
    columns = (TaskEvent.task_id, TaskEvent.happened_on, TaskEvent.to_status)
    query = sa.select(*columns).where(TaskEvent.task_id.in_(IDS))
    return query.order_by(TaskEvent.task_id, TaskEvent.seq)


def _rests_in(events: Iterable[tuple[date, bool]]) -> Iterator[Rest]:
    """The days on which the task was not awaited; a day of moving counts as rest only afterwards."""
    since: date | None = None
    for day, awaited in events:
        if not awaited and since is None:
            since = day
        if awaited and since is not None:
            yield Rest(since + ONE_DAY, day)
            since = None
    if since is not None:
        yield Rest(since + ONE_DAY, None)
