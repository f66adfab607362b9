"""Whether each open task was reminded in time, and if not, what the recorded rows say about it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from config.clock import office_day
from flows.actions.office import Office
from models.db import reading
from models.follow_up_days import FollowUpDay
from models.outbox import MessageLetter, OutboxLetter, OutboxMessage
from models.predicates import among
from models.task_facts import facts, task_query
from models.tasks import Task, TaskEvent
from rules.letter_words import LetterKind
from rules.reminders import rungs_of
from rules.unreminded import Reminder, Rest, reminded, why_not_reminded
from rules.vocabulary import AWAITED
from rules.workdays import NoCalendar
from tests.cast import rows

ONE_DAY = timedelta(days=1)


def unexplained(engine: Engine, office: Office, today: date, provisional: bool) -> list[str]:
    """Codes of awaited tasks past their deadline that nobody reminded and no row explains."""
    with reading(engine) as session:
        late = facts(session, task_query().where(among(Task.status, AWAITED), Task.due_on < today))
    followed = [row.day for row in rows(engine, FollowUpDay) if office.calendar.is_working(row.day)]
    letters, rests = _letters(engine), _rests(engine)
    found = []
    for task in late:
        assert task.due_on is not None
        try:
            rungs = rungs_of(task.due_on, office.policy.rhythm, office.calendar)
        except NoCalendar:
            rungs = ()
        mine = letters[task.id, task.due_on]
        reason = why_not_reminded(task, rungs, followed, rests[task.id], mine, provisional)
        if not reminded(task, mine) and reason is None:
            found.append(f"{task.code}, hạn {task.due_on}, đặt ngày {task.due_set_on}")
    return found


def _letters(engine: Engine) -> dict[tuple[int, date], list[Reminder]]:
    """The reminders of each task and deadline, each with the day on which its first message left."""
    query = (
        sa.select(
            OutboxLetter.task_id,
            OutboxLetter.due_on,
            OutboxLetter.state,
            sa.func.min(OutboxMessage.settled_at),
        )
        .outerjoin(MessageLetter, MessageLetter.letter_id == OutboxLetter.id)
        .outerjoin(
            OutboxMessage,
            sa.and_(OutboxMessage.id == MessageLetter.message_id, OutboxMessage.state == "sent"),
        )
        .where(OutboxLetter.kind == LetterKind.REMINDER)
        .group_by(OutboxLetter.id)
    )
    found: dict[tuple[int, date], list[Reminder]] = defaultdict(list)
    with reading(engine) as session:
        for task_id, due_on, state, left in session.execute(query):
            found[task_id, due_on].append(Reminder(state, office_day(left) if left else None))
    return found


def _rests(engine: Engine) -> dict[int, list[Rest]]:
    events: dict[int, list[TaskEvent]] = defaultdict(list)
    for event in rows(engine, TaskEvent):
        events[event.task_id].append(event)
    found = {key: list(_rests_in(sorted(mine, key=lambda e: e.seq))) for key, mine in events.items()}
    return defaultdict(list, found)


def _rests_in(events: Sequence[TaskEvent]) -> Iterator[Rest]:
    """The days on which the task was not awaited; a day of moving counts as rest only afterwards."""
    since: date | None = None
    for event in events:
        awaited = event.to_status in AWAITED
        if not awaited and since is None:
            since = event.happened_on
        if awaited and since is not None:
            yield Rest(since + ONE_DAY, event.happened_on)
            since = None
    if since is not None:
        yield Rest(since + ONE_DAY, None)
