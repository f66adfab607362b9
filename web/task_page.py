"""The page of one task."""

from collections.abc import Set
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse

from flows.actions.answer import NEEDS_NOTE, SIMPLE
from models.awaited import bases_of
from models.columns import MOST_ID
from models.directives import Directive, Document
from models.escalations import EscalationCase
from models.listing import choices
from models.successors import present_names
from models.task_facts import code_of, escalation_targets, facts_by_id
from models.tasks import Task
from rules.deadlines import line
from rules.draft import Span
from rules.extensions import extended_often
from rules.quoted import code_quoted
from rules.recurrence_words import in_words
from rules.refusals import last_day_to_refuse
from rules.status import possible
from rules.vocabulary import (
    AWAITED,
    Actor,
    CaseState,
    EventKind,
    Fault,
    PartyRole,
    TaskStatus,
)
from rules.workdays import NoCalendar
from web.case_fields import GATE, Gate
from web.desk import Desk
from web.history import history_of
from web.issued_page import parties_of
from web.marked_text import around
from web.task_matter import Matter, matter_of
from web.words import ANCHOR_LABELS, BUTTONS, ROLE_LABELS, ROLES


@dataclass(frozen=True, slots=True)
class Typed:
    """What the reader had typed when something went wrong."""

    problem: str = ""
    gate: Gate | None = None
    place: str = ""  # which form it was: "tra-loi", "gia-han", "phoi-hop"
    values: dict[str, str] = field(default_factory=dict)

    def of(self, place: str, name: str) -> str:
        """What was typed into the field ``name`` of the form ``place``."""
        return self.values.get(name, "") if self.place == place else ""


@dataclass(frozen=True, slots=True)
class Button:
    """One thing that may be done now."""

    event: EventKind
    label: str
    look: str  # "main", "plain" or "grave"
    needs_note: bool


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a task comes from."""

    task: Task
    directive: Directive
    document: Document
    parties: dict[PartyRole, list[str]] = field(default_factory=dict)


E = EventKind
_GRAVE = frozenset({E.REFUSED, E.WITHDRAWN, E.RETURNED})
_MAIN = (E.RECEIVED, E.CONFIRMED, E.SUBMITTED, E.REASSIGNED, E.RESUMED)
_REPORTS = frozenset({E.PROGRESS, E.SUBMITTED})
_BUTTONS = (*SIMPLE, E.PAUSED, E.RESUMED)
_NEEDS_NOTE = NEEDS_NOTE | {E.PAUSED}


def task_number(code: str) -> int:
    """The id in a code of the address; 404 if it is none."""
    number = code_quoted(code)
    if number is None or number > MOST_ID or code != code_of(number):
        raise HTTPException(404, f"Không có nhiệm vụ mã «{code[:40]}».")
    return number


def show_task(
    desk: Desk, session: Session, task_id: int, role: str, typed: Typed, status: int = 200
) -> HTMLResponse:
    """The page; ``role`` is a key of ROLES, anything else means whoever has to act next."""
    origin = _origin(session, task_id)
    now = line(facts_by_id(session, [task_id])[task_id], desk.today)
    role = role if role in ROLES else _next_to_act(origin.task.status)
    directive, matter = origin.directive, matter_of(session, origin.task)
    return desk.show(
        "tasks/task.html.j2",
        status=status,
        row=now,
        task=now.task,
        origin=origin,
        matter=matter,
        often=extended_often(matter.granted, desk.office.policy.extension.flag_from),
        present_names=present_names(session, _bodies(origin.task, matter), desk.today),
        escalation_to=escalation_targets(session, [task_id]).get(task_id),
        source=around(origin.document.text, Span(directive.span_start, directive.span_end)),
        recurring=in_words(directive.due_rule) if directive.due_rule else "",
        basis=bases_of(session, [task_id]).get(task_id, ""),
        anchors=ANCHOR_LABELS,
        history=history_of(session, task_id),
        role=role,
        roles=ROLE_LABELS,
        **_doings(desk, session, origin.task, matter, role),
        agencies=choices(session) if role == "van-phong" else (),
        typed=typed,
        gate=typed.gate or Gate(),
        gate_fields=GATE,
        report_to=origin.parties.get(PartyRole.REPORT_TO, []),
    )


def _doings(desk: Desk, session: Session, task: Task, matter: Matter, role: str) -> dict[str, Any]:
    """What may be done now in this role, for the template."""
    open_case, last_refusal = _open_case(session, task.id or 0), _last_refusal(desk, task)
    events = set(possible(task.status, ROLES[role]))
    if last_refusal is None:
        events.discard(E.REFUSED)
    if open_case is not None and open_case.state is CaseState.WAITING:
        events.discard(E.RESUMED)  # only the answer to its case lets the task go on
    return {
        "open_case": open_case,
        "buttons": _buttons(events),
        "may_report": bool(events & _REPORTS),
        "last_refusal": last_refusal if E.REFUSED in events else None,
        "faults": Fault if E.RETURNED in events else (),
        "may_extend": role == "chu-tri" and not matter.waiting and _before_deadline(task, desk.today),
        "may_escalate": E.ESCALATED in events,
    }


def _bodies(task: Task, matter: Matter) -> list[str]:
    return [task.agency_id, *(part.agency_id for part, _ in matter.partners)]


def _last_refusal(desk: Desk, task: Task) -> date | None:
    """The last day on which the task may be refused, unless it has passed."""
    within = desk.office.policy.refusal.within_working_days
    try:
        last = last_day_to_refuse(task.assigned_on, within, desk.office.calendar)
    except NoCalendar:  # assigned in a year that nobody keeps any more
        return None
    return last if desk.today <= last else None


def _before_deadline(task: Task, today: date) -> bool:
    return task.status in AWAITED and task.due_on is not None and today <= task.due_on


def _origin(session: Session, task_id: int) -> Origin:
    query = (
        sa.select(Task, Directive, Document)
        .join(Directive, col(Directive.id) == col(Task.directive_id))
        .join(Document, col(Document.id) == col(Directive.document_id))
        .where(col(Task.id) == task_id)
    )
    row = session.execute(query).one_or_none()
    if row is None:
        raise HTTPException(404, f"Không có nhiệm vụ mã {code_of(task_id)}.")
    task, directive, document = row
    return Origin(task, directive, document, parties_of(session, [directive.id])[directive.id])


def _next_to_act(status: TaskStatus) -> str:
    actors = (Actor.SECRETARIAT,) if status in (TaskStatus.SUBMITTED, TaskStatus.REFUSED) else (Actor.LEAD,)
    return next(key for key, actor in ROLES.items() if actor in actors)


def _buttons(events: Set[EventKind]) -> list[Button]:
    found = [event for event in _BUTTONS if event in events]
    main = next((event for event in _MAIN if event in found), None)
    buttons = [
        Button(
            event,
            BUTTONS.get(event, event.label),
            "grave" if event in _GRAVE else "main" if event is main else "plain",
            event in _NEEDS_NOTE,
        )
        for event in found
    ]
    return sorted(buttons, key=lambda button: ("main", "plain", "grave").index(button.look))


def _open_case(session: Session, task_id: int) -> EscalationCase | None:
    """The case that waits, or one that was decided and not yet acknowledged."""
    query = sa.select(EscalationCase).where(
        col(EscalationCase.task_id) == task_id,
        col(EscalationCase.state).in_((CaseState.WAITING, CaseState.DECIDED)),
    )
    return session.scalar(query.order_by(col(EscalationCase.id).desc()).limit(1))
