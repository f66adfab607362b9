"""What each answer to a case does: one function an answer, called with the case held and the answer checked.

Who may answer so stands in ``rules/escalation/answers.py``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from config.act import Act
from flows.actions.doors.case import move_case
from flows.actions.doors.task import Happening, find_task, perform
from flows.actions.escalation.climbs import climb_to, stands
from flows.actions.escalation.letters import tell_decision
from flows.actions.tasks.pause import after_pause
from models.tables.cases import EscalationCase
from models.tables.tasks import Task, TaskChanges
from rules.escalation.ladder import next_rung
from rules.refusal import NotAllowed
from rules.tasks.event_data import DecidedData
from rules.tasks.extensions import Limits, check_new_date
from rules.vocabulary import Answer, CaseState, DeadlineCause, EventKind, Rung

E = EventKind


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a rung said to a case, with the deadline that it sets, if it does."""

    answer: Answer
    text: str
    new_due_on: date | None = None


Answering = Callable[[Session, EscalationCase, Opinion, Act], None]


def _decide(session: Session, case: EscalationCase, opinion: Opinion, act: Act) -> None:
    """The task goes on; it gets back the days that it waited, unless the decision names a day."""
    waited: TaskChanges = {}
    if opinion.new_due_on is None:
        waited = after_pause(find_task(session, case.task_id), act.today, act.office.calendar)
    _end(session, case, opinion, act, waited)


def _return(session: Session, case: EscalationCase, opinion: Opinion, act: Act) -> None:
    """The task goes on; a case within the body's own authority was not accepted and gives nothing back."""
    _end(session, case, opinion, act, {})


def _pass_up(session: Session, case: EscalationCase, opinion: Opinion, act: Act) -> None:
    above = next_rung(case.rung)
    if above is None or above is Rung.OUTSIDE:
        raise NotAllowed("Trên UBND tỉnh phải gửi văn bản ra ngoài hệ thống.")
    climb_to(session, case, stands(above, act), opinion.text, act)


#: Every answer with its function.
ANSWERING: Mapping[Answer, Answering] = {
    Answer.DECIDE: _decide,
    Answer.RETURN: _return,
    Answer.PASS_UP: _pass_up,
}


def _end(session: Session, case: EscalationCase, opinion: Opinion, act: Act, waited: TaskChanges) -> None:
    """The answer goes to the lead; ``waited`` are the columns of the deadline where it names no day."""
    task = find_task(session, case.task_id)
    changes, cause = _deadline(task, opinion, act, waited)
    said = {"answer": opinion.answer, "decision": opinion.text, "capacity": act.capacity}
    ended = {"state": CaseState.DECIDED, "decided_on": act.today, **said}
    move_case(session, case, E.DECIDED, act, opinion.text, **ended)
    data = DecidedData(opinion.answer, act.capacity)
    perform(session, task, act, Happening(E.DECIDED, opinion.text, data, changes, cause))
    tell_decision(session, case, task, act)


def _deadline(
    task: Task, opinion: Opinion, act: Act, waited: TaskChanges
) -> tuple[TaskChanges, DeadlineCause]:
    if opinion.new_due_on is None:
        return waited, DeadlineCause.PAUSE
    check_new_date(opinion.new_due_on, Limits(task.due_on), act.today)
    return {"due_on": opinion.new_due_on, "review_on": None}, DeadlineCause.DECISION
