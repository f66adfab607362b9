"""The requests for a later deadline of a task, and how each was answered."""

from dataclasses import dataclass, fields
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session

from models.tables.extensions import ExtensionRequest
from rules.vocabulary import ExtensionState

_UNANSWERED = (ExtensionState.OPEN, ExtensionState.COUNTERED)


@dataclass(frozen=True, slots=True)
class ExtensionAsked:
    """One request; ``counter_on`` is what the assigner proposes instead of ``wanted_on``."""

    id: int
    state: ExtensionState
    asked_on: date
    reason: str
    wanted_on: date
    counter_on: date | None
    decided_on: date | None
    decided_by: str  # the capacity in which it was decided
    note: str

    @property
    def waits(self) -> bool:
        """Whether nobody has answered it for good."""
        return self.state in _UNANSWERED


_COLUMNS = tuple(getattr(ExtensionRequest, field.name) for field in fields(ExtensionAsked))


def requests_of(session: Session, task_id: int) -> list[ExtensionAsked]:
    """All requests of the task, latest first; at most one of them waits."""
    query = sa.select(*_COLUMNS).where(ExtensionRequest.task_id == task_id)
    return [ExtensionAsked(*row) for row in session.execute(query.order_by(ExtensionRequest.id.desc()))]
