"""Letters to the mailbox of one person alone: whoever asked to come in, or is invited.

Neither a deputy nor the office's mailbox has them, whatever address it may share; who holds no seat has none.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Session

from models.outbox.reachability import usable
from models.people.held.seated_contacts import sits
from models.tables.agencies import Contact
from models.tables.outbox import OutboxLetter
from models.tables.people import Person, SeatRow
from notifications.outbox.claims import mark_letters
from notifications.outbox.messages import Destination, again, insert_messages, new_message
from notifications.outbox.post_office import PostOffice
from notifications.outbox.readers import ContactCard, Reach, found_cards
from rules.letter_words import LetterState
from rules.outbox.bundling import Waiting, bundle_of
from rules.outbox.kinds import ROWS

NOBODY = "Không gửi: người nhận không giữ vị trí nào, hoặc chưa có địa chỉ thư điện tử."
_LATE = "Không gửi: đã hết thời hạn dùng liên kết."


def send_own(session: Session, office: PostOffice, reach: Reach, letters: Sequence[Waiting]) -> int:
    """A message for each of these letters; what can reach nobody is obsolete, or waits for a seat to begin.

    Returns how many were made.
    """
    if not letters:
        return 0
    cards = own_cards(session, {letter.person for letter in letters if letter.person}, reach)
    reached = [letter for letter in letters if letter.person in cards]
    made = []
    for letter in reached:
        card = cards[letter.person or 0]
        to = Destination(card.reader.id, card.addresses[0].id, card.addresses[0].channel)
        bundle = bundle_of(letter, office.today)
        row = new_message(bundle, letter.id, to, letter.urgent, office.now, office.give_up_at())
        row["key"] += again(session, letter.id)
        made.append((row, [letter.id]))
    insert_messages(session, made)
    sent = {letter.id for letter in reached}
    mark_letters(session, sent, state=LetterState.DISPATCHED, state_note="")
    _end_others(session, [letter for letter in letters if letter.id not in sent], office)
    return len(made)


def own_cards(session: Session, persons: Collection[int], reach: Reach) -> dict[int, ContactCard]:
    """By person, a contact in a running seat with a usable address of the person's own."""
    usual = usable(reach.today, reach.mark_days)
    found = found_cards(session, Contact.person_id.in_(sorted(persons)), sits(reach.today), usual)
    cards: dict[int, ContactCard] = {}
    for _, card in found:
        cards.setdefault(card.reader.person or 0, card)
    return cards


def sits_still(session: Session, contact_id: int, today: date) -> bool:
    """Whether a person's contact is that of a seat which runs today."""
    found = sa.select(Contact.id).where(Contact.id == contact_id, sits(today))
    return session.scalar(found) is not None


def _end_others(session: Session, letters: Sequence[Waiting], office: PostOffice) -> None:
    """What waits for a seat that begins later waits, as long as it says something true."""
    if not letters:
        return
    persons = sorted({letter.person for letter in letters if letter.person})
    later = set(session.scalars(_begins_later(persons, office.today)))
    over = {letter.id for letter in letters if letter.person not in later}
    mark_letters(session, over, state=LetterState.OBSOLETE, state_note=NOBODY)
    waits = [letter.id for letter in letters if letter.id not in over]
    mark_letters(session, _too_late(session, waits, office.now), state=LetterState.OBSOLETE, state_note=_LATE)


def _begins_later(persons: Sequence[int], today: date) -> sa.Select[tuple[int]]:
    begins = sa.select(SeatRow.person_id).join(Person, Person.id == SeatRow.person_id)
    return begins.where(SeatRow.person_id.in_(persons), SeatRow.valid_from > today, Person.active)


def _too_late(session: Session, ids: Sequence[int], now: datetime) -> set[int]:
    query = sa.select(OutboxLetter.id, OutboxLetter.kind, OutboxLetter.data)
    rows = session.execute(query.where(OutboxLetter.id.in_(ids))).all()
    return {key for key, kind, data in rows if ROWS[kind].payload.of(data).over_at(now)}
