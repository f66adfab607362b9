"""Who reads a body's letters, and at which addresses, as of the moment of sending."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

import sqlalchemy as sa
from sqlmodel import Session

from config.clock import OFFICE_ZONE
from models.agencies import Contact, ContactAddress
from models.outbox import MessageLetter, OutboxMessage
from rules.bundling import Reader
from rules.vocabulary import MessageState


@dataclass(frozen=True, slots=True)
class ContactCard:
    """An active contact with its usable addresses, in the order to try."""

    reader: Reader
    label: str
    address_ids: tuple[int, ...]
    urls: tuple[str, ...]


class Persons:
    """Which contacts are the same person: those with the same addresses in the same order.

    A person is named by the lowest id of its contacts.
    """

    def __init__(self, cards: Mapping[str, Sequence[ContactCard]]) -> None:
        every = sorted((card for mine in cards.values() for card in mine), key=lambda card: card.reader.id)
        first: dict[tuple[str, ...], int] = {}
        self._person = {card.reader.id: first.setdefault(card.urls, card.reader.id) for card in every}
        self._cards = {card.reader.id: card for card in every}

    def of(self, contact_id: int) -> int:
        """The person behind a contact; a contact that is no longer usable is a person of its own."""
        return self._person.get(contact_id, contact_id)

    def card(self, person: int) -> ContactCard:
        """The card under which a person is written to."""
        return self._cards[person]


def midnight_of(day: date) -> datetime:
    """The instant at which the office's day begins."""
    return datetime.combine(day, time(), OFFICE_ZONE)


def had_since(session: Session, today: date, persons: Persons) -> dict[int, set[str]]:
    """The ordinary bundles of ``today`` of each person who had any.

    A message made today is tried no earlier than today, so the index on the next attempt finds it.
    """
    query = sa.select(OutboxMessage.contact_id, OutboxMessage.bundle).where(
        OutboxMessage.state.in_(list(MessageState)),
        OutboxMessage.next_at >= midnight_of(today),
        OutboxMessage.bundle.startswith(f"{today}:"),
        OutboxMessage.urgent.is_(False),
    )
    found: dict[int, set[str]] = defaultdict(set)
    for contact_id, bundle in session.execute(query):
        found[persons.of(contact_id)].add(bundle)
    return found


def contact_cards(session: Session) -> dict[str, list[ContactCard]]:
    """Contacts by body; a contact without a usable address is no contact, a body without one is not there."""
    query = (
        sa.select(
            Contact.id, Contact.agency_id, Contact.role, Contact.label, ContactAddress.id, ContactAddress.url
        )
        .join(ContactAddress, ContactAddress.contact_id == Contact.id)
        .where(Contact.active, ContactAddress.withdrawn.is_(False), ContactAddress.unusable_since.is_(None))
        .order_by(Contact.id, ContactAddress.position)
    )
    addresses: dict[tuple[int, str, str, str], list[tuple[int, str]]] = defaultdict(list)
    for *contact, address_id, url in session.execute(query):
        addresses[tuple(contact)].append((address_id, url))
    cards: dict[str, list[ContactCard]] = defaultdict(list)
    for (key, agency_id, role, label), tried in addresses.items():
        ids, urls = zip(*tried, strict=True)
        cards[agency_id].append(ContactCard(Reader(key, role), label, ids, urls))
    return dict(cards)


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
