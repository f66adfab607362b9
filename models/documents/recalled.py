"""What hangs on an issued document: its open tasks, the bodies that work on them, the letters that wait."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlmodel import Session

from models.database.bulk import one_of_ids
from models.database.predicates import among
from models.tables.documents import Directive
from models.tables.outbox import OutboxLetter
from models.tables.tasks import Task, TaskCooperation
from rules.letter_words import LetterState
from rules.outbox.kinds import LASTING
from rules.tasks.status import OPEN
from rules.vocabulary import CooperationState


def open_tasks_of(session: Session, document_id: int, hold: bool = False) -> list[Task]:
    """The open tasks of a document, handed-over ones at their new leads; ``hold`` keeps them as they are."""
    query = (
        sa.select(Task)
        .join(Directive, Directive.id == Task.directive_id)
        .where(Directive.document_id == document_id, among(Task.status, OPEN))
        .order_by(Task.id)
    )
    return list(session.scalars(query.with_for_update(of=Task) if hold else query))


def bodies_of(session: Session, task_ids: Sequence[int]) -> dict[str, list[int]]:
    """By body, those of the tasks that it leads or cooperates on, in their order."""
    found: dict[str, set[int]] = {}
    leads = sa.select(Task.agency_id, Task.id).where(one_of_ids(session, Task.id, task_ids))
    parts = sa.select(TaskCooperation.agency_id, TaskCooperation.task_id).where(
        one_of_ids(session, TaskCooperation.task_id, task_ids),
        TaskCooperation.state != CooperationState.RELEASED,
    )
    for query in (leads, parts):
        for body, task_id in session.execute(query):
            found.setdefault(body, set()).add(task_id)
    return {body: sorted(found[body]) for body in sorted(found)}


def drop_waiting(session: Session, task_ids: Sequence[int], why: str) -> None:
    """The letters about these tasks that have not become messages need not go any more."""
    session.connection().execute(
        sa.update(OutboxLetter)
        .where(
            one_of_ids(session, OutboxLetter.task_id, task_ids),
            OutboxLetter.state.in_((LetterState.PENDING, LetterState.NO_CONTACT)),
            OutboxLetter.kind.not_in(LASTING),
        )
        .values(state=LetterState.OBSOLETE, state_note=why)
    )
