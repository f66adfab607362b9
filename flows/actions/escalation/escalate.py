"""Matters beyond authority: raised through a gate, answered, acknowledged.

What each answer does stands in ``answers.py`` beside this, how a case moves up in ``climbs.py``.
"""

from dataclasses import replace
from datetime import date
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints
from sqlalchemy.engine import Engine

from config.act import Act
from flows.actions.doors.case import find_case, find_waiting, move_case, open_case
from flows.actions.doors.task import Happening, find_task, perform
from flows.actions.escalation.answers import ANSWERING, Opinion
from flows.actions.escalation.climbs import stands
from flows.actions.escalation.letters import tell_rung
from models.db import unit_of_work
from models.people.register import the_committee
from models.tables.cases import EscalationCase
from models.tables.tasks import TaskChanges
from rules.escalation.answers import check_answer
from rules.escalation.ladder import first_rung
from rules.people.seats import NEED_BODY
from rules.refusal import NotAllowed
from rules.text.incoming import cleaned
from rules.vocabulary import Answer, CaseState, EventKind

E = EventKind
_DOOR = BeforeValidator(lambda value: cleaned(value) if isinstance(value, str) else value)
Filled = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=4000), _DOOR]


class CaseForm(BaseModel):
    """The gate: asking upward what one may decide oneself is a documented abuse."""

    model_config = ConfigDict(extra="forbid")

    missing_authority: Filled  # which authority is missing
    basis: Filled  # by which rule it is missing
    tried: Filled
    options: Filled  # with their consequences
    recommendation: Filled
    opinions: Annotated[str, _DOOR] = ""  # of the cooperating bodies
    needed_by: date | None = None


def raise_case(engine: Engine, task_id: int, form: CaseForm, act: Act) -> int:
    """Declare a matter beyond authority; pauses the task. Returns the case's id. Raises NotAllowed."""
    with unit_of_work(engine) as session:
        task = find_task(session, task_id)
        committee = the_committee(session)
        standing = stands(first_rung(task.agency_id == committee.standing_agency_id), act)
        said, changes = form.missing_authority, TaskChanges(last_report_on=act.today)
        perform(session, task, act, Happening(E.ESCALATED, said, changes=changes, speaks=task.agency_id))
        case = EscalationCase(
            task_id=task_id,
            state=CaseState.WAITING,
            raised_on=act.today,
            raised_by_id=act.body if act.actor in NEED_BODY else task.agency_id,
            rung=standing.rung,
            rung_since=standing.since,
            answer_by=standing.answer_by,
            **form.model_dump(),
        )
        case_id = open_case(session, case, E.ESCALATED, act, form.missing_authority)
        tell_rung(session, case, committee, act)
        return case_id


def answer_case(
    engine: Engine, case_id: int, reply: Answer, text: str, act: Act, new_due_on: date | None = None
) -> CaseState:
    """The rung answers. ``act.capacity`` is the office in which the decision is taken.

    An answer that ends the case resumes the task, with ``new_due_on`` as its deadline if one is given.
    Raises NotAllowed, NotFound; then nothing has changed.
    """
    with unit_of_work(engine) as session:
        case = find_waiting(session, case_id)
        text, act = cleaned(text).strip(), replace(act, capacity=cleaned(act.capacity).strip())
        check_answer(case.rung, reply, text, act.capacity)
        ANSWERING[reply](session, case, Opinion(reply, text, new_due_on), act)
        return case.state


def acknowledge(engine: Engine, case_id: int, act: Act) -> None:
    """The lead agency has taken note of the decision. Raises NotAllowed, NotFound."""
    with unit_of_work(engine) as session:
        case = find_case(session, case_id)
        if case.state is not CaseState.DECIDED:
            raise NotAllowed(f"Việc đang ở trạng thái «{case.state.label}», không thể ghi nhận.")
        known = {"state": CaseState.ACKNOWLEDGED, "acknowledged_on": act.today}
        move_case(session, case, E.ACKNOWLEDGED, act, "", **known)
        task = find_task(session, case.task_id)
        perform(session, task, act, Happening(E.ACKNOWLEDGED, changes={"last_report_on": act.today}))
