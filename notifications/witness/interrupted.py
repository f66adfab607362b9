"""Messages that a backup shows as being sent: the witness often knows what became of them."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session

from models.tables.outbox import OutboxMessage
from notifications.outbox.message_door import MessageStep, Sets, swap_and_note
from notifications.witness.lines import WitnessEntry
from rules.letter_words import MessageState, OutcomeClass

_CODE = "restored"
_TEXT = "Kết quả lần gửi này được lấy từ sổ chứng khi khôi phục cơ sở dữ liệu."
#: What each outcome makes of a message; any other leaves it to the next pass, which calls it unknown.
_BECOMES = {
    OutcomeClass.SENT: MessageState.SENT,
    OutcomeClass.SAVED: MessageState.SAVED,
    OutcomeClass.TRY_AGAIN: MessageState.QUEUED,
    OutcomeClass.NEVER: MessageState.QUEUED,
}


def settle_by_witness(session: Session, entries: Sequence[WitnessEntry], now: datetime) -> int:
    """Settle what the backup caught in the air, as far as the witness knows; returns how many."""
    outcomes = {entry.message_id: entry.outcome for entry in entries if entry.outcome is not None}
    sending = session.execute(
        sa.select(OutboxMessage.id, OutboxMessage.message_id, OutboxMessage.claim).where(
            OutboxMessage.state == MessageState.SENDING
        )
    ).all()
    settled = 0
    for key, message_id, claim in sending:
        if message_id in outcomes and (outcome := OutcomeClass(outcomes[message_id])) in _BECOMES:
            settled += _settle(session, key, claim, outcome, now)
    return settled


def _settle(session: Session, key: int, claim: int, outcome: OutcomeClass, now: datetime) -> int:
    state = _BECOMES[outcome]
    told: Sets = {"outcome": outcome, "outcome_code": _CODE, "outcome_text": _TEXT}
    if state is MessageState.QUEUED:
        told["next_at"] = now
    else:
        told["settled_at"] = now
    step = MessageStep(key, claim, MessageState.SENDING, state)
    return int(swap_and_note(session, step, told, now, (_CODE, _TEXT)))
