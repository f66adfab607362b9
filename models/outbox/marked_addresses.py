"""The addresses in the register that letters do not go to at present."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session

from models.tables.agencies import Agency, Contact, ContactAddress
from rules.outbox.address_marks import in_use, over_on, spent_since


@dataclass(frozen=True, slots=True)
class MarkedAddress:
    """An address that letters do not go to at present: whose it is, why, and when it is tried again."""

    id: int
    agency: str
    contact: str
    channel: str
    url: str
    since: date
    reason: str
    again_on: date


def marked_addresses(session: Session, today: date, mark_days: int, limit: int) -> list[MarkedAddress]:
    """The first ``limit`` of them, by body. A mark is over after ``mark_days``."""
    query = (
        sa.select(ContactAddress, Agency.name, Contact.label)
        .join(Contact, Contact.id == ContactAddress.contact_id)
        .join(Agency, Agency.id == Contact.agency_id)
        .where(*_is_marked(today, mark_days))
        .order_by(Agency.name, ContactAddress.id)
    )
    rows = session.execute(query.limit(limit))
    return [_marked(place, agency, label, mark_days) for place, agency, label in rows]


def count_marked(session: Session, today: date, mark_days: int) -> int:
    """How many there are."""
    query = (
        sa.select(sa.func.count())
        .select_from(ContactAddress)
        .join(Contact, Contact.id == ContactAddress.contact_id)
    )
    return session.scalar(query.where(*_is_marked(today, mark_days))) or 0


def mark_on(
    place: ContactAddress, agency: str, label: str, today: date, mark_days: int
) -> MarkedAddress | None:
    """The mark on an address of the reader ``label``; None where letters go to it, or it was withdrawn."""
    if place.withdrawn or in_use(place.unusable_since, today, mark_days):
        return None
    return _marked(place, agency, label, mark_days)


def _marked(place: ContactAddress, agency: str, label: str, mark_days: int) -> MarkedAddress:
    assert place.id is not None
    assert place.unusable_since is not None
    since, reason = place.unusable_since, place.unusable_reason or ""
    again_on = over_on(since, mark_days)
    return MarkedAddress(place.id, agency, label, place.channel or "", place.url, since, reason, again_on)


def _is_marked(today: date, mark_days: int) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        ContactAddress.unusable_since > spent_since(today, mark_days),
        ContactAddress.withdrawn.is_(False),
        Contact.active.is_(True),
    )
