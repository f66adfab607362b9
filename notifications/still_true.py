"""What of a message still holds at the moment of sending; the rest is marked obsolete."""

from collections import defaultdict
from datetime import datetime

from sqlmodel import Session

from models.ended_bodies import EndedBodies
from notifications.carried import Carried, carried_by
from notifications.claims import Due, mark_letters
from notifications.ended_bodies import settled
from notifications.held_back import asks_an_ended_body, take_back
from notifications.relevance import obsolete
from rules.letter_words import LetterKind, LetterState

_SETTLED = "danh mục cơ quan đã thay đổi, hoặc không còn việc gì chờ cơ quan này"


def true_letters(session: Session, due: Due, ended: EndedBodies, now: datetime) -> tuple[Carried, ...]:
    """The letters of a locked message that still say something true, to bodies that still are."""
    kept, dropped = [], defaultdict(list)
    carried = carried_by(session, due.id)
    over = settled(session, carried) if carried and carried[0].kind is LetterKind.BODY_ENDED else set()
    for letter in carried:
        reason = _SETTLED if letter.id in over else asks_an_ended_body(letter, ended) or obsolete(letter)
        if reason is None:
            kept.append(letter)
        else:
            dropped[f"Không gửi: {reason}."].append(letter.id)
    for words, ids in dropped.items():
        mark_letters(session, ids, state=LetterState.OBSOLETE, state_note=words)
    return tuple(take_back(session, due, kept, ended, now))
