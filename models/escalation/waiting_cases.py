"""The cases that wait for the answer of a rung, and how many there are beside those that are over."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session

from models.facts import case_facts, facts_by_id
from models.people.access.seen import cases_seen, narrowed
from models.tables.cases import EscalationCase
from rules.facts import CaseFacts
from rules.people.viewer import ANYBODY, Viewer
from rules.vocabulary import CaseState


@dataclass(frozen=True, slots=True)
class CaseCounts:
    """How many cases wait for an answer, and how many are over."""

    waiting: int
    over: int


def count_cases(session: Session, viewer: Viewer = ANYBODY) -> CaseCounts:
    """All cases that are seen, in one query."""
    waits = sa.func.count().filter(EscalationCase.state == CaseState.WAITING)
    query = sa.select(sa.func.count(), waits).select_from(EscalationCase)
    every, waiting = session.execute(narrowed(query, cases_seen(viewer))).one()
    return CaseCounts(waiting, every - waiting)


def waiting_cases(session: Session, part: slice, today: date, viewer: Viewer = ANYBODY) -> list[CaseFacts]:
    """The rows ``part.start`` to ``part.stop`` of those seen that wait, the earliest answer first."""
    waits = sa.select(EscalationCase).where(EscalationCase.state == CaseState.WAITING)
    ordered = narrowed(waits, cases_seen(viewer)).order_by(EscalationCase.answer_by, EscalationCase.id)
    return facts_of_cases(session, list(session.scalars(ordered.slice(part.start, part.stop))), today)


def facts_of_cases(session: Session, cases: list[EscalationCase], today: date) -> list[CaseFacts]:
    """The same cases in the same order, each with the facts of its task on ``today``."""
    tasks = facts_by_id(session, {case.task_id for case in cases})
    return [case_facts(case, tasks[case.task_id], today) for case in cases]
