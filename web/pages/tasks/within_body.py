"""Who works on a task within its bodies, and the form by which a body hands it to one of its own."""

from dataclasses import dataclass, replace
from typing import TypedDict

from sqlmodel import Session

from models.people.access.officers_hand import hand_of
from models.people.held.persons import PersonListed, persons_at
from models.tables.tasks import Task
from models.tasks.officers import Officer, officers_of
from models.tasks.story.matter import TaskStory
from rules.people.in_a_body import FOR_A_BODY, OfficersHand, keeps, reads
from rules.people.seat_roles import SeatRole
from rules.vocabulary import CLOSED, CooperationState, EventKind
from web.forms.seats import Sitting
from web.kit.desk import Desk
from web.pages.tasks.doings import Doings

E = EventKind


@dataclass(frozen=True, slots=True)
class Naming:
    """The form of one body: those who sit there, and who works on it now."""

    persons: list[PersonListed]
    now: Officer | None


class WithinBody(TypedDict):
    """What the template says of officers; ``not_handed``: one acts here to whom the task was not handed."""

    officers: list[Officer]
    naming: Naming | None
    not_handed: bool
    held_back: bool  # an officer, who may less than the head of the body


def within_body(
    desk: Desk, session: Session, task: Task, matter: TaskStory, now: Sitting, hand: OfficersHand | None
) -> WithinBody:
    """Who works on it, and whether whoever sits there as ``now`` may say who."""
    assert task.id is not None
    officers = officers_of(session, task.id, desk.today)
    return {
        "officers": [_as_seen(one, desk) for one in officers],
        "naming": _naming(desk, session, officers, now) if _open(task, matter, now) else None,
        "not_handed": hand is not None and not hand.handed,
        "held_back": hand is not None,
    }


def held_back(doings: Doings, hand: OfficersHand | None) -> Doings:
    """The same without what an officer may not do on this task; nobody else is held back."""
    if hand is None:
        return doings
    return {
        **doings,
        "buttons": [button for button in doings["buttons"] if button.event in hand.may],
        "may_report": doings["may_report"] and E.PROGRESS in hand.may,
        "last_refusal": None,
        "may_extend": doings["may_extend"] and E.EXTENSION_ASKED in hand.may,
        "may_escalate": False,
    }


def hand_at(desk: Desk, session: Session, task: Task, now: Sitting) -> OfficersHand | None:
    """What an officer may do as ``now``; None for everybody else, also for who does not sit there at all."""
    if desk.viewer.anybody or not now.body or now.actor not in FOR_A_BODY:
        return None
    seat = desk.viewer.seat_for(now.actor, now.body)
    if seat is None or seat.role is not SeatRole.OFFICER:
        return None
    return hand_of(session, task.id, desk.viewer, now.body)


def _as_seen(one: Officer, desk: Desk) -> Officer:
    """The body's own date and words are read by its own people."""
    return one if reads(desk.viewer, one.body) else replace(one, due_on=None, note="")


def _open(task: Task, matter: TaskStory, now: Sitting) -> bool:
    """Whether the body has something to hand on."""
    released = any(
        part.agency_id == now.body and part.state is CooperationState.RELEASED for part in matter.partners
    )
    return task.status not in CLOSED and not (released and now.body != task.agency_id)


def _naming(desk: Desk, session: Session, officers: list[Officer], now: Sitting) -> Naming | None:
    """None where nobody sits at the body, or somebody else has to say who works on it."""
    if not now.body or now.actor not in FOR_A_BODY or not keeps(desk.viewer, now.body):
        return None
    persons = persons_at(session, now.body, desk.today)
    known = next((one for one in officers if one.body == now.body), None)
    return Naming(persons, known) if persons or known else None
