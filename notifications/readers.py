"""Who reads a body's letters, and at which addresses, as of the moment of sending."""

from collections import defaultdict
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session

from models.agencies import Contact, ContactAddress
from models.outbox import MessageLetter, OutboxMessage
from rules.bundling import Reader


@dataclass(frozen=True, slots=True)
class ContactCard:
    """An active contact with its usable addresses, in the order to try."""

    reader: Reader
    label: str
    address_ids: tuple[int, ...]
    urls: tuple[str, ...]


def contact_cards(session: Session, agency_ids: set[str]) -> dict[str, list[ContactCard]]:
    """Contacts by body; a contact without a usable address is no contact."""
    query = (
        sa.select(Contact, ContactAddress)
        .join(ContactAddress, ContactAddress.contact_id == Contact.id)
        .where(
            Contact.agency_id.in_(agency_ids),
            Contact.active,
            ContactAddress.withdrawn.is_(False),
            ContactAddress.unusable_since.is_(None),
        )
        .order_by(Contact.id, ContactAddress.position)
    )
    addresses: dict[int, list[ContactAddress]] = defaultdict(list)
    contacts: dict[int, Contact] = {}
    for contact, address in session.execute(query):
        contacts[contact.id] = contact
        addresses[contact.id].append(address)
    cards: dict[str, list[ContactCard]] = defaultdict(list)
    for key, contact in contacts.items():
        rows = addresses[key]
        cards[contact.agency_id].append(
            ContactCard(
                Reader(key, contact.role),
                contact.label,
                tuple(row.id for row in rows if row.id is not None),
                tuple(row.url for row in rows),
            )
        )
    return cards


def next_address(session: Session, contact_id: int, letter_id: int) -> ContactAddress | None:
    """The contact's first usable address at which this letter was not tried yet.

    By what was tried and not by position: the register may have been put in another order since.
    """
    tried = (
        sa.select(OutboxMessage.address_id)
        .join(MessageLetter, MessageLetter.message_id == OutboxMessage.id)
        .where(OutboxMessage.contact_id == contact_id, MessageLetter.letter_id == letter_id)
    )
    return session.scalars(
        sa.select(ContactAddress)
        .where(
            ContactAddress.contact_id == contact_id,
            ContactAddress.id.not_in(tried),
            ContactAddress.withdrawn.is_(False),
            ContactAddress.unusable_since.is_(None),
        )
        .order_by(ContactAddress.position)
        .limit(1)
    ).first()
