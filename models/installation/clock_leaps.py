"""Leaps of the machine's clock, each remembered from its first sight to its end; and what time is stored.

A leap that nobody has confirmed moves nothing: the stored instant (``Moment``) stays where it was.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, Session, SQLModel

from models.database.columns import big_key, words
from models.tables.follow_up_days import FollowUpDay
from models.tables.outbox import Moment, OutboxLetter


class ConfirmedBy(StrEnum):
    """By which door a person confirmed the clock; nobody signs in yet."""

    COMMAND = "command"
    PAGE = "page"


class ClockLeap(SQLModel, table=True):
    """The clock was seen more days after the last day followed than the office allows.

    ``shown`` is what it shows, ``held`` the instant at which the database lives meanwhile
    (``rules/installation/clock_leaps.py``): both at the first sight and at the last one. Delivery events
    with an id above ``events_before`` happened meanwhile. ``over_at`` is None while it lasts.
    """

    __tablename__ = "clock_leap"

    id: int | None = Field(default=None, primary_key=True, sa_type=big_key())
    last_day: date  # the last day followed, or confirmed, before it
    first_shown: datetime
    first_held: datetime
    shown: datetime
    held: datetime
    events_before: int = Field(default=0, sa_type=big_key())
    over_at: datetime | None = Field(default=None, index=True)
    #: The instant that a person confirmed; None: the clock came back.
    confirmed_at: datetime | None = Field(default=None, index=True)
    confirmed_by: ConfirmedBy | None = Field(default=None, sa_type=words(ConfirmedBy, "confirmed_by"))


@dataclass(frozen=True, slots=True)
class StoredTime:
    """What the database knows of time. ``shown`` and ``held`` are of the leap that lasts, if one does."""

    instant: datetime | None
    simulated: bool
    followed: date | None  # the last day followed
    confirmed_at: datetime | None  # the last instant that a person confirmed
    shown: datetime | None
    held: datetime | None


def stored_time(session: Session) -> StoredTime:
    """All of it in one look: every page asks."""
    [row] = session.connection().execute(_stored_time())
    instant, simulated, followed, confirmed_at, shown, held = row
    return StoredTime(instant, bool(simulated), followed, confirmed_at, shown, held)


@cache
def _stored_time() -> sa.Select[Any]:
    lasting = ClockLeap.over_at.is_(None)
    one = sa.select(sa.literal(1).label("row")).subquery()
    table = sa.outerjoin(one, Moment, Moment.id == one.c.row).outerjoin(ClockLeap, lasting)
    return (
        sa.select(
            Moment.instant,
            Moment.simulated,
            sa.select(sa.func.max(FollowUpDay.day)).scalar_subquery(),
            sa.select(sa.func.max(ClockLeap.confirmed_at)).correlate(None).scalar_subquery(),
            ClockLeap.shown,
            ClockLeap.held,
        )
        .select_from(table)
        .order_by(ClockLeap.id)
        .limit(1)
    )


def lasting_leap(session: Session) -> ClockLeap | None:
    """The leap that lasts, if one does: the one that ``stored_time`` tells of, also if there were two."""
    lasting = sa.select(ClockLeap).where(ClockLeap.over_at.is_(None))
    return session.scalars(lasting.order_by(ClockLeap.id).limit(1)).first()


def traces(session: Session) -> tuple[datetime | None, datetime | None]:
    """Instants that the rows bear witness to: the last pass of the follow-up, the newest letter."""
    passed = sa.select(FollowUpDay.last_at).order_by(FollowUpDay.day.desc()).limit(1)
    written = sa.select(OutboxLetter.written_at).order_by(OutboxLetter.id.desc()).limit(1)
    return session.scalar(passed), session.scalar(written)
