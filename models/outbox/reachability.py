"""What the office must know first: can it be written to, what is unknown, which channels stand still."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from models.database.predicates import among, exactly
from models.people.held.seated_contacts import reads_all
from models.tables.agencies import Committee, Contact, ContactAddress
from models.tables.outbox import ChannelState, OutboxMessage
from rules.letter_words import TO_GO, MessageState
from rules.outbox.address_marks import spent_since

NO_ADDRESS = "Văn phòng chưa có địa chỉ nhận thư dùng được"
ALL_STOPPED = "Mọi kênh gửi thư tới Văn phòng đang trục trặc"


@dataclass(frozen=True, slots=True)
class Alarm:
    """What stands above every page: why the secretariat cannot be reached, and how much is unknown."""

    unreachable: str | None
    unknown: int


@dataclass(frozen=True, slots=True)
class StoppedChannel:
    """A channel in trouble: since when, what it said, when it is tried next, and what waits for it."""

    channel: str
    since: datetime
    text: str
    paused_until: datetime | None
    waiting: int


def alarm(session: Session, today: date, mark_days: int) -> Alarm:
    """Both in one look."""
    found = (
        session.connection().execute(_alarm(), {"spent": spent_since(today, mark_days), "today": today}).one()
    )
    committee, addresses, open_ones, unknown = found
    reason = None
    if committee and not addresses:
        reason = NO_ADDRESS
    elif committee and not open_ones:
        reason = ALL_STOPPED
    return Alarm(reason, unknown)


def secretariat_unreachable(session: Session, today: date, mark_days: int) -> str | None:
    """Why nothing can be sent to the secretariat, in Vietnamese; None if something can.

    A body without a committee yet misses nothing.
    """
    return alarm(session, today, mark_days).unreachable


def usable(today: date, mark_days: int) -> sa.ColumnElement[bool]:
    """An address that letters may go to: in the register, and no mark on it, or one that is over."""
    return _usable(spent_since(today, mark_days))


def _usable(spent: date | sa.BindParameter[date]) -> sa.ColumnElement[bool]:
    since = ContactAddress.unusable_since
    return ContactAddress.withdrawn.is_(False) & (since.is_(None) | (since <= spent))


@cache  # every page asks: building it costs more than running it
def _alarm() -> sa.Select[Any]:
    stopped = sa.select(ChannelState.channel).where(ChannelState.since.is_not(None))
    secretariat = sa.select(Committee.secretariat_id).limit(1).scalar_subquery()
    addresses = (
        sa.select(ContactAddress.id)
        .join(Contact, Contact.id == ContactAddress.contact_id)
        .where(Contact.agency_id == secretariat, _usable(sa.bindparam("spent")))
        .where(reads_all(sa.bindparam("today", type_=sa.Date())))
    )
    return sa.select(
        sa.exists(sa.select(Committee.id)),
        sa.exists(addresses),
        sa.exists(addresses.where(sa.func.coalesce(ContactAddress.channel, "").not_in(stopped))),
        _unknown(),
    )


def _unknown() -> sa.ScalarSelect[int]:
    rows = sa.select(sa.func.count()).select_from(OutboxMessage)
    return rows.where(exactly(OutboxMessage.state, MessageState.UNKNOWN)).scalar_subquery()


def stopped_channels(session: Session) -> list[StoppedChannel]:
    """The channels in trouble, by name."""
    query = sa.select(ChannelState).where(ChannelState.since.is_not(None)).order_by(ChannelState.channel)
    return [
        StoppedChannel(
            row.channel, row.since, row.text or row.code, row.paused_until, waiting_on(session, row.channel)
        )
        for row in session.scalars(query)
        if row.since is not None
    ]


def waiting_on(session: Session, channel: str) -> int:
    """How many messages will leave when ``channel`` works again."""
    rows = sa.select(sa.func.count()).select_from(OutboxMessage)
    return (
        session.scalar(rows.where(among(OutboxMessage.state, TO_GO), OutboxMessage.channel == channel)) or 0
    )
