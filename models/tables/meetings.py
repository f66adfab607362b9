"""The committee's meetings, as far as the digest has to know of them: a day and a title.

A cancelled meeting keeps its row: a digest may have gone out for it, and the office can see why. What
may follow a meeting (its conclusion, a report of each body) is in the documents, not here.
"""

from collections.abc import Iterable
from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field, Session, SQLModel

from models.database import predicates
from models.database.columns import big_key
from rules.facts import MeetingFacts

#: Neither a second meeting of the same name on a day, nor a scan of the past for what is to come.
STANDING_SQL = "cancelled_at IS NULL"


class Meeting(SQLModel, table=True):
    """One meeting; ``held_on`` is the office's day. It stands unless ``cancelled_at`` is set."""

    __table_args__ = (
        sa.Index("uq_meeting_standing", "held_on", "title", unique=True, **predicates.where(STANDING_SQL)),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=big_key())
    held_on: date
    title: str
    entered_at: datetime
    cancelled_at: datetime | None = None


def still_planned(session: Session, ids: Iterable[int]) -> tuple[MeetingFacts, ...]:
    """Those of these meetings that were not cancelled meanwhile, the nearest first."""
    query = sa.select(Meeting).where(Meeting.id.in_(list(ids)), Meeting.cancelled_at.is_(None))
    rows = session.scalars(query.order_by(Meeting.held_on, Meeting.id))
    return tuple(MeetingFacts(row.held_on, row.title) for row in rows)
