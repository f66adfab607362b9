"""Message-IDs, and the threads that they make: the same letters to the same place are the same message.

Derived and never drawn: a letter that is said again after a restore bears the id it had, so that mail
systems can fold the two. The installation's secret keys it: another office's letters never share ours.
"""

import hmac
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from secrets import token_hex
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from models.database.predicates import among
from models.tables.agencies import ContactAddress
from models.tables.outbox import Installation, MessageLetter, OutboxLetter, OutboxMessage
from rules.letter_words import MessageState


def installation_secret(session: Session) -> str:
    """The secret of this installation; made now if its tables were made without a migration."""
    found = session.get(Installation, 1)
    if found is None:
        found = Installation(id=1, secret=token_hex(32))
        session.add(found)
        session.flush()
    return found.secret


def message_id(secret: str, identity: str, keys: Iterable[str], domain: str) -> str:
    """The RFC 5322 Message-ID of the letters with these keys to this place."""
    told = "\n".join([identity, *sorted(keys)])
    return f"<ob-{hmac.new(bytes.fromhex(secret), told.encode(), sha256).hexdigest()[:32]}@{domain}>"


def thread_root(session: Session, task_id: int, identity: str) -> str | None:
    """The Message-ID of the first message about a task that this place was really sent."""
    given = {"task_id": task_id, "identity": identity}
    found: str | None = session.connection().scalar(_first_sent(), given)
    return found


@cache  # building it costs more than running it
def _first_sent() -> sa.Select[Any]:
    task = sa.bindparam("task_id", type_=OutboxLetter.__table__.c.task_id.type)  # type: ignore[attr-defined]
    # The few messages about the task first, and apart: a planner that begins with the place reads them all.
    about = sa.select(MessageLetter.message_id).join(OutboxLetter, OutboxLetter.id == MessageLetter.letter_id)
    told = about.where(OutboxLetter.task_id == task).cte("told").prefix_with("MATERIALIZED")
    return (
        sa.select(OutboxMessage.message_id)
        .join(told, told.c.message_id == OutboxMessage.id)
        .join(ContactAddress, ContactAddress.id == OutboxMessage.address_id)
        .where(
            ContactAddress.identity == sa.bindparam("identity", type_=sa.String()),
            among(OutboxMessage.state, (MessageState.SENT, MessageState.SAVED)),
        )
        .order_by(OutboxMessage.settled_at, OutboxMessage.id)
        .limit(1)
    )
