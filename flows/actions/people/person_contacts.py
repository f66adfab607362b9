"""The contacts that persons have by their seats; whether one reads is asked when a letter leaves.

A contact and an address that once were stay for good: messages point to them.
"""

from collections.abc import Iterable
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import Session

from flows.actions.people.register_contacts import set_addresses
from models.people.access.viewers import lent
from models.tables.agencies import Committee, Contact, ContactAddress
from models.tables.people import Absence, Person, SeatRow
from rules.outbox.channels import CHANNELS
from rules.outbox.seated_readers import READS_AS
from rules.people.seat_roles import SeatRole

_MAIL = next(channel for channel in CHANNELS if channel.name == "mail")


class _PlaceOfPerson(NamedTuple):
    body_id: str
    role: str  # of a contact


def keep_contacts(session: Session, person_id: int) -> None:
    """Give a person, and whoever stands in for her, a contact in each seat, under the present name.

    To be called, in the same transaction, when a person's name, address or seats change, and for the absent
    person when an absence is said. Safe to run twice.
    """
    _keep(session, session.get_one(Person, person_id))
    lends = Absence.person_id == person_id, Absence.cancelled.is_(False)
    deputies = sa.select(Person).where(Person.id.in_(sa.select(Absence.deputy_id).where(*lends)))
    for deputy in session.scalars(deputies.order_by(Person.id)).all():
        _keep(session, deputy)


def keep_admins(session: Session) -> None:
    """The same for whoever sits at no body: the first register says at which body that one is written to."""
    seated = sa.select(SeatRow.person_id).where(SeatRow.role == SeatRole.ADMIN)
    for person_id in session.scalars(seated.distinct().order_by(SeatRow.person_id)).all():
        keep_contacts(session, person_id)


def _keep(session: Session, person: Person) -> None:
    session.flush()  # seats and absences that the caller has added
    mine = list(session.scalars(sa.select(Contact).where(Contact.person_id == person.id)))
    known = {_PlaceOfPerson(row.agency_id, row.role): row for row in mine}
    for place in _places(session, person):
        if place not in known:
            body_id, role = place
            known[place] = Contact(agency_id=body_id, role=role, label="", person_id=person.id)
            session.add(known[place])
    session.flush()
    urls = (_MAIL.url([person.email]),) if person.email else ()
    for contact in known.values():
        contact.label = person.name
        if _in_use(session, contact) != urls:  # else a mark on it would end here
            set_addresses(session, contact, urls)


def _places(session: Session, person: Person) -> Iterable[_PlaceOfPerson]:
    """Where the person ever sits, in the own seats and in those of absent persons."""
    columns = sa.select(SeatRow.body_id, SeatRow.role)
    own = columns.where(SeatRow.person_id == person.id)
    lends = Absence.deputy_id == person.id, Absence.cancelled.is_(False)
    stands_in = columns.join(Absence, lent()).where(*lends)
    secretariat = session.scalar(sa.select(Committee.secretariat_id))
    for body_id, role in session.execute(sa.union(own, stands_in)):
        at = body_id or secretariat  # None only before the first register, and then only of an admin
        if at is not None:
            yield _PlaceOfPerson(at, READS_AS[SeatRole(role)])


def _in_use(session: Session, contact: Contact) -> tuple[str, ...]:
    query = sa.select(ContactAddress.url).where(
        ContactAddress.contact_id == contact.id, ContactAddress.withdrawn.is_(False)
    )
    return tuple(session.scalars(query.order_by(ContactAddress.position)))
