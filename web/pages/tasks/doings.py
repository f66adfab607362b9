"""What may be done with a task now, in the role that was chosen, and why not more."""

from collections.abc import Iterable, Set
from dataclasses import dataclass
from datetime import date
from typing import TypedDict

from sqlmodel import Session

from flows.actions.tasks.answer import ACTIONS, NEEDS_NOTE, REPORTS
from models.escalation.open_case import OpenCase, open_case
from models.tables.tasks import Task
from models.tasks.story.matter import TaskStory
from rules.calendar.workdays import NoCalendar
from rules.tasks.refusing import last_day_to_refuse
from rules.tasks.status import possible
from rules.vocabulary import AWAITED, CLOSED, EventKind, Fault
from web.kit.desk import Desk
from web.kit.words import BUTTONS, ROLES
from web.pages.tasks.why_not import OpenMatters, why_not, why_not_of_officer

E = EventKind
_GRAVE = frozenset({E.REFUSED, E.WITHDRAWN, E.RETURNED, E.REOPENED})
_MAIN = (E.RECEIVED, E.CONFIRMED, E.SUBMITTED, E.REASSIGNED, E.RESUMED)


@dataclass(frozen=True, slots=True)
class Button:
    """One thing that may be done now."""

    event: EventKind
    label: str
    look: str  # "main", "plain" or "grave"
    needs_note: bool


class Doings(TypedDict):
    """What the template offers to whoever sits there, and why not more."""

    open_case: OpenCase | None
    buttons: list[Button]
    may_report: bool
    last_refusal: date | None
    faults: Iterable[Fault]
    is_open: bool
    why_not: list[str]
    may_extend: bool
    may_escalate: bool


def doings_of(
    desk: Desk, session: Session, task: Task, matter: TaskStory, role: str, officer: bool = False
) -> Doings:
    """What may be done now in this role, for the template; nothing for who has none.

    An ``officer`` of a body is told why not of what he may expect; the rest: ``within_body.held_back``.
    """
    case, last_refusal = open_case(session, task.id or 0, desk.viewer), _last_refusal(desk, task)
    events = set(possible(task.status, ROLES[role])) if role in ROLES else set()
    if last_refusal is None:
        events.discard(E.REFUSED)
    waits = case is not None and case.waits
    if waits:
        events.discard(E.RESUMED)  # only the answer to its case lets the task go on
    return {
        "open_case": case,
        "buttons": _buttons(events),
        "may_report": bool(events & REPORTS),
        "last_refusal": last_refusal if E.REFUSED in events else None,
        "faults": Fault if E.RETURNED in events else (),
        "is_open": task.status not in CLOSED,
        "why_not": _why_not(desk, task, OpenMatters(waits, bool(matter.waiting)), role, officer),
        "may_extend": role == "chu-tri" and not matter.waiting and _before_deadline(task, desk.today),
        "may_escalate": E.ESCALATED in events,
    }


def _why_not(desk: Desk, task: Task, waiting: OpenMatters, role: str, officer: bool) -> list[str]:
    if role not in ROLES:
        return []
    told = why_not_of_officer if officer else why_not
    return told(task, waiting, desk.looking(ROLES[role]))


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


def _buttons(events: Set[EventKind]) -> list[Button]:
    found = [event for event in ACTIONS if event in events]
    main = next((event for event in _MAIN if event in found), None)
    buttons = [
        Button(
            event,
            BUTTONS[event],
            "grave" if event in _GRAVE else "main" if event is main else "plain",
            event in NEEDS_NOTE,
        )
        for event in found
    ]
    return sorted(buttons, key=lambda button: ("main", "plain", "grave").index(button.look))
