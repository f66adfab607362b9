"""A person says that an address works again: its mark goes, and what waits for it is tried at once."""

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session

from config.act import Act
from flows.actions.ask_office import ask_office
from models.database.columns import MOST_ID
from models.database.predicates import among
from models.database.swap import touched
from models.db import unit_of_work
from models.tables.agencies import ContactAddress
from models.tables.outbox import OutboxMessage
from models.trail.deeds import did
from notifications.outbox.message_door import hasten
from rules.letter_words import TO_GO
from rules.refusal import NotFound, Refusal
from rules.trail.words import TrailNoun


class NotMarked(Refusal):
    """The address bears no mark; the message is Vietnamese."""


def lift_mark(engine: Engine, address_id: int, act: Act) -> None:
    """Take the mark off, wherever the register names that place; what waits for it is due at once.

    Raises NotAllowed, NotFound or NotMarked; then nothing has changed.
    """
    with unit_of_work(engine) as session:
        ask_office(session, "Thử lại địa chỉ", act)
        places = _same_place(session, address_id)
        marked = ContactAddress.unusable_since.is_not(None)
        theirs = sa.update(ContactAddress).where(ContactAddress.id.in_(places), marked)
        if not touched(session, theirs.values(unusable_since=None, unusable_reason=None)):
            raise NotMarked(_USABLE)
        did(session, act, TrailNoun.ADDRESS, address_id, "unmarked")
        hasten(session, act.now, among(OutboxMessage.state, TO_GO), OutboxMessage.address_id.in_(places))


def _same_place(session: Session, address_id: int) -> list[int]:
    """The ids under which the register names the place of this address: a mark speaks of the place."""
    this = ContactAddress.id == min(address_id, MOST_ID)
    place = sa.select(ContactAddress.identity).where(this).scalar_subquery()
    found = session.scalars(sa.select(ContactAddress.id).where(this | (ContactAddress.identity == place)))
    if places := [place for place in found if place is not None]:
        return places
    raise NotFound(f"Không có địa chỉ số {address_id}.")


_USABLE = "Địa chỉ này không còn bị tạm ngừng: thư vẫn được gửi tới đó."
