"""One case with the way it went."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from models.escalation.steps import CaseStep, steps_of_case
from models.facts import case_facts, facts_by_id
from models.tables.cases import EscalationCase
from rules.facts import CaseFacts
from rules.vocabulary import CaseState


@dataclass(frozen=True, slots=True)
class WholeCase:
    """A case in whatever state; ``steps`` are the latest first."""

    facts: CaseFacts
    state: CaseState
    acknowledged_on: date | None
    steps: tuple[CaseStep, ...]


def whole_case(session: Session, case_id: int, today: date) -> WholeCase | None:
    """The case as it is on ``today``; None if there is none with this number."""
    case = session.get(EscalationCase, case_id)
    if case is None:
        return None
    task = facts_by_id(session, [case.task_id])[case.task_id]
    steps = tuple(steps_of_case(session, case_id))
    return WholeCase(case_facts(case, task, today), case.state, case.acknowledged_on, steps)
