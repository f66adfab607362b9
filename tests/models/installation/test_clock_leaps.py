"""One leap lasts at a time; should there ever be two, every reader means the same one."""

from datetime import timedelta

from sqlalchemy.engine import Engine

from models.db import reading, unit_of_work
from models.installation.clock_leaps import ClockLeap, lasting_leap, stored_time
from tests.cast import ISSUED_ON, at


def test_of_two_that_last_everybody_means_the_first(engine: Engine) -> None:
    """Seen to fail when one of the two queries orders the other way."""
    now = at(ISSUED_ON)
    with unit_of_work(engine) as session:
        for days in (40, 20):
            shown = now + timedelta(days=days)
            seen = {"first_shown": shown, "first_held": now, "shown": shown, "held": now}
            session.add(ClockLeap(id=60 - days, last_day=ISSUED_ON, **seen))
            session.flush()
    with reading(engine) as session:
        leap = lasting_leap(session)
        assert leap is not None
        assert (leap.id, stored_time(session).shown) == (20, leap.shown)
