"""What an officer may do for the body on one task: asked at the door, after who acts is known."""

import sqlalchemy as sa
from sqlmodel import Session

from config.act import Act, Doer
from models.people.access.viewers import viewer_of
from models.tables.people import SeatRow, TaskOfficer
from rules.people.in_a_body import FOR_A_BODY, OfficersHand, keeps, seats_at
from rules.people.seat_roles import SeatRole
from rules.people.viewer import Viewer


def officers_hand(session: Session, task_id: int | None, act: Act) -> OfficersHand | None:
    """None for whoever is no officer of the body, or sits there as its head or clerk too."""
    doer = act.doer
    if doer is None or act.body is None or act.actor not in FOR_A_BODY or not _as_officer(session, doer):
        return None
    return hand_of(session, task_id, viewer_of(session, doer.person, act.today), act.body)


def hand_of(session: Session, task_id: int | None, viewer: Viewer, body: str) -> OfficersHand | None:
    """The same of a viewer who sits at ``body`` as an officer."""
    if keeps(viewer, body):
        return None
    own = {viewer.person, *(seat.instead_of for seat in seats_at(viewer, body))} - {None}
    handed = sa.select(TaskOfficer.task_id).where(
        TaskOfficer.task_id == task_id, TaskOfficer.body_id == body, TaskOfficer.person_id.in_(own)
    )
    return OfficersHand(session.scalar(handed) is not None)


def _as_officer(session: Session, doer: Doer) -> bool:
    role = session.scalar(sa.select(SeatRow.role).where(SeatRow.id == doer.seat))
    return role is SeatRole.OFFICER
