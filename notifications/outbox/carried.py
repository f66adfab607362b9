"""What a message carries, read by one query: the letters with all that says whether they still hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlmodel import Session

from models.database.predicates import among
from models.facts import FACT_COLUMNS, facts_of
from models.tables.agencies import Agency
from models.tables.cases import EscalationCase
from models.tables.documents import Directive, Document
from models.tables.extensions import ExtensionRequest
from models.tables.outbox import MessageLetter, OutboxLetter
from models.tables.tasks import Task, TaskCooperation
from rules.facts import TaskFacts
from rules.outbox.payloads.keys import LetterKind
from rules.outbox.payloads.payload import Payload
from rules.vocabulary import CaseState, CooperationState, ExtensionState, Rung

T = TypeVar("T", bound=Payload)


@dataclass(frozen=True, slots=True)
class Carried:
    """A letter on its way, and its task and case as they stand at this moment."""

    id: int
    kind: LetterKind
    agency_id: str
    scheduled_on: date
    task_id: int | None
    case_id: int | None
    number: int | None
    due_on: date | None
    data: Mapping[str, object]  # as it is stored; ``told`` reads it
    task: TaskFacts | None = None
    case_state: CaseState | None = None
    case_rung: Rung | None = None
    request_waits: bool = False  # a request for an extension of the task is unanswered
    released: bool = False  # the body that is asked to cooperate no longer is
    overtaken: bool = False  # by other rows, as the kind asks them (``notifications/writing/kinds.py``)
    key: str = ""
    person_id: int | None = None  # to this one alone

    def told(self, payload: type[T]) -> T:
        """The payload; ``payload`` is that of the letter's kind. Raises TypeError if it is another's.

        It is read anew each time: nothing is read of what nobody asks for.
        """
        if payload.kind is not self.kind:
            raise TypeError(f"a letter of {self.kind} has no payload of {payload.kind}")
        return payload.of(self.data)


_LETTER = tuple(
    getattr(OutboxLetter, name)
    for name in ("id", "kind", "agency_id", "scheduled_on", "task_id", "case_id", "number", "due_on", "data")
)
_UNANSWERED = (ExtensionState.OPEN, ExtensionState.COUNTERED)
_AFTER = len(_LETTER)


@cache  # building it costs more than running it
def _query() -> sa.Select[Any]:
    return (
        sa.select(
            *_LETTER,
            *FACT_COLUMNS,
            EscalationCase.state,
            EscalationCase.rung,
            ExtensionRequest.id,
            TaskCooperation.state,
            OutboxLetter.key,
            OutboxLetter.person_id,
        )
        .join(MessageLetter, MessageLetter.letter_id == OutboxLetter.id)
        .outerjoin(Task, Task.id == OutboxLetter.task_id)
        .outerjoin(Agency, Agency.id == Task.agency_id)
        .outerjoin(Directive, Directive.id == Task.directive_id)
        .outerjoin(Document, Document.id == Directive.document_id)
        .outerjoin(EscalationCase, EscalationCase.id == OutboxLetter.case_id)
        .outerjoin(
            ExtensionRequest,
            sa.and_(ExtensionRequest.task_id == Task.id, among(ExtensionRequest.state, _UNANSWERED)),
        )
        .outerjoin(
            TaskCooperation,
            sa.and_(
                TaskCooperation.task_id == OutboxLetter.task_id,
                TaskCooperation.agency_id == OutboxLetter.agency_id,
            ),
        )
        .where(MessageLetter.message_id == sa.bindparam("message_id"))
        .order_by(OutboxLetter.id)
    )


def carried_by(session: Session, message_id: int) -> list[Carried]:
    """The letters of a message, oldest first."""
    rows = session.connection().execute(_query(), {"message_id": message_id})  # values, not objects
    return [_carried(tuple(row)) for row in rows]


def _carried(row: tuple[Any, ...]) -> Carried:
    *known, case_state, case_rung, request, part, key, person = row
    values = known[_AFTER:]
    task = facts_of(values) if values[0] is not None else None
    released = part is CooperationState.RELEASED
    seen: tuple[Any, ...] = (case_state, case_rung, request is not None, released, False, key, person)
    letter: tuple[Any, ...] = (*known[:_AFTER], task, *seen)
    return Carried(*letter)
