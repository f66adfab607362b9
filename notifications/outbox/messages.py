"""Messages in the making: rows for the outbox, and letters that travel on in another one."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from models.database.bulk import insert_for_ids, insert_rows
from models.tables.outbox import MessageLetter, OutboxMessage
from notifications.outbox.claims import Due, put_aside
from notifications.outbox.post_office import PostOffice
from rules.letter_words import MessageState


def new_message(
    bundle: str, first_letter: int, contact_id: int, place: tuple[int, str], urgent: bool, now: datetime
) -> dict[str, Any]:
    """The columns of a message to ``place`` (id and channel of an address), but for ``give_up_at``.

    Its key holds its first letter, reader and address. Its Message-ID is made when it is claimed, of
    what it then says.
    """
    address_id, channel = place
    return {
        "key": f"L{first_letter}:C{contact_id}:A{address_id}",
        "bundle": bundle,
        "contact_id": contact_id,
        "address_id": address_id,
        "channel": channel,
        "message_id": "",
        "urgent": urgent,
        "state": MessageState.QUEUED,
        "next_at": now,
    }


def insert_messages(session: Session, messages: Sequence[tuple[dict[str, Any], Sequence[int]]]) -> None:
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
    row = new_message(due.bundle, letter_ids[0], due.contact_id, place, due.urgent, office.now)
    row |= {"key": f"{row['key']}{again(session, letter_ids[0])}", "give_up_at": office.give_up_at()}
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


def again(session: Session, letter_id: int) -> str:
    """What makes the key of a further message with this letter a new one."""
    count = sa.select(sa.func.count()).where(MessageLetter.letter_id == letter_id)
    found = session.scalar(count) or 0
    return f":{found}" if found else ""
