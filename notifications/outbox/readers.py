"""Who reads a body's letters, and at which addresses, as of the moment of sending."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

import sqlalchemy as sa
from sqlmodel import Session

from config.clock import OFFICE_ZONE
from models.outbox.reachability import usable
from models.people.ended_bodies import gone_ids
from models.people.held.seated_contacts import reads
from models.tables.agencies import Contact, ContactAddress
from models.tables.outbox import MessageLetter, OutboxMessage
from rules.letter_words import HEARD, TO_GO, MessageState
from rules.outbox.addresses import is_mailbox
from rules.outbox.bundling import Reader
from rules.outbox.seated_readers import NOT_FOR_BODY, OFFICER, LettersTo, chosen

_SOME = 500  # ids in one statement


@dataclass(frozen=True, slots=True)
class Address:
    """One usable address of a contact."""

    id: int
    channel: str
    identity: str


@dataclass(frozen=True, slots=True)
class ContactCard:
    """An active contact with its usable addresses, in the order to try."""

    reader: Reader
    addresses: tuple[Address, ...]

    @property
    def person(self) -> str:
        """What makes two contacts one person: the first mailbox, or else the first address of any kind."""
        identities = [address.identity for address in self.addresses]
        return next(filter(is_mailbox, identities), identities[0])

    def best(self, stopped: Collection[str]) -> Address:
        """The first address on a channel that works; the very first if none does."""
        return next((one for one in self.addresses if one.channel not in stopped), self.addresses[0])


@dataclass(frozen=True, slots=True)
class Reach:
    """What decides which addresses may be used now: marks that are over, and channels that work."""

    today: date
    mark_days: int
    stopped: frozenset[str] = frozenset()
    letters_to: LettersTo = LettersTo.BOTH


class Persons:
    """Which contacts are the same person: one mailbox is one person, whatever stands beside it.

    A person is named by the lowest id of its contacts.
    """

    def __init__(self, cards: Mapping[str, Sequence[ContactCard]]) -> None:
        every = sorted((card for mine in cards.values() for card in mine), key=lambda card: card.reader.id)
        first: dict[str, int] = {}
        self._person = {card.reader.id: first.setdefault(card.person, card.reader.id) for card in every}
        self._cards = {card.reader.id: card for card in every}

    def of(self, contact_id: int) -> int:
        """The person behind a contact; a contact that is no longer usable is a person of its own."""
        return self._person.get(contact_id, contact_id)

    def card(self, person: int) -> ContactCard:
        """The card under which a person is written to."""
        return self._cards[person]

    def contacts(self) -> list[int]:
        """Every contact that is known here."""
        return list(self._cards)


def midnight_of(day: date) -> datetime:
    """The instant at which the office's day begins."""
    return datetime.combine(day, time(), OFFICE_ZONE)


def had_since(session: Session, today: date, persons: Persons) -> dict[int, set[str]]:
    """The ordinary bundles of ``today`` of each of these persons who had any.

    A message made today is tried no earlier than today, so the index on the next attempt finds it.
    """
    known = set(persons.contacts())
    query = sa.select(OutboxMessage.contact_id, OutboxMessage.bundle).where(
        OutboxMessage.state.in_(list(MessageState)),
        OutboxMessage.state != MessageState.MOVED,
        OutboxMessage.next_at >= midnight_of(today),
        OutboxMessage.bundle.startswith(f"{today}:"),
        OutboxMessage.urgent.is_(False),
        OutboxMessage.contact_id.between(min(known, default=0), max(known, default=0)),
    )
    found: dict[int, set[str]] = defaultdict(set)
    # In pieces: by the end of a morning these are the messages of all.
    for contact_id, bundle in session.connection().execute(query, execution_options={"yield_per": 1000}):
        if contact_id in known:
            found[persons.of(contact_id)].add(bundle)
    return found


@dataclass(frozen=True, slots=True)
class Cards:
    """Contacts by body: those that read what goes there, and officers, who hear of their tasks."""

    whole: dict[str, list[ContactCard]]
    officers: dict[str, list[ContactCard]]

    def every(self) -> dict[str, list[ContactCard]]:
        """All of them."""
        return {body: [*mine, *self.officers.get(body, ())] for body, mine in self.whole.items()}


def contact_cards(session: Session, agencies: Collection[str], reach: Reach) -> dict[str, list[ContactCard]]:
    """Contacts by body; a contact without a usable address is no contact, a body without one is not there.

    Nobody reads for a body that is gone (``models/people/ended_bodies.py``).
    """
    return all_cards(session, agencies, reach).whole


def all_cards(session: Session, agencies: Collection[str], reach: Reach) -> Cards:
    """The same, and the officers of bodies that have such contacts."""
    cards: dict[str, list[ContactCard]] = defaultdict(list)
    officers: dict[str, list[ContactCard]] = defaultdict(list)
    named = sorted(agencies)
    for start in range(0, len(named), _SOME):
        for agency_id, card in _cards(session, named[start : start + _SOME], reach):
            if card.reader.role not in NOT_FOR_BODY:
                cards[agency_id].append(card)
            elif card.reader.role == OFFICER:
                officers[agency_id].append(card)
    whole = {body: _chosen(mine, reach.letters_to) for body, mine in cards.items()}
    return Cards(whole, dict(officers))


def _chosen(cards: list[ContactCard], to: LettersTo) -> list[ContactCard]:
    if to is LettersTo.BOTH:
        return cards
    ids = chosen((card.reader for card in cards), to)
    return [card for card in cards if card.reader.id in ids]


def _cards(session: Session, agencies: Sequence[str], reach: Reach) -> Iterable[tuple[str, ContactCard]]:
    return found_cards(
        session,
        reads(reach.today),
        Contact.agency_id.in_(agencies),
        Contact.agency_id.not_in(gone_ids(reach.today)),
        usable(reach.today, reach.mark_days),
    )


def found_cards(session: Session, *where: sa.ColumnElement[bool]) -> Iterable[tuple[str, ContactCard]]:
    """The contacts and addresses that meet the conditions, each contact with its body, by their ids."""
    address = (ContactAddress.id, ContactAddress.channel, ContactAddress.identity)
    query = (
        sa.select(Contact.id, Contact.agency_id, Contact.role, Contact.person_id, *address)
        .join(ContactAddress, ContactAddress.contact_id == Contact.id)
        .where(*where)
        .order_by(Contact.id, ContactAddress.position)
    )
    found: dict[tuple[int, str, str, int | None], list[Address]] = defaultdict(list)
    for contact_id, agency_id, role, person, *place in session.connection().execute(query):
        found[contact_id, agency_id, role, person].append(Address(*place))
    for (contact_id, agency_id, role, person), places in found.items():
        yield agency_id, ContactCard(Reader(contact_id, role, person), tuple(places))


@dataclass(slots=True)
class Heard:
    """Where a letter went, may have gone, or is about to go."""

    contacts: set[int] = field(default_factory=set)
    identities: set[str] = field(default_factory=set)

    def includes(self, card: ContactCard, persons: Persons) -> bool:
        """Whether the person behind a card has it, or will have it."""
        person = persons.of(card.reader.id)
        return any(persons.of(contact) == person for contact in self.contacts) or any(
            address.identity in self.identities for address in card.addresses
        )


def heard(session: Session, letter_ids: Collection[int]) -> dict[int, Heard]:
    """Who has each letter, or will have it; letters that never travelled are not there."""
    found: dict[int, Heard] = defaultdict(Heard)
    ids = sorted(letter_ids)
    for start in range(0, len(ids), _SOME):
        query = (
            sa.select(
                MessageLetter.letter_id,
                OutboxMessage.contact_id,
                ContactAddress.identity,
                OutboxMessage.state.in_([*HEARD, *TO_GO]),
            )
            .join(OutboxMessage, OutboxMessage.id == MessageLetter.message_id)
            .join(ContactAddress, ContactAddress.id == OutboxMessage.address_id)
            .where(MessageLetter.letter_id.in_(ids[start : start + _SOME]))
        )
        for letter_id, contact_id, identity, has_it in session.connection().execute(query):
            one = found[letter_id]
            if has_it:
                one.contacts.add(contact_id)
                one.identities.add(identity)
    return dict(found)


def next_address(
    session: Session, contact_id: int, letter_ids: Sequence[int], message_id: int, reach: Reach
) -> tuple[int, str] | None:
    """The contact's first usable address, on a channel that works, at which none of these letters was tried.

    By what was tried and not by position: the register may have been put in another order since. A
    place that one of the letters reached by another contact counts as tried; from where it was
    ``MOVED`` away nobody tried it. Returns the address's id and channel.
    """
    tried = (
        sa.select(ContactAddress.identity)
        .join(OutboxMessage, OutboxMessage.address_id == ContactAddress.id)
        .join(MessageLetter, MessageLetter.message_id == OutboxMessage.id)
        .where(
            MessageLetter.letter_id.in_(list(letter_ids[:_SOME])),
            sa.or_(OutboxMessage.state != MessageState.MOVED, OutboxMessage.id == message_id),
            ContactAddress.identity.is_not(None),
        )
    )
    query = (
        sa.select(ContactAddress.id, ContactAddress.channel)
        .where(
            ContactAddress.contact_id == contact_id,
            ContactAddress.identity.not_in(tried),
            ContactAddress.channel.not_in(sorted(reach.stopped)),
            usable(reach.today, reach.mark_days),
        )
        .order_by(ContactAddress.position)
        .limit(1)
    )
    row = session.execute(query).first()
    return None if row is None else (row[0], row[1])
