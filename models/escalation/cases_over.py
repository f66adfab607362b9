"""The cases that wait for nobody any more: answered, acknowledged or lapsed."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session

from models.escalation.steps import CaseStep, last_steps
from models.escalation.waiting_cases import facts_of_cases
from models.people.access.seen import cases_seen, narrowed
from models.tables.cases import EscalationCase
from rules.facts import CaseFacts
from rules.people.viewer import ANYBODY, Viewer
from rules.vocabulary import CaseState


@dataclass(frozen=True, slots=True)
class CaseOver:
    """A case that is over; ``lapse`` is the step that says why nobody has to answer any more."""

    facts: CaseFacts
    state: CaseState
    lapse: CaseStep | None


def cases_over(session: Session, part: slice, today: date, viewer: Viewer = ANYBODY) -> list[CaseOver]:
    """The rows ``part.start`` to ``part.stop`` of those seen that are over, the latest case first."""
    others = sa.select(EscalationCase).where(EscalationCase.state != CaseState.WAITING)
    ordered = narrowed(others, cases_seen(viewer)).order_by(EscalationCase.id.desc())
    cases = list(session.scalars(ordered.slice(part.start, part.stop)))
    lapses = last_steps(session, [one.id or 0 for one in cases if one.state is CaseState.LAPSED])
    return [
        CaseOver(facts, case.state, lapses.get(facts.id))
        for case, facts in zip(cases, facts_of_cases(session, cases, today), strict=True)
    ]
