"""A case comes before the rung above: because its rung passed it on, or kept silent for too long.

A case moves by the swap of ``flows/actions/doors/case.py``; of two who move it, the second is told so,
and the sweep leaves it to its next look.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from config.act import Act
from flows.actions.doors.case import move_case
from flows.actions.doors.task import Happening, find_task, perform
from flows.actions.escalation.letters import tell_passed, tell_rung
from models.people.register import the_committee
from models.tables.cases import EscalationCase
from models.trail.deeds import part_of_its_own
from rules.escalation.ladder import Standing, climb, stand_on
from rules.refusal import NotAllowed
from rules.tasks.event_data import ClimbedData
from rules.vocabulary import CaseState, EventKind, Rung

E = EventKind


def stands(rung: Rung, act: Act) -> Standing:
    """A case that comes before ``rung`` today."""
    return stand_on(rung, act.today, act.office.policy.escalation.answer_working_days, act.office.calendar)


def climb_to(session: Session, case: EscalationCase, standing: Standing, note: str, act: Act) -> None:
    """Move ``case``, and tell the rung on which it stands now, the lead, and the one below of its silence."""
    passed = case.rung
    there = {"rung": standing.rung, "rung_since": standing.since, "answer_by": standing.answer_by}
    move_case(session, case, E.CLIMBED, act, note, **there)
    task = find_task(session, case.task_id)
    perform(session, task, act, Happening(E.CLIMBED, note, ClimbedData(standing.rung)))
    committee = the_committee(session)
    tell_rung(session, case, committee, act)
    tell_passed(session, case, task, committee, passed, act)


def climb_silent(session: Session, act: Act) -> list[int]:
    """Move up every case whose rung has let its time pass; returns their ids. Safe to run twice.

    Never on a day off: nobody could have answered, and nobody is there to be told. A case that somebody
    answers at this moment is left to the next look.
    """
    if not act.office.calendar.is_working(act.today):
        return []
    return [case.id for case in _overdue(session, act.today) if _climbs(session, case, act)]


def _overdue(session: Session, today: date) -> Sequence[Any]:
    """The cases whose rung should have answered, but for those that somebody holds."""
    query = sa.select(EscalationCase).where(
        EscalationCase.state == CaseState.WAITING, EscalationCase.answer_by < today
    )
    return session.scalars(query.order_by(EscalationCase.id).with_for_update(skip_locked=True)).all()


def _climbs(session: Session, case: EscalationCase, act: Act) -> bool:
    """Whether a silent case has moved up; its trouble is its own and undoes nobody else's work."""
    standing = Standing(case.rung, case.rung_since, case.answer_by)
    days = act.office.policy.escalation.answer_working_days
    above = climb(standing, act.today, days, act.office.calendar)
    if above is None:
        return False
    note = f"{case.rung.label} chưa trả lời đến hết ngày {case.answer_by:%d/%m/%Y}."
    try:
        with part_of_its_own(session):
            climb_to(session, case, above, note, act)
    except NotAllowed:  # moved between our look and our move
        session.expire_all()
        return False
    return True
