"""Prefect's server answers without a password: until when the sweeps go on all the same (decision 0013)."""

from datetime import datetime, timedelta

from sqlalchemy.engine import Engine

from models.db import reading, unit_of_work
from models.installation.prefect_grace import PrefectGrace

#: From the first start after the upgrade on: a Friday's upgrade is seen to on Monday.
GRACE = timedelta(days=3)


def tolerated_until(engine: Engine, now: datetime) -> datetime | None:
    """The end of the days of grace at ``now``; None: there are none, or they are over.

    Every sweep asks, whatever its server answers: the first that does starts the days, so that an office
    whose server loses its password a year later is not given them. A clock that is set back behind the
    first start by as much ends them too.
    """
    started = _started(engine, now)
    return started + GRACE if started is not None and abs(now - started) < GRACE else None


def _started(engine: Engine, now: datetime) -> datetime | None:
    with reading(engine) as session:
        row = session.get(PrefectGrace, 1)
        if row is None or row.started_at is not None:
            return row.started_at if row else None
    with unit_of_work(engine) as session:
        row = session.get_one(PrefectGrace, 1, with_for_update=True)
        row.started_at = row.started_at or now
        return row.started_at
