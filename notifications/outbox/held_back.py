"""Letters to bodies that are gone: they wait, in case the register is corrected, and travel nowhere.

What lies at such a body is raised to the secretariat by the follow-up (``models/follow_up/sweep/ended.py``).
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from sqlmodel import Session

from models.people.ended_bodies import EndedBodies
from notifications.outbox.carried import Carried
from notifications.outbox.claims import Due, mark_letters
from notifications.outbox.message_door import note
from notifications.outbox.messages import put_apart
from rules.letter_words import LetterState, MessageState
from rules.outbox.kinds import MORNING
from rules.outbox.payloads.deadlines import PaperDue
from rules.outbox.payloads.keys import LetterKind

_LEFT = "Cơ quan nhận đã kết thúc hoạt động; thư được giữ lại."
_HELD = "Không gửi: cơ quan đã kết thúc hoạt động ngày {:%d/%m/%Y}."


class ToBody(Protocol):
    """A letter by its id, and the body that it goes to."""

    @property
    def id(self) -> int: ...

    @property
    def agency_id(self) -> str: ...


def hold_back(session: Session, letters: Sequence[ToBody], ended: EndedBodies) -> set[int]:
    """Let the letters to bodies that are gone wait; returns their ids."""
    found: dict[str, list[int]] = defaultdict(list)
    for letter in letters:
        if ended.is_gone(letter.agency_id):
            found[letter.agency_id].append(letter.id)
    for body, ids in found.items():
        note = _HELD.format(ended.last_days[body])
        mark_letters(session, ids, state=LetterState.NO_CONTACT, state_note=note)
    return {key for ids in found.values() for key in ids}


def take_back(
    session: Session, due: Due, letters: Sequence[Carried], ended: EndedBodies, now: datetime
) -> list[Carried]:
    """Take such letters out of a locked message; returns those that stay in it.

    They leave it for a message that went nowhere: should they travel again, nobody has had them.
    """
    held = hold_back(session, letters, ended)
    if held and len(held) < len(letters):
        _apart(session, due, sorted(held), now)
    return [letter for letter in letters if letter.id not in held]


def _apart(session: Session, due: Due, ids: list[int], now: datetime) -> None:
    made = put_apart(session, due, ids, MessageState.MOVED, {"settled_at": now}, now)
    note(session, made, MessageState.MOVED, now, text=_LEFT)


def asks_an_ended_body(letter: Carried, ended: EndedBodies) -> str | None:
    """Why a letter that asks a body for work, or to sign a paper to it, need not go; None if it may.

    The clock would not write it today: it waited since before the body's last day.
    """
    if letter.kind is LetterKind.PAPER_DUE:
        body = letter.told(PaperDue).agency_id
    elif letter.kind in MORNING and letter.task is not None:
        body = letter.task.agency_id
    else:
        return None
    if not ended.has_ended(body):
        return None
    return f"cơ quan kết thúc hoạt động ngày {ended.last_days[body]:%d/%m/%Y}"
