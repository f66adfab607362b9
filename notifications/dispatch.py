"""Letters to bodies become messages to addresses: readers resolved, bundles made, in one commit."""

from collections import defaultdict
from datetime import datetime
from uuid import uuid4

import sqlalchemy as sa
from sqlmodel import Session

from config.clock import office_day
from models.outbox import MessageLetter, OutboxLetter, OutboxMessage
from models.register import the_committee
from notifications import keys
from notifications.channels.addresses import channel_of
from notifications.outbox import NewLetter, enqueue
from notifications.post_office import PostOffice
from notifications.readers import ContactCard, contact_cards
from rules.bundling import Waiting, bundle_of, bundles, readers_of
from rules.vocabulary import LetterKind, LetterState, MessageState


def dispatch(session: Session, now: datetime, office: PostOffice) -> int:
    """Turn every letter that may go by ``now`` into messages; returns how many were made.

    A body that nobody can be reached at is raised to the secretariat, never dropped. Its letters
    go out by themselves once it has a contact.
    """
    made = 0
    hours_open = office.is_open(now)
    for _ in range(2):  # the second round carries what the first had to tell the secretariat
        letters = _waiting_letters(session, now, hours_open)
        cards = contact_cards(session, {letter.agency_id for letter in letters})
        unreachable = [letter for letter in letters if not cards.get(letter.agency_id)]
        for agency_id, mine in _by_agency(letters).items():
            if cards.get(agency_id):
                made += _make_messages(session, mine, cards[agency_id], now, office)
        if not _raise_unreachable(session, unreachable, now, office):
            break
    return made


def _waiting_letters(session: Session, now: datetime, hours_open: bool) -> list[OutboxLetter]:
    waiting = OutboxLetter.state.in_([LetterState.PENDING, LetterState.NO_CONTACT])
    query = sa.select(OutboxLetter).where(waiting, OutboxLetter.not_before <= now)
    if not hours_open:
        query = query.where(OutboxLetter.urgent)
    return list(session.scalars(query.order_by(OutboxLetter.id)))


def _by_agency(letters: list[OutboxLetter]) -> dict[str, list[OutboxLetter]]:
    found: dict[str, list[OutboxLetter]] = defaultdict(list)
    for letter in letters:
        found[letter.agency_id].append(letter)
    return found


def _make_messages(
    session: Session,
    letters: list[OutboxLetter],
    cards: list[ContactCard],
    now: datetime,
    office: PostOffice,
) -> int:
    by_id = {letter.id: letter for letter in letters}
    by_reader = {card.reader: card for card in cards}
    made = 0
    for bundle in bundles(_as_waiting(letter) for letter in letters):
        rows = [by_id[item.id] for item in bundle]
        for reader in readers_of(bundle, by_reader):
            card = by_reader[reader]
            address = (card.address_ids[0], card.urls[0])
            message = new_message(bundle_of(bundle[0]), rows, reader.id, address, now, office)
            add_message(session, message, [row.id for row in rows if row.id is not None])
            made += 1
        for row in rows:
            row.state, row.state_note = LetterState.DISPATCHED, ""
    return made


def _as_waiting(letter: OutboxLetter) -> Waiting:
    assert letter.id is not None
    group = str(letter.data.get("document", letter.scheduled_on.isoformat()))
    return Waiting(letter.id, letter.kind, letter.agency_id, letter.scheduled_on, letter.urgent, group)


def new_message(
    bundle: str,
    letters: list[OutboxLetter],
    contact_id: int,
    address: tuple[int, str],
    now: datetime,
    office: PostOffice,
) -> OutboxMessage:
    """A message not yet in the session, to ``address`` (id, URL).

    Its key holds its first letter, reader and address.
    """
    address_id, url = address
    return OutboxMessage(
        key=f"L{letters[0].id}:C{contact_id}:A{address_id}",
        bundle=bundle,
        contact_id=contact_id,
        address_id=address_id,
        channel=channel_of(url),
        message_id=f"<ob-{uuid4().hex}@{office.mail_domain}>",
        urgent=any(letter.urgent for letter in letters),
        state=MessageState.QUEUED,
        next_at=now,
        give_up_at=office.give_up_at(now),
    )


def add_message(session: Session, message: OutboxMessage, letter_ids: list[int]) -> None:
    """Insert a message with the letters it carries."""
    session.add(message)
    session.flush()
    assert message.id is not None
    session.add_all(MessageLetter(message_id=message.id, letter_id=key) for key in letter_ids)


def _raise_unreachable(
    session: Session,
    letters: list[OutboxLetter],
    now: datetime,
    office: PostOffice,
) -> bool:
    """Tell the secretariat once; True if there is something new to tell."""
    news = [letter for letter in letters if letter.state is LetterState.PENDING]
    for letter in news:
        letter.state, letter.state_note = LetterState.NO_CONTACT, "Cơ quan chưa có địa chỉ liên hệ dùng được."
    secretariat = the_committee(session).secretariat_id
    fresh = [
        tell_secretariat(agency_id, mine, secretariat, now, office)
        for agency_id, mine in _by_agency(news).items()
        if agency_id != secretariat
    ]
    return bool(enqueue(session, fresh, now))


def tell_secretariat(
    agency_id: str,
    letters: list[OutboxLetter],
    secretariat: str,
    now: datetime,
    office: PostOffice,
) -> NewLetter:
    """The letter that says which body could not be reached, and with what."""
    return NewLetter(
        key=keys.no_contact(agency_id, office_day(now)),
        kind=LetterKind.NO_CONTACT,
        agency_id=secretariat,
        scheduled_on=office_day(now),
        not_before=office.soonest(now),
        data={
            "agency_id": agency_id,
            "task_ids": sorted({letter.task_id for letter in letters if letter.task_id}),
        },
    )
