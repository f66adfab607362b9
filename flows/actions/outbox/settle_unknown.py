"""A person says what became of messages whose fate nobody knows: send them again, or they have arrived."""

from enum import Enum

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session

from config.act import Act
from flows.actions.ask_office import ask_office
from models.database.columns import MOST_ID
from models.database.predicates import exactly
from models.db import unit_of_work
from models.tables.outbox import OutboxMessage
from models.trail.deeds import did_to_many
from notifications.outbox.message_door import Sets, swap_all_and_note
from notifications.witness.said_before import lift
from rules.letter_words import MessageState, OutcomeClass
from rules.refusal import NotFound, Refusal
from rules.trail.words import TrailNoun

#: The code of an outcome that a person, and no channel, has told.
BY_PERSON = "person"


class Verdict(Enum):
    """What a person may say of an unknown message, and the words that are kept of it."""

    SEND_AGAIN = "Văn phòng yêu cầu gửi lại thư."
    ARRIVED = "Văn phòng xác nhận thư đã tới nơi nhận."


class NotUnknown(Refusal):
    """The message is settled already; the message is Vietnamese."""


def settle_unknown(engine: Engine, message_id: int, verdict: Verdict, act: Act) -> None:
    """Settle one message. Of two who press, or of a person and a sweep, one wins.

    Raises NotFound or NotUnknown; then nothing has changed.
    """
    with unit_of_work(engine) as session:
        if not _settled(session, [OutboxMessage.id == min(message_id, MOST_ID)], verdict, act):
            raise _why_not(session, message_id)


def settle_all_unknown(engine: Engine, up_to: int, verdict: Verdict, act: Act) -> int:
    """Settle every unknown message up to the id that the person has seen; returns how many there were.

    Raises NotUnknown when there is none.
    """
    with unit_of_work(engine) as session:
        ids = _settled(session, [OutboxMessage.id <= min(up_to, MOST_ID)], verdict, act)
        if not ids:
            raise NotUnknown("Không còn thư nào chưa rõ đã tới hay chưa; chưa có gì thay đổi.")
        return len(ids)


def _settled(session: Session, which: list[sa.ColumnElement[bool]], verdict: Verdict, act: Act) -> list[int]:
    """The ids of the messages that were unknown and no longer are, each with its event. Raises NotAllowed."""
    ask_office(session, "Quyết định về thư chưa rõ đã tới hay chưa", act)
    state, values = _told(verdict, act)
    told: Sets = {"outcome_code": BY_PERSON, "outcome_text": verdict.value, **values}
    unknown = (exactly(OutboxMessage.state, MessageState.UNKNOWN), *which)
    ids = swap_all_and_note(session, unknown, state, told, act.now, (BY_PERSON, verdict.value))
    did_to_many(session, act, TrailNoun.MESSAGE, ids, verdict.name.lower())
    if verdict is Verdict.SEND_AGAIN:
        lift(session, ids)
    return ids


def _told(verdict: Verdict, act: Act) -> tuple[MessageState, Sets]:
    """The new state with its columns. The claim keeps its number: a late settle of it changes nothing."""
    if verdict is Verdict.ARRIVED:
        return MessageState.SENT, {"outcome": OutcomeClass.SENT, "settled_at": act.now}
    until = act.office.policy.give_up_at(act.now, act.office.calendar)
    anew: Sets = {"attempts": 0, "next_at": act.now, "give_up_at": until, "outcome": None, "settled_at": None}
    return MessageState.QUEUED, anew


def _why_not(session: Session, message_id: int) -> Refusal:
    message = session.get(OutboxMessage, message_id) if 0 < message_id <= MOST_ID else None
    if message is None:
        return NotFound(f"Không có thư số {message_id}.")
    return NotUnknown(f"Thư này đã được xử lý, nay là «{message.state.label}»; chưa có gì thay đổi.")
