"""What a message need not say: it was said before a restore; or must not: it may have been."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlmodel import Session

from models.installation.restores import HowSaid, SaidBefore
from notifications.outbox.carried import Carried
from notifications.outbox.claims import Due
from notifications.outbox.message_door import Settled, note, swap
from notifications.outbox.messages import put_apart
from notifications.witness.restore_guard import Guard
from rules.letter_words import MessageState, OutcomeClass

CODE = "restored"
_WORDS = {
    HowSaid.SENT: "Đã gửi trước khi khôi phục cơ sở dữ liệu (theo sổ chứng).",
    HowSaid.UNKNOWN: "Có thể đã gửi trước khi khôi phục cơ sở dữ liệu; cần người xem và quyết định.",
}
_STATES = {
    HowSaid.SENT: (MessageState.SENT, OutcomeClass.SENT),
    HowSaid.UNKNOWN: (MessageState.UNKNOWN, OutcomeClass.UNKNOWN),
}


def leave_out_said(
    session: Session, guard: Guard, due: Due, letters: Sequence[Carried], now: datetime
) -> tuple[Carried, ...]:
    """The letters of a locked message that may leave; the others are settled in messages of their own.

    None left: the message itself has been settled.
    """
    said = guard.said(session, letters, due.contact_id)
    if not said:
        return tuple(letters)
    going = tuple(letter for letter in letters if letter.key not in said)
    parts = [
        [letter for letter in letters if letter.key in said and said[letter.key].said is what]
        for what in (HowSaid.SENT, HowSaid.UNKNOWN)
    ]
    parts = [part for part in parts if part]
    if not going:
        _settle(session, due, parts.pop(), said, now)
    for part in parts:
        _settle_apart(session, due, part, said, now)
    return going


def _settle(
    session: Session, due: Due, part: Sequence[Carried], said: Mapping[str, SaidBefore], now: datetime
) -> None:
    state, values = _told(part, said, now)
    if swap(session, due.id, due.claim, due.state, state, values):
        note(session, due.id, state, now, CODE, _words(part, said))


def _settle_apart(
    session: Session, due: Due, part: Sequence[Carried], said: Mapping[str, SaidBefore], now: datetime
) -> None:
    """The letters leave the message for one that was settled before it was made."""
    ids = [letter.id for letter in part]
    state, values = _told(part, said, now)
    made = put_apart(session, due, ids, state, values, now)
    note(session, made, state, now, CODE, _words(part, said))


def _told(
    part: Sequence[Carried], said: Mapping[str, SaidBefore], now: datetime
) -> tuple[MessageState, Settled]:
    first = said[part[0].key]
    state, outcome = _STATES[first.said]
    settled = Settled(outcome=outcome, outcome_code=CODE, outcome_text=_words(part, said), settled_at=now)
    if first.message_id:
        settled["message_id"] = first.message_id
    return state, settled


def _words(part: Sequence[Carried], said: Mapping[str, SaidBefore]) -> str:
    return _WORDS[said[part[0].key].said]
