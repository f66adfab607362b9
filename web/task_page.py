"""The page of one task."""

from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlmodel import Session, col
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse

from flows.actions.answer import NEEDS_NOTE, SIMPLE
from models.directives import Directive, Document
from models.escalations import EscalationCase
from models.task_facts import code_of, cooperating_names, escalation_targets, facts_by_id, task_id_of
from models.tasks import Task
from rules.deadlines import line
from rules.draft import Span
from rules.recurrence_words import in_words
from rules.status import possible
from rules.vocabulary import Actor, CaseState, EventKind, PartyRole, TaskStatus
from web.case_fields import GATE, Gate
from web.desk import Desk
from web.history import history_of
from web.issued_page import parties_of
from web.marked_text import around
from web.words import ANCHOR_LABELS, BUTTONS, ROLE_LABELS, ROLES


@dataclass(frozen=True, slots=True)
class Typed:
    """What the reader had typed when something went wrong."""

    note: str = ""
    problem: str = ""
    gate: Gate | None = None


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


_GRAVE = frozenset({EventKind.REFUSED, EventKind.WITHDRAWN, EventKind.RETURNED})
_MAIN = (EventKind.RECEIVED, EventKind.CONFIRMED, EventKind.SUBMITTED, EventKind.REASSIGNED)


def task_number(code: str) -> int:
    """The id in a code of the address; 404 if it is none."""
    number = task_id_of(code)
    if number is None or number >= 2**63 or code != code_of(number):
        raise HTTPException(404, f"Không có nhiệm vụ mã «{code[:40]}».")
    return number


def show_task(
    desk: Desk, session: Session, task_id: int, role: str, typed: Typed, status: int = 200
) -> HTMLResponse:
    """The page; ``role`` is a key of ROLES, anything else means whoever has to act next."""
    origin = _origin(session, task_id)
    now = line(facts_by_id(session, [task_id])[task_id], desk.today)
    role = role if role in ROLES else _next_to_act(origin.task.status)
    events = possible(origin.task.status, ROLES[role])
    directive = origin.directive
    return desk.show(
        "tasks/task.html.j2",
        status=status,
        row=now,
        task=now.task,
        origin=origin,
        cooperating=cooperating_names(session, [task_id]).get(task_id, ()),
        escalation_to=escalation_targets(session, [task_id]).get(task_id),
        source=around(origin.document.text, Span(directive.span_start, directive.span_end)),
        recurring=in_words(directive.due_rule) if directive.due_rule else "",
        anchors=ANCHOR_LABELS,
        history=history_of(session, task_id),
        open_case=_open_case(session, task_id),
        role=role,
        roles=ROLE_LABELS,
        buttons=_buttons(events),
        may_escalate=EventKind.ESCALATED in events,
        typed=typed,
        gate=typed.gate or Gate(),
        gate_fields=GATE,
        report_to=origin.parties.get(PartyRole.REPORT_TO, []),
    )


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


def _buttons(events: tuple[EventKind, ...]) -> list[Button]:
    simple = [event for event in events if event in SIMPLE]
    main = next((event for event in _MAIN if event in simple), None)
    return [
        Button(
            event,
            BUTTONS.get(event, event.label),
            "grave" if event in _GRAVE else "main" if event is main else "plain",
            event in NEEDS_NOTE,
        )
        for event in simple
    ]


def _open_case(session: Session, task_id: int) -> EscalationCase | None:
    """The case that waits, or one that was decided and not yet acknowledged."""
    query = sa.select(EscalationCase).where(
        col(EscalationCase.task_id) == task_id,
        col(EscalationCase.state).in_((CaseState.WAITING, CaseState.DECIDED)),
    )
    return session.scalar(query.order_by(col(EscalationCase.id).desc()).limit(1))
