"""A task that was confirmed by mistake is open again: its result waits, all who worked on it are told.

The confirmation is undone and nothing else: the day of the result still counts. Where the result is not good
enough, it is returned for re-doing afterwards, with what is wrong with it.
"""

from sqlalchemy.engine import Engine
from sqlmodel import Session

from config.act import Act
from flows.actions.doors.task import Happening, find_task, perform
from flows.actions.letters.about_tasks import cooperating, tell
from models.db import unit_of_work
from models.tables.documents import Directive, Document
from models.tables.tasks import Task, TaskChanges
from rules.outbox.payloads import keys
from rules.outbox.payloads.tasks import Reopened
from rules.refusal import NotAllowed
from rules.tasks.event_data import ReopenedData
from rules.tasks.remarks import remark
from rules.vocabulary import DocumentState, EventKind, TaskStatus


def reopen(engine: Engine, task_id: int, reason: str, act: Act) -> TaskStatus:
    """Take a confirmation back, with the reason. Raises NotAllowed, NotFound; then nothing has changed."""
    said = remark(EventKind.REOPENED, reason)
    with unit_of_work(engine) as session:
        task = find_task(session, task_id)
        _refuse_recalled(session, task)
        confirmed_on = task.confirmed_on
        data, changes = ReopenedData(confirmed_on), TaskChanges(confirmed_on=None)
        status = perform(session, task, act, Happening(EventKind.REOPENED, said, data, changes))
        told = Reopened(said, confirmed_on)
        for body in (task.agency_id, *cooperating(session, task_id)):
            key = keys.reopened(task_id, task.version, body)
            tell(session, told, key, body, task, act)
    return status


def _refuse_recalled(session: Session, task: Task) -> None:
    directive = session.get_one(Directive, task.directive_id)
    paper = session.get_one(Document, directive.document_id, with_for_update=True)
    if paper.state is DocumentState.RECALLED:
        raise NotAllowed("Văn bản giao nhiệm vụ này đã được thu hồi nên không mở lại nhiệm vụ.")
