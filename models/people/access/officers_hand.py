"""What an officer may do for the body on one task: asked at the door, after who acts is known."""

import sqlalchemy as sa
from sqlmodel import Session

from config.act import Act, Doer
from models.people.access.viewers import viewer_of
from models.tables.people import SeatRow, TaskOfficer
from rules.people.in_a_body import FOR_A_BODY, OfficersHand, keeps, seats_at
from rules.people.seat_roles import SeatRole


def officers_hand(session: Session, task_id: int | None, act: Act) -> OfficersHand | None:
    """None for whoever is no officer of the body, or sits there as its head or clerk too."""
    doer = act.doer
    if doer is None or act.actor not in FOR_A_BODY or not _as_officer(session, doer):
        return None
    viewer = viewer_of(session, doer.person, act.today)
    if act.body is None or keeps(viewer, act.body):
        return None
    own = {doer.person, *(seat.instead_of for seat in seats_at(viewer, act.body) if seat.instead_of)}
    handed = sa.select(TaskOfficer.task_id).where(
        TaskOfficer.task_id == task_id, TaskOfficer.body_id == act.body, TaskOfficer.person_id.in_(own)
    )
    return OfficersHand(session.scalar(handed) is not None)


def _as_officer(session: Session, doer: Doer) -> bool:
    role = session.scalar(sa.select(SeatRow.role).where(SeatRow.id == doer.seat))
    return role is SeatRole.OFFICER
