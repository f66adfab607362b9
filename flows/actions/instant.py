"""Which instant it is for this database: the wall clock, or the one it was given by hand.

``tick --now`` gives a database its own time (the demo lives in 2022). From then on everything
that asks for "now" without naming it continues from that stored instant, also after a crash.
"""

from datetime import datetime

from sqlalchemy.engine import Engine

from config.clock import office_time, wall_now
from models.db import one_at_a_time, reading, unit_of_work
from models.outbox import Moment
from rules.refusal import Refusal


class TimeReversed(Refusal):
    """The given instant lies before the last one; the message is Vietnamese."""


def present(engine: Engine, given: datetime | None = None) -> datetime:
    """The instant at which this database lives now, or ``given``; aware. Nothing is stored.

    Raises TimeReversed if ``given`` lies before the last tick.
    """
    with reading(engine) as session:
        return _resolved(session.get(Moment, 1), given)


def advance(engine: Engine, given: datetime | None) -> datetime:
    """Store and return the instant of a tick or a publication; ``given`` makes the time simulated.

    Raises TimeReversed: going back would judge days that were already judged.
    """
    with unit_of_work(engine) as session:
        one_at_a_time(session, "instant")
        moment = session.get(Moment, 1)
        instant = _resolved(moment, given)
        simulated = given is not None or (moment is not None and moment.simulated)
        session.merge(Moment(id=1, instant=instant, simulated=simulated))
        return instant


def _resolved(moment: Moment | None, given: datetime | None) -> datetime:
    if moment is None:
        return given or wall_now()
    if given is not None and given < moment.instant:
        raise TimeReversed(
            f"Thời điểm {_shown(given)} ở trước thời điểm gần nhất của cơ sở dữ liệu này "
            f"({_shown(moment.instant)})."
        )
    return given or (moment.instant if moment.simulated else wall_now())


def _shown(instant: datetime) -> str:
    return f"{office_time(instant):%H:%M ngày %d/%m/%Y}"
