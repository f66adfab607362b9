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


def present(engine: Engine) -> datetime:
    """The instant at which this database lives now; aware, UTC."""
    with reading(engine) as session:
        moment = session.get(Moment, 1)
        return moment.instant if moment is not None and moment.simulated else wall_now()


def advance(engine: Engine, given: datetime | None) -> datetime:
    """Store and return the instant of a tick. ``given`` makes the database's time simulated.

    Raises TimeReversed: going back would judge days that were already judged.
    """
    with unit_of_work(engine) as session:
        one_at_a_time(session, "moment")
        moment = session.get(Moment, 1)
        if moment is None:
            moment = Moment(instant=given or wall_now(), simulated=given is not None)
        elif given is not None and moment.simulated and given < moment.instant:
            raise TimeReversed(
                f"Thời điểm {_shown(given)} ở trước lần quét gần nhất ({_shown(moment.instant)})."
            )
        elif given is not None:
            moment.instant, moment.simulated = given, True
        elif not moment.simulated:
            moment.instant = wall_now()
        session.add(moment)
        session.flush()
        return moment.instant


def _shown(instant: datetime) -> str:
    return f"{office_time(instant):%H:%M ngày %d/%m/%Y}"
