"""What a message carries, read by one query: the letters with all that says whether they still hold."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from models.agencies import Agency
from models.directives import Directive, Document
from models.escalations import EscalationCase
from models.extensions import ExtensionRequest
from models.outbox import ChannelState, MessageLetter, OutboxLetter
from models.predicates import among
from models.task_facts import FACT_COLUMNS, facts_of
from models.tasks import Task, TaskCooperation, UrgingPaper
from rules.facts import TaskFacts
from rules.letter_words import LetterKind
from rules.vocabulary import CaseState, CooperationState, ExtensionState, Rung


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
    data: dict[str, Any]
    task: TaskFacts | None = None
    case_state: CaseState | None = None
    case_rung: Rung | None = None
    request_waits: bool = False  # a request for an extension of the task is unanswered
    released: bool = False  # the body that is asked to cooperate no longer is
    paper_issued: bool = False  # the công văn that the letter asks for went out
    outdated: bool = False  # a later digest for the same reader is written, or the channel works again
    key: str = ""


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
    found = [_carried(tuple(row)) for row in rows]
    return _with_news(session, _with_papers(session, found))


def _carried(row: tuple[Any, ...]) -> Carried:
    *known, case_state, case_rung, request, part, key = row
    values = known[_AFTER:]
    task = facts_of(values) if values[0] is not None else None
    released = part is CooperationState.RELEASED
    seen: tuple[Any, ...] = (case_state, case_rung, request is not None, released, False, False, key)
    letter: tuple[Any, ...] = (*known[:_AFTER], task, *seen)
    return Carried(*letter)


def _with_papers(session: Session, letters: list[Carried]) -> list[Carried]:
    """The same, knowing which công văn have been issued meanwhile."""
    papers = {letter.data.get("paper") for letter in letters if letter.kind is LetterKind.PAPER_DUE}
    if not papers:
        return letters
    query = sa.select(UrgingPaper.id).where(UrgingPaper.id.in_(papers), UrgingPaper.issued_on.is_not(None))
    issued = set(session.scalars(query))
    return [_issued(letter) if letter.data.get("paper") in issued else letter for letter in letters]


def _issued(letter: Carried) -> Carried:
    return replace(letter, paper_issued=True)


def _with_news(session: Session, letters: list[Carried]) -> list[Carried]:
    """The same, knowing which digest has a successor, and which channel works again."""
    if not any(letter.kind in _OUTDATED for letter in letters):
        return letters
    return [
        replace(letter, outdated=letter.kind in _OUTDATED and _OUTDATED[letter.kind](session, letter))
        for letter in letters
    ]


def _has_successor(session: Session, letter: Carried) -> bool:
    later = sa.exists().where(
        OutboxLetter.kind == LetterKind.DIGEST,
        OutboxLetter.agency_id == letter.agency_id,
        OutboxLetter.scheduled_on > letter.scheduled_on,
    )
    return bool(session.scalar(sa.select(later)))


def _works_again(session: Session, letter: Carried) -> bool:
    troubled = sa.exists().where(
        ChannelState.channel == letter.data.get("channel"), ChannelState.since.is_not(None)
    )
    return not session.scalar(sa.select(troubled))


_OUTDATED = {LetterKind.DIGEST: _has_successor, LetterKind.CHANNEL_DOWN: _works_again}
