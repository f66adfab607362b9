"""Recurring duties: the next occurrence opens when the last one's day has come."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session

from config.clock import office_day
from flows.actions.issue import announce, new_task, open_tasks
from flows.actions.office import Office
from models.agencies import Agency
from models.db import one_at_a_time, unit_of_work
from models.directives import Directive, Document
from models.open_tasks import latest_occurrences
from models.task_facts import code_of
from models.tasks import Task, TaskCooperation
from rules.bodies import covers
from rules.recurrence import next_due

ONE_DAY = timedelta(days=1)


def open_next_occurrences(engine: Engine, now: datetime, office: Office) -> list[str]:
    """Open what is due by now, also while the last occurrence is still open; returns the codes.

    A duty that ended with its agency opens nothing more. Catches up one occurrence at a time, but
    never opens one whose deadline has already passed: it could only be born overdue.
    """
    today = office_day(now)
    with unit_of_work(engine) as session:
        one_at_a_time(session, "recurring")
        opened = []
        for last, directive in latest_occurrences(session, today):
            agency = session.get_one(Agency, last.agency_id)
            if covers(agency.valid_from, agency.valid_to, today):
                opened.append(_open_after(session, last, directive, now, office))
        return [code_of(task.id) for task in opened if task.id is not None]


def _open_after(session: Session, last: Task, directive: Directive, now: datetime, office: Office) -> Task:
    assert last.due_on is not None
    assert directive.due_rule is not None
    today = office_day(now)
    due_on = next_due(directive.due_rule, max(last.due_on, today - ONE_DAY), office.calendar)
    task = new_task(directive, last.agency_id, due_on, last.occurrence + 1, now, office)
    cooperators = session.scalars(
        sa.select(TaskCooperation.agency_id).where(TaskCooperation.task_id == last.id)
    )
    open_tasks(session, [task], tuple(cooperators), now)
    announce(session, [task], session.get_one(Document, directive.document_id), now, office)
    return task
