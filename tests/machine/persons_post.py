"""The post of an office with persons: what leaves for whose own mailbox, and what is left behind.

Who may have what is told by ``AccessTable`` from the seats of that very day.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy.engine import Engine

from models.tables.agencies import Contact, ContactAddress
from models.tables.outbox import MessageLetter, OutboxLetter, OutboxMessage
from models.tables.people import TaskOfficer
from notifications.outbox.parcel import Outcome, Parcel
from rules.letter_words import TO_GO, LetterState, MessageState, OutcomeClass
from tests.cast import rows
from tests.machine.access_table import AccessTable

GONE = Outcome(OutcomeClass.SENT, "250", "ok")
#: To the mailbox of one person alone, whoever stands in.
OWN = ("invitation", "sign_in")


def may_have(table: AccessTable, person: int, letter: Any) -> bool:
    """Whether the person's own mailbox may have the letter on the day of ``table``."""
    own = table.own(person)
    if not own:
        return False
    if letter.kind in OWN:
        return bool(letter.person_id == person)
    if letter.agency_id in table.gone:
        return False
    away = {seat.id for seat, _ in table.lent if seat.person_id == person}
    here = [one for one in table.sits(person) if one.body == letter.agency_id]
    here = [one for one in here if one.instead_of is not None or one.id not in away]
    if any(one.role != "officer" for one in here):
        return True
    me = {one.instead_of or person for one in here}
    return letter.person_id in me or any(
        (one.task_id, one.body_id) == (letter.task_id, letter.agency_id) and one.person_id in me
        for one in table.of(TaskOfficer)
    )


class PersonsPost:
    """``reply`` is what the mail server says next; ``wrongs`` is what must never leave.

    ``table`` is that of the day on which letters leave, to be given before they do.
    """

    def __init__(self, engine: Engine, table: AccessTable) -> None:
        self._engine, self.table = engine, table
        self.reply = GONE
        self.wrongs: list[str] = []
        self.carried = 0  # messages to a person's own mailbox that left

    def carry(self, url: str, parcel: Parcel) -> Outcome:
        """Take one parcel now."""
        ours, sending = OutboxMessage.message_id == parcel.message_id, MessageState.SENDING
        [message] = rows(self._engine, OutboxMessage, ours, OutboxMessage.state == sending)
        [contact] = rows(self._engine, Contact, Contact.id == message.contact_id)
        if contact.person_id is not None:
            self._look_at(url, message.id, contact.person_id)
            self.carried += self.reply is GONE
        return self.reply

    def _look_at(self, url: str, message: int, person: int) -> None:
        table, addresses = self.table, rows(self._engine, ContactAddress, ContactAddress.url == url)
        theirs = Contact.id.in_([one.contact_id for one in addresses])
        if person not in {one.person_id for one in rows(self._engine, Contact, theirs)}:
            self.wrongs.append(f"{table.today}: {url} is not the mailbox of person {person}")
        for letter in self._letters(message):
            if not may_have(table, person, letter):
                self.wrongs.append(
                    f"{table.today}: {letter.key} went to person {person}, {table.sits(person)}"
                )

    def _letters(self, message: int) -> list[Any]:
        links = rows(self._engine, MessageLetter, MessageLetter.message_id == message)
        said = OutboxLetter.state != LetterState.OBSOLETE
        return rows(self._engine, OutboxLetter, OutboxLetter.id.in_([one.letter_id for one in links]), said)


def left_behind(engine: Engine, table: AccessTable, now: datetime) -> Iterator[str]:
    """After a pass to which nothing stood in the way: what waits for somebody who does not sit there, what
    has reached nobody, and a body without a reader of which the secretariat was not told.
    """
    letters = rows(engine, OutboxLetter)
    messages = {one.id: one for one in rows(engine, OutboxMessage)}
    contacts = {one.id: one for one in rows(engine, Contact)}
    carriers: dict[int, list[Any]] = {}
    for link in rows(engine, MessageLetter):
        carriers.setdefault(link.letter_id, []).append(messages[link.message_id])
    for letter in letters:
        mine = carriers.get(letter.id, [])
        waits = [one for one in mine if one.state in TO_GO and one.next_at <= now]
        for person in filter(None, (contacts[one.contact_id].person_id for one in waits)):
            if not may_have(table, person, letter):
                yield f"{letter.key} waits for person {person}, who does not sit there"
        states = {one.state for one in mine}
        if letter.state is LetterState.DISPATCHED and not states - {MessageState.MOVED}:
            yield f"{letter.key} is lost: {sorted(states)}"
    yield from _unraised(table, letters)


def _unraised(table: AccessTable, letters: list[Any]) -> Iterator[str]:
    """A body that has ended is raised in a way of its own (``OfficeMachine``)."""
    raised = {one.data.get("agency_id") for one in letters if one.kind == "no_contact"}
    known = raised | table.gone | {table.committee.secretariat_id}
    for letter in letters:
        if letter.state is LetterState.NO_CONTACT and letter.agency_id not in known:
            yield f"{letter.key} reaches nobody, and the secretariat was not told"
