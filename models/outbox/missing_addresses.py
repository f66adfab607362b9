"""Who in the register could not be written to today, and by which channels the others are."""

from collections.abc import Collection
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session

from models.database.predicates import among
from models.outbox.reachability import usable
from models.people.held.seated_contacts import reads_all
from models.tables.agencies import Agency, Contact, ContactAddress
from models.tables.tasks import Task
from rules.tasks.status import OPEN


def without_address(session: Session, bodies: Collection[str], today: date, mark_days: int) -> list[str]:
    """Those of ``bodies`` (ids) that have no address that letters may go to."""
    reached = set(session.scalars(_reached(today, mark_days)))
    return sorted(set(bodies) - reached)


def leads_without_address(session: Session, today: date, mark_days: int) -> list[str]:
    """The names of the bodies that lead an open task and have no such address, by name."""
    query = (
        sa.select(Agency.name)
        .join(Task, Task.agency_id == Agency.id)
        .where(among(Task.status, OPEN), Agency.id.not_in(_reached(today, mark_days)))
    )
    return list(session.scalars(query.distinct().order_by(Agency.name)))


def channels_in_use(session: Session) -> frozenset[str]:
    """The channels of all addresses of the register as it was imported last."""
    query = sa.select(ContactAddress.channel).join(Contact, Contact.id == ContactAddress.contact_id)
    found = session.scalars(query.where(Contact.active, ContactAddress.withdrawn.is_(False)).distinct())
    return frozenset(channel for channel in found if channel)


def register_in_use(session: Session) -> tuple[dict[str, str], frozenset[tuple[str, str]]]:
    """The names of all bodies by id, and body and address of whom the register writes to."""
    names = {row.id: row.name for row in session.execute(sa.select(Agency.id, Agency.name))}
    query = sa.select(Contact.agency_id, ContactAddress.url).join(
        ContactAddress, Contact.id == ContactAddress.contact_id
    )
    ours = Contact.active, Contact.person_id.is_(None), ContactAddress.withdrawn.is_(False)
    rows = session.execute(query.where(*ours))
    return names, frozenset((body, url) for body, url in rows)


def _reached(today: date, mark_days: int) -> sa.Select[tuple[str]]:
    query = sa.select(Contact.agency_id).join(ContactAddress, Contact.id == ContactAddress.contact_id)
    return query.where(reads_all(today), usable(today, mark_days))
