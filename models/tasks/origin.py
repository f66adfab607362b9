"""Where a task comes from: its directive, the paper that gave it, the bodies that it names."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from models.database.parameters import TASK
from models.documents.given import GIVEN_COLUMNS, Given
from models.documents.parties import parties_of
from models.tables.documents import Directive, Document
from models.tables.tasks import Task
from rules.vocabulary import DocumentState, PartyRole


@dataclass(frozen=True, slots=True)
class SourcePaper:
    """The document, as much of it as a task has to know."""

    id: int
    state: DocumentState
    text: str


@dataclass(frozen=True, slots=True)
class Origin:
    """A task with what it comes from.

    ``task`` is the row itself, for the reads of what a correction may change, which take it.
    """

    task: Task
    directive: Given
    document: SourcePaper
    parties: dict[PartyRole, list[str]]  # names, in the order of the text


def find_origin(session: Session, task_id: int) -> Origin | None:
    """The task with where it comes from; None if there is no such task."""
    row = session.execute(_given(), {"task": task_id}).first()
    if row is None:
        return None
    task, key, state, text, *given = row
    directive = Given(*given)
    parties = parties_of(session, [directive.id])[directive.id]
    return Origin(task, directive, SourcePaper(key, state, text), parties)


@cache
def _given() -> sa.Select[Any]:
    return (
        sa.select(Task, Document.id, Document.state, Document.text, *GIVEN_COLUMNS)
        .join(Directive, Directive.id == Task.directive_id)
        .join(Document, Document.id == Directive.document_id)
        .where(Task.id == TASK)
    )
