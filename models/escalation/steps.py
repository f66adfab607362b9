"""The way that cases went: each rung they reached, what was said there, and by whom."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from models.people.access.seen import cases_seen, narrowed
from models.people.persons_named import DoneBy, done_by, with_doer
from models.tables.cases import EscalationCase, EscalationStep, SignedSlip
from rules.escalation.slips import Slip
from rules.people.viewer import ANYBODY, Viewer
from rules.vocabulary import EventKind, Rung


@dataclass(frozen=True, slots=True)
class CaseStep:
    """One step of a case; ``happened_on`` is the office's day of ``happened_at``.

    ``slip`` is the signed phiếu trình by which the secretariat recorded it, ``seq`` the number of the step.
    """

    case_id: int
    happened_at: datetime
    happened_on: date
    kind: EventKind
    rung: Rung
    note: str
    seq: int
    slip: Slip | None
    done: DoneBy


def _steps() -> sa.Select[Any]:
    step, slip = EscalationStep, SignedSlip
    query = sa.select(
        step.case_id, step.happened_at, step.happened_on, step.kind, step.rung, step.note, step.seq,
        slip.number, slip.signed_by, slip.signed_on,
    )  # fmt: skip
    paper = sa.and_(slip.case_id == step.case_id, slip.seq == step.seq)
    return with_doer(query.outerjoin(slip, paper), step)


def _step(row: sa.Row[Any]) -> CaseStep:
    number, signed_by, signed_on = row[7:10]
    slip = Slip(number, signed_by, signed_on) if number else None
    told: tuple[Any, ...] = (*row[:7], slip, done_by(*row[10:]))
    return CaseStep(*told)


def steps_of_case(session: Session, case_id: int) -> list[CaseStep]:
    """The steps of one case, latest first."""
    query = _steps().where(EscalationStep.case_id == case_id)
    return [_step(row) for row in session.execute(query.order_by(EscalationStep.seq.desc()))]


def steps_about_task(session: Session, task_id: int, viewer: Viewer = ANYBODY) -> list[CaseStep]:
    """The steps of all cases of one task that are seen, latest first."""
    query = (
        _steps()
        .join(EscalationCase, EscalationCase.id == EscalationStep.case_id)
        .where(EscalationCase.task_id == task_id)
    )
    query = narrowed(query, cases_seen(viewer))
    return [_step(row) for row in session.execute(query.order_by(EscalationStep.id.desc()))]


def last_steps(session: Session, case_ids: list[int]) -> dict[int, CaseStep]:
    """By case, its last step; cases without one are left out."""
    query = _steps().where(EscalationStep.case_id.in_(case_ids))
    found = (_step(row) for row in session.execute(query.order_by(EscalationStep.seq)))
    return {step.case_id: step for step in found}
