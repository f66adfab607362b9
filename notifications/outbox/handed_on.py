"""Letters that go to an officer of a body: about the tasks that it has handed on to him."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Self

from sqlmodel import Session

from models.people.held.stand_ins import officers_today, stand_ins
from notifications.outbox.readers import Cards, Persons
from rules.outbox.bundling import Hearing, Waiting, hears
from rules.outbox.seated_readers import OFFICER


@dataclass(frozen=True, slots=True)
class OfficersAtWork:
    """Who works on a task in a body, and who stands in for whom there; ``contacts`` by body and person."""

    contacts: dict[tuple[str, int], int] = field(default_factory=dict)
    works: dict[tuple[int, str], int] = field(default_factory=dict)
    instead: dict[tuple[int, str], int] = field(default_factory=dict)

    @classmethod
    def among(cls, session: Session, cards: Cards, letters: Sequence[Waiting], today: date) -> Self:
        """As far as these letters ask for it; nothing is looked up where no person sits."""
        contacts = {
            (body, card.reader.person): card.reader.id
            for body, mine in cards.every().items()
            for card in mine
            if card.reader.person is not None
        }
        alone = {letter.person for letter in letters if letter.person}
        if not contacts:
            return cls()
        tasks = {one.task_id for one in letters if one.task_id} if cards.officers else set()
        instead = stand_ins(session, alone, today) if alone else {}
        return cls(contacts, officers_today(session, tasks, today), instead)

    def heard_by(self, letter: Waiting, readers: set[int], hearing: Hearing, persons: Persons) -> set[int]:
        """The persons who get a letter of which ``readers`` of the body hear.

        What is to one person alone goes to that one, or whoever stands in; if neither is there, to the body.
        """
        if letter.person is not None:
            whom = self.instead.get((letter.person, letter.agency_id), letter.person)
            alone = self.contacts.get((letter.agency_id, whom))
            return readers if alone is None else {persons.of(alone)}
        works = self.works.get((letter.task_id or 0, letter.agency_id))
        contact = self.contacts.get((letter.agency_id, works)) if works else None
        if contact is None or not hears(OFFICER, letter.kind, letter.step, hearing):
            return readers
        return readers | {persons.of(contact)}
