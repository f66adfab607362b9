"""What of a message still holds at the moment of sending; the rest is marked obsolete."""

from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from models.people.ended_bodies import EndedBodies
from notifications.outbox.carried import Carried, carried_by
from notifications.outbox.claims import Due, mark_letters
from notifications.outbox.held_back import asks_an_ended_body, take_back
from notifications.writing.kinds import KINDS
from rules.letter_words import LetterState
from rules.outbox.kinds import OWN_MAILBOX, ROWS
from rules.outbox.payloads.keys import LetterKind
from rules.text.stored import Unreadable


def true_letters(session: Session, due: Due, ended: EndedBodies, now: datetime) -> tuple[Carried, ...]:
    """The letters of a locked message that still say something true, to bodies that still are."""
    kept, dropped = [], defaultdict(list)
    for letter in as_they_stand(session, carried_by(session, due.id)):
        reason = _why_not(letter, ended)
        if letter.kind in OWN_MAILBOX:
            reason = reason or _too_late(letter, now)
        if reason is None:
            kept.append(letter)
        else:
            dropped[f"Không gửi: {reason}."].append(letter.id)
    for words, ids in dropped.items():
        mark_letters(session, ids, state=LetterState.OBSOLETE, state_note=words)
    return tuple(take_back(session, due, kept, ended, now))


def _why_not(letter: Carried, ended: EndedBodies) -> str | None:
    """What cannot be read stays: its writer fails over it, and the secretariat is told."""
    try:
        return asks_an_ended_body(letter, ended) or obsolete(letter)
    except Unreadable:
        return None


def _too_late(letter: Carried, now: datetime) -> str | None:
    with suppress(Unreadable):
        if ROWS[letter.kind].payload.of(letter.data).over_at(now):
            return "đã hết thời hạn dùng liên kết"
    return None


def as_they_stand(session: Session, letters: Sequence[Carried]) -> list[Carried]:
    """The same letters, knowing which of them other rows have overtaken."""
    mine: dict[LetterKind, list[Carried]] = defaultdict(list)
    for letter in letters:
        mine[letter.kind].append(letter)
    over: set[int] = set()
    for kind, some in mine.items():
        with suppress(Unreadable):
            over |= KINDS[kind].overtaken(session, some)
    return [replace(letter, overtaken=True) if letter.id in over else letter for letter in letters]


def obsolete(letter: Carried) -> str | None:
    """Why the letter need not go any more, in Vietnamese, or None if it must."""
    return KINDS[letter.kind].over(letter)
