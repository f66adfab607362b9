"""A person says that an address works again: its mark goes, and what waits for it is tried at once."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session

from models.agencies import ContactAddress
from models.columns import MOST_ID
from models.db import unit_of_work
from models.outbox import OutboxMessage
from models.predicates import among
from rules.refusal import NotFound, Refusal
from rules.vocabulary import TO_GO


class NotMarked(Refusal):
    """The address bears no mark; the message is Vietnamese."""


def lift_mark(engine: Engine, address_id: int, now: datetime) -> None:
    """Take the mark off; queued and owed messages to the address are due ``now``.

    Raises NotFound or NotMarked; then nothing has changed.
    """
    with unit_of_work(engine) as session:
        quietly = {"synchronize_session": False}
        lifted = session.execute(
            sa.update(ContactAddress)
            .where(ContactAddress.id == min(address_id, MOST_ID), ContactAddress.unusable_since.is_not(None))
            .values(unusable_since=None, unusable_reason=None),
            execution_options=quietly,
        )
        if lifted.rowcount != 1:  # type: ignore[attr-defined]
            raise _why_not(session, address_id)
        session.execute(
            sa.update(OutboxMessage)
            .where(
                OutboxMessage.address_id == address_id,
                among(OutboxMessage.state, TO_GO),
                OutboxMessage.next_at > now,
            )
            .values(next_at=now),
            execution_options=quietly,
        )


def _why_not(session: Session, address_id: int) -> Refusal:
    if 0 < address_id <= MOST_ID and session.get(ContactAddress, address_id) is not None:
        return NotMarked(_USABLE)
    return NotFound(f"Không có địa chỉ số {address_id}.")


_USABLE = "Địa chỉ này không còn bị tạm ngừng: thư vẫn được gửi tới đó."
