"""The meetings of the committee that stand, and those that are over or were cancelled."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Session

from models.tables.meetings import Meeting


@dataclass(frozen=True, slots=True)
class MeetingListed:
    """A meeting on the office's day ``held_on``; it stands unless ``cancelled_at`` is set."""

    id: int
    held_on: date
    title: str
    cancelled_at: datetime | None


_ROWS = sa.select(Meeting.id, Meeting.held_on, Meeting.title, Meeting.cancelled_at)


def meetings_from(session: Session, first: date) -> list[MeetingListed]:
    """The meetings that stand, on ``first`` and later, the nearest first."""
    query = _ROWS.where(Meeting.cancelled_at.is_(None), Meeting.held_on >= first)
    return [MeetingListed(*row) for row in session.execute(query.order_by(Meeting.held_on, Meeting.id))]


def meetings_gone(session: Session, today: date, most: int) -> list[MeetingListed]:
    """What is over before ``today`` or was cancelled, the latest day first, at most ``most``."""
    query = _ROWS.where(_gone(today)).order_by(Meeting.held_on.desc(), Meeting.id.desc())
    return [MeetingListed(*row) for row in session.execute(query.limit(most))]


def count_gone(session: Session, today: date) -> int:
    """How many meetings are over before ``today`` or were cancelled."""
    return session.scalar(sa.select(sa.func.count()).select_from(Meeting).where(_gone(today))) or 0


def _gone(today: date) -> sa.ColumnElement[bool]:
    return sa.or_(Meeting.held_on < today, Meeting.cancelled_at.is_not(None))
