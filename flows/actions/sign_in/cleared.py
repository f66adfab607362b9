"""Rows of signing in that open nothing any more go; what the trail tells of them stays."""

from datetime import datetime, time, timedelta

from sqlalchemy.engine import Engine

from config.act import Act
from config.clock import OFFICE_ZONE
from config.settings import Settings
from flows.actions.doors.sign_in import clear_bygone
from models.db import reading, unit_of_work
from models.sign_in.bygone import Bygone, is_any

#: So long whoever holds a dead link is told what became of it, and a sign-in that is over can be looked up.
KEPT = timedelta(days=30)


def clear_sign_ins(engine: Engine, act: Act, settings: Settings) -> None:
    """Remove links, sign-ins and trusted browsers that were over ``KEPT`` before the day of ``act``.

    By whole days, so that the first pass of a day does it and is one row of the trail; the others find
    nothing, in one small look.
    """
    before = datetime.combine(act.today, time(), OFFICE_ZONE) - KEPT
    bygone = Bygone(before, before - timedelta(days=settings.sign_in_days), before)
    with reading(engine) as session:
        if not is_any(session, bygone):
            return
    with unit_of_work(engine) as session:
        while clear_bygone(session, bygone, act):
            pass
