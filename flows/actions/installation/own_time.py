"""Which databases may be given a time by hand: those made for it, never an office's own."""

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session

from models.db import reading, unit_of_work
from models.installation.restores import Purpose
from models.tables.documents import Document
from models.tables.follow_up_days import FollowUpDay
from models.tables.outbox import Installation, Moment
from rules.refusal import Refusal

_MADE_FOR_IT = frozenset({Purpose.OWN_TIME.value, Purpose.TEST.value})
BY_THE_CLOCK = (
    "Cơ sở dữ liệu này làm việc theo đồng hồ thật nên không nhận thời điểm giả định (--now). Muốn thử với "
    "thời điểm khác: đặt DONDOC_DATABASE_URL là một cơ sở dữ liệu mới rồi chạy «dondoc migrate --own-time», "
    "hoặc dùng bản sao của «dondoc copy --for-tests»."
)
IN_USE = (
    "Cơ sở dữ liệu này đã có dữ liệu của văn phòng nên không chuyển sang thời gian riêng. Hãy đặt "
    "DONDOC_DATABASE_URL là một cơ sở dữ liệu mới."
)


def give_own_time(engine: Engine) -> None:
    """Mark a database, which must hold no document yet, as one that may be given its time.

    Raises Refusal. A database that is marked already stays so.
    """
    with unit_of_work(engine) as session:
        ours = session.get_one(Installation, 1)
        if ours.purpose in _MADE_FOR_IT:
            return
        if _in_use(session):
            raise Refusal(IN_USE)
        ours.purpose = Purpose.OWN_TIME.value


def must_have_own_time(engine: Engine) -> None:
    """Raises Refusal for a database that lives by the clock; one that was given its time before may go on."""
    with reading(engine) as session:
        ours, moment = session.get(Installation, 1), session.get(Moment, 1)
        made_for_it = ours is not None and ours.purpose in _MADE_FOR_IT
        if not made_for_it and not (moment is not None and moment.simulated):
            raise Refusal(BY_THE_CLOCK)


def _in_use(session: Session) -> bool:
    found = sa.select(sa.exists(sa.select(Document.id)) | sa.exists(sa.select(FollowUpDay.day)))
    return bool(session.scalar(found))
