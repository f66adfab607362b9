"""Messages in the making: rows for the outbox, and letters that travel on in another one."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple, NotRequired, TypedDict

import sqlalchemy as sa
from sqlmodel import Session

from models.database.bulk import insert_for_ids, insert_rows
from models.tables.outbox import MessageLetter, OutboxMessage
from notifications.outbox.claims import Due, put_aside
from notifications.outbox.message_door import Settled
from notifications.outbox.post_office import PostOffice
from rules.letter_words import MessageState, OutcomeClass


class Destination(NamedTuple):
    """Whom a message goes to: a contact at one of its addresses."""

    contact_id: int
    address_id: int
    channel: str


class NewMessage(TypedDict):
    """The columns of a message that is made; those of an outcome if it is settled as it is made."""

    key: str
    bundle: str
    contact_id: int
    address_id: int
    channel: str
    message_id: str
    urgent: bool
    state: MessageState
    next_at: datetime
    give_up_at: datetime
    outcome: NotRequired[OutcomeClass | None]
    outcome_code: NotRequired[str]
    outcome_text: NotRequired[str]
    settled_at: NotRequired[datetime | None]


def new_message(
    bundle: str, first_letter: int, to: Destination, urgent: bool, now: datetime, give_up_at: datetime
) -> NewMessage:
    """A message that waits from ``now`` on and is owed after ``give_up_at``.

    Its key holds its first letter, reader and address. Its Message-ID is made when it is claimed, of
    what it then says.
    """
    return {
        "key": f"L{first_letter}:C{to.contact_id}:A{to.address_id}",
        "bundle": bundle,
        "contact_id": to.contact_id,
        "address_id": to.address_id,
        "channel": to.channel,
        "message_id": "",
        "urgent": urgent,
        "state": MessageState.QUEUED,
        "next_at": now,
        "give_up_at": give_up_at,
    }


def insert_messages(session: Session, messages: Sequence[tuple[NewMessage, Sequence[int]]]) -> None:
    """Insert messages with the ids of the letters that they carry."""
    if not messages:
        return
    ids = insert_for_ids(session, OutboxMessage, [row for row, _ in messages])
    carried = [
        {"message_id": message_id, "letter_id": letter_id}
        for message_id, (_, letters) in zip(ids, messages, strict=True)
        for letter_id in letters
    ]
    insert_rows(session, MessageLetter, carried)


def send_on(
    session: Session,
    due: Due,
    letter_ids: Sequence[int],
    place: tuple[int, str],
    office: PostOffice,
) -> None:
    """The letters of a message travel on to another address of their reader, in a message of their own."""
    to = Destination(due.contact_id, *place)
    row = new_message(due.bundle, letter_ids[0], to, due.urgent, office.now, office.give_up_at())
    row["key"] += again(session, letter_ids[0])
    insert_messages(session, [(row, letter_ids)])


def move(
    session: Session,
    due: Due,
    letter_ids: Sequence[int],
    place: tuple[int, str],
    why: str,
    office: PostOffice,
) -> None:
    """The same for a locked message that was not tried where it was."""
    put_aside(session, due, MessageState.MOVED, office.now, why)
    send_on(session, due, letter_ids, place, office)


def put_apart(
    session: Session,
    due: Due,
    letter_ids: Sequence[int],
    state: MessageState,
    settled: Settled,
    now: datetime,
) -> int:
    """These letters leave a locked message for one that was settled before it was made; returns its id.

    Its event is the caller's to note.
    """
    to = Destination(due.contact_id, due.address_id, due.channel)
    made = new_message(due.bundle, letter_ids[0], to, due.urgent, now, give_up_at=now)
    key = made["key"] + again(session, letter_ids[0])
    row: NewMessage = {**made, "key": key, "state": state, **settled}
    adding = sa.insert(OutboxMessage).returning(OutboxMessage.id)
    [message_id] = session.execute(adding, [row]).scalars()
    links = sa.update(MessageLetter).where(
        MessageLetter.message_id == due.id, MessageLetter.letter_id.in_(letter_ids)
    )
    session.execute(links.values(message_id=message_id), execution_options={"synchronize_session": False})
    return int(message_id)


def again(session: Session, letter_id: int) -> str:
    """What makes the key of a further message with this letter a new one."""
    count = sa.select(sa.func.count()).where(MessageLetter.letter_id == letter_id)
    found = session.scalar(count) or 0
    return f":{found}" if found else ""
