"""The way that cases went: each rung they reached and what was said there."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Session

from models.people.seen import cases_seen, narrowed
from models.tables.cases import EscalationCase, EscalationStep
from rules.people.viewer import ANYBODY, Viewer
from rules.vocabulary import EventKind, Rung


@dataclass(frozen=True, slots=True)
class CaseStep:
    """One step of a case; ``happened_on`` is the office's day of ``happened_at``."""

    case_id: int
    happened_at: datetime
    happened_on: date
    kind: EventKind
    rung: Rung
    note: str


_COLUMNS = (
    EscalationStep.case_id,
    EscalationStep.happened_at,
    EscalationStep.happened_on,
    EscalationStep.kind,
    EscalationStep.rung,
    EscalationStep.note,
)


def steps_of_case(session: Session, case_id: int) -> list[CaseStep]:
    """The steps of one case, latest first."""
    query = sa.select(*_COLUMNS).where(EscalationStep.case_id == case_id)
    return [CaseStep(*row) for row in session.execute(query.order_by(EscalationStep.seq.desc()))]


def steps_about_task(session: Session, task_id: int, viewer: Viewer = ANYBODY) -> list[CaseStep]:
    """The steps of all cases of one task that are seen, latest first."""
    query = (
        sa.select(*_COLUMNS)
        .join(EscalationCase, EscalationCase.id == EscalationStep.case_id)
        .where(EscalationCase.task_id == task_id)
    )
    query = narrowed(query, cases_seen(viewer))
    return [CaseStep(*row) for row in session.execute(query.order_by(EscalationStep.id.desc()))]


def last_steps(session: Session, case_ids: list[int]) -> dict[int, CaseStep]:
    """By case, its last step; cases without one are left out."""
    query = sa.select(*_COLUMNS).where(EscalationStep.case_id.in_(case_ids))
    found = (CaseStep(*row) for row in session.execute(query.order_by(EscalationStep.seq)))
    return {step.case_id: step for step in found}
