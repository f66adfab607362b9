"""The messages that carried letters: on which channel, to whom, and how it went."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session

from models.tables.agencies import Contact
from models.tables.outbox import MessageLetter, OutboxMessage
from rules.letter_words import LetterState, MessageState
from rules.outbox.letter_standing import Carriage, shown_state


@dataclass(frozen=True, slots=True)
class Sending:
    """One message that carried a letter; ``channel`` is the word by which the office knows the road."""

    channel: str
    recipient: str
    part: Carriage

    @property
    def state(self) -> MessageState:
        """How the message stands."""
        return self.part.state


def sendings_of(session: Session, letter_ids: Collection[int]) -> dict[int, list[Sending]]:
    """By letter, the messages that carried it, in the order in which they were made; maybe none."""
    message = OutboxMessage
    query = (
        sa.select(
            MessageLetter.letter_id, message.channel, Contact.label,
            message.contact_id, message.address_id, message.state,
        )
        .join(message, message.id == MessageLetter.message_id)
        .join(Contact, Contact.id == message.contact_id)
        .where(MessageLetter.letter_id.in_(letter_ids))
        .order_by(message.id)
    )  # fmt: skip
    found: dict[int, list[Sending]] = defaultdict(list)
    for letter_id, channel, recipient, *part in session.execute(query):
        found[letter_id].append(Sending(channel, recipient, Carriage(*part)))
    return found


def standing_of(letter: LetterState, sendings: Sequence[Sending]) -> LetterState | MessageState:
    """How a letter stands by all that carried it."""
    return shown_state(letter, [sending.part for sending in sendings])
