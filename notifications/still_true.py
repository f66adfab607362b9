"""What of a message still holds at the moment of sending; the rest is marked obsolete."""

from collections import defaultdict

from sqlmodel import Session

from notifications.carried import Carried, carried_by
from notifications.claims import mark_letters
from notifications.relevance import obsolete
from rules.letter_words import LetterState


def true_letters(session: Session, message_id: int) -> tuple[Carried, ...]:
    """The letters of a message that still say something true."""
    kept, dropped = [], defaultdict(list)
    for letter in carried_by(session, message_id):
        if (reason := obsolete(letter)) is None:
            kept.append(letter)
        else:
            dropped[f"Không gửi: {reason}."].append(letter.id)
    for words, ids in dropped.items():
        mark_letters(session, ids, state=LetterState.OBSOLETE, state_note=words)
    return tuple(kept)
