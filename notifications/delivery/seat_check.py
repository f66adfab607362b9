"""A person's seats at the moment of sending: what is hers today leaves, the rest goes to whoever may have it.

So a letter that waits stops on the day on which a seat or an absence ends or begins.
"""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session

from models.people.held.seated_contacts import reads
from models.people.held.stand_ins import officers_today
from models.tables.agencies import Contact, ContactAddress
from notifications.delivery.own_mailbox import NOBODY, own_cards, sits_still
from notifications.delivery.readdress import REPLACED, open_again, to_present_readers
from notifications.outbox.carried import Carried
from notifications.outbox.claims import Due, mark_letters, put_aside
from notifications.outbox.message_door import note
from notifications.outbox.messages import move, put_apart
from notifications.outbox.post_office import PostOffice
from notifications.outbox.readers import Reach
from rules.letter_words import LetterState, MessageState
from rules.outbox.kinds import OWN_MAILBOX
from rules.outbox.seated_readers import NOT_FOR_BODY


def still_theirs(
    session: Session, due: Due, letters: Sequence[Carried], office: PostOffice
) -> tuple[Carried, ...]:
    """The letters of a locked message that its reader may have today; none: it has been dealt with.

    Asked of persons only: the office's own contacts are the register's word (``readdress.py``).
    """
    if due.person_id is None:
        return tuple(letters)
    if letters[0].kind in OWN_MAILBOX:
        return _own(session, due, letters, office)
    kept = _of_today(session, due.identity, letters, office.today)
    if not kept:
        to_present_readers(session, due, letters, office)
    elif others := [letter for letter in letters if letter not in kept]:
        ids, now = [letter.id for letter in others], office.now
        apart = put_apart(session, due, ids, MessageState.MOVED, {"settled_at": now}, now)
        note(session, apart, MessageState.MOVED, now, text=REPLACED)
        open_again(session, others, office)
    return kept


def _of_today(
    session: Session, identity: str, letters: Sequence[Carried], today: date
) -> tuple[Carried, ...]:
    """Those of bodies for which the mailbox reads today, be it by another seat, and of an officer's tasks."""
    query = (
        sa.select(Contact.agency_id, Contact.role, Contact.person_id)
        .join(ContactAddress, ContactAddress.contact_id == Contact.id)
        .where(ContactAddress.identity == identity, ContactAddress.withdrawn.is_(False), reads(today))
    )
    rows = session.execute(query).all()
    whole = {body for body, role, _ in rows if role not in NOT_FOR_BODY}
    helps = {(body, person) for body, _, person in rows if body not in whole}
    tasks = {one.task_id for one in letters if one.task_id and one.agency_id not in whole} if helps else set()
    works = officers_today(session, tasks, today)
    return tuple(
        one
        for one in letters
        if one.agency_id in whole or (one.agency_id, works.get((one.task_id or 0, one.agency_id), 0)) in helps
    )


def _own(session: Session, due: Due, letters: Sequence[Carried], office: PostOffice) -> tuple[Carried, ...]:
    """What is for one mailbox alone follows its person to another seat, or ends."""
    if sits_still(session, due.contact_id, office.today):
        return tuple(letters)
    person, ids = due.person_id or 0, [letter.id for letter in letters]
    card = own_cards(session, [person], Reach(office.today, office.mark_days)).get(person)
    if card is not None:
        place = card.addresses[0].id, card.addresses[0].channel
        move(session, due._replace(contact_id=card.reader.id), ids, place, REPLACED, office)
        return ()
    put_aside(session, due, MessageState.OBSOLETE, office.now, NOBODY)
    mark_letters(session, ids, state=LetterState.OBSOLETE, state_note=NOBODY)
    return ()
