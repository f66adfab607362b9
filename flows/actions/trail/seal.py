"""Rows of the trail are sealed behind the acts that wrote them, so that nobody waits for the chain.

**Nothing is missed.** A row is sealed when it is found without a seal; the chain goes by the order in which
rows are found. On PostgreSQL a row may be committed after one with a higher id: then the next pass
finds it, and it joins behind. A pass looks back ``WINDOW`` ids below the highest sealed one, and over
all rows when it is the first of its day; so whatever was committed on one day is sealed with the first pass
of the next at the latest, however long its transaction was open. An id that no row has (a transaction that
was rolled back) is no fault, and a removed row is told by its seal, which stays.

**Nothing is sealed twice.** One transaction at a time holds the lock of the chain and looks at what is
sealed after it has the lock; number and row of a seal are unique besides. A pass that is killed has sealed
the batches that it committed, and the next one goes on behind them.
"""

from contextlib import suppress
from datetime import datetime
from time import monotonic

from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from config.clock import office_day
from flows.actions.installation.instant import read_clock
from models.db import one_at_a_time, reading, unit_of_work
from models.trail.chain import append_seals, head, highest_sealed, unsealed
from notifications.delivery.round import Post
from notifications.outbox.parcel import Outcome, Parcel

#: Rows of one transaction.
BATCH = 1_000
#: So many ids below the highest sealed one a row that was committed late is looked for by every pass.
WINDOW = 10_000
#: A pass that is busy seals so often, between two of its letters.
EVERY_SECONDS = 60.0
_LOCK = "trail-seal"


def seal(engine: Engine, now: datetime) -> int:
    """Seal whatever has no seal yet; returns how many rows. Safe to run twice, and in two places."""
    with reading(engine) as session:  # nearly always there is nothing: then nobody is locked out
        start = _start(session, now)
        if not unsealed(session, start, 1):
            return 0
    done, some = 0, BATCH
    while some == BATCH:
        some, start = _batch(engine, start, now)
        done += some
    return done


def sealed_between(engine: Engine, post: Post) -> Post:
    """``post`` of a delivery pass that seals once a minute between two letters, however long it is busy.

    No transaction is open then, and a letter never waits for a seal that cannot be set: the next one, or the
    end of the pass, tries again. While the clock is not believed nothing is sealed.
    """
    last = monotonic()

    def sealing(url: str, parcel: Parcel) -> Outcome:
        nonlocal last
        if monotonic() - last >= EVERY_SECONDS:
            with suppress(SQLAlchemyError):
                seal_now(engine)
            last = monotonic()
        return post(url, parcel)

    return sealing


def seal_now(engine: Engine) -> None:
    """Seal at the database's present instant, if its clock is believed."""
    clock = read_clock(engine)
    if clock.leap is None:
        seal(engine, clock.now)


def _start(session: Session, now: datetime) -> int:
    last = head(session).sealed_at
    if last is None or office_day(last) != office_day(now):
        return 0
    return max(0, highest_sealed(session) - WINDOW)


def _batch(engine: Engine, above: int, now: datetime) -> tuple[int, int]:
    """How many rows it sealed, and above which id the next batch looks."""
    with unit_of_work(engine) as session:
        one_at_a_time(session, _LOCK)
        rows = unsealed(session, above, BATCH)
        append_seals(session, rows, now)
        return len(rows), rows[-1]["id"] if rows else above
