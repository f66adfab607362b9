"""Refusals of access become rows of the trail: a few at once, the others as one sum for a quarter of an hour.

Whoever tries doors may try thousands. The first refusal of a person by one route for one reason is a row at
once, up to ``MOST_ROWS`` of them in a quarter of an hour; what comes after is counted, and is one row when
the quarter is over. So a person fills at most ``MOST_ROWS + 1`` rows in that time, whatever is tried. The
counts are in the memory of the pages' process: one that is killed loses those of the quarter, never the rows.
"""

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

from pydantic import JsonValue
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError

from config.act import Doer
from flows.actions.installation.instant import read_clock
from flows.actions.trail.note import Noted
from models.db import unit_of_work
from models.trail.write import Signer, write
from rules.trail.refused import RefusedWhy
from rules.trail.words import TrailNoun, TrailWhat
from rules.vocabulary import Way

#: How long refusals of one person are gathered.
WINDOW = timedelta(minutes=15)
#: Rows of one person in that time, besides the sum.
MOST_ROWS = 10
#: So many rows that were tried are told by their ids in a sum, and so many routes with their counts.
MOST_KEYS, MOST_ROUTES = 20, 10


@dataclass(frozen=True, slots=True)
class RefusedAccess:
    """What was refused: by the ``route`` as it is declared ("GET /viec/{code}"), on what, if it says so."""

    why: RefusedWhy
    route: str
    noun: TrailNoun = TrailNoun.PAGE
    key: int | None = None

    @property
    def told(self) -> str:
        """What refusals are counted by."""
        return f"{self.why} {self.route}"


@dataclass(slots=True)
class _Window:
    """The refusals of one person since ``since``: which have a row, and how many came besides."""

    since: datetime
    doer: Doer
    rows: set[str] = field(default_factory=set)
    again: Counter[str] = field(default_factory=Counter)
    keys: dict[str, None] = field(default_factory=dict)

    def over(self, now: datetime) -> bool:
        """Whether its time has passed, also where the clock was set back."""
        return not self.since <= now < self.since + WINDOW

    def takes(self, refused: RefusedAccess) -> bool:
        """Whether it becomes a row; else it was counted."""
        if refused.told not in self.rows and len(self.rows) < MOST_ROWS:
            self.rows.add(refused.told)
            return True
        self.again[refused.told] += 1
        if refused.key is not None and len(self.keys) < MOST_KEYS:
            self.keys[f"{refused.noun} {refused.key}"] = None
        return False


class RefusalBook:
    """What the pages of one process refuse, by person; any number of threads may use it."""

    def __init__(self, engine: Engine) -> None:
        self._engine, self._lock = engine, Lock()
        self._windows: dict[int, _Window] = {}

    def tell(self, refused: RefusedAccess, doer: Doer, now: datetime) -> None:
        """A person was refused something."""
        self.settle(now)
        with self._lock:
            window = self._windows.setdefault(doer.person, _Window(now, doer))
            at_once = window.takes(refused)
        if at_once:
            data = {"why": refused.why.value, "route": refused.route}
            key = "" if refused.key is None else refused.key
            self._write(Noted(TrailWhat.REFUSED, refused.noun, key, data=data), doer, now)

    def settle(self, now: datetime, everything: bool = False) -> None:
        """Write the sums of the quarters that are over by ``now``, or of all."""
        with self._lock:
            over = [key for key, one in self._windows.items() if everything or one.over(now)]
            closed = [self._windows.pop(key) for key in over]
        for window in closed:
            if window.again:
                self._write(_sum(window), window.doer, now)

    def close(self) -> None:
        """The pages end: write what was counted, unless the database went first."""
        with suppress(DBAPIError):
            self.settle(read_clock(self._engine).now, everything=True)

    def waits(self) -> bool:
        """Whether a sum is to be written when its quarter is over."""
        with self._lock:
            return any(one.again for one in self._windows.values())

    def _write(self, noted: Noted, doer: Doer, now: datetime) -> None:
        with unit_of_work(self._engine) as session:
            write(session, noted, now, Signer(way=Way.PAGE, doer=doer))


def _sum(window: _Window) -> Noted:
    most = dict(window.again.most_common(MOST_ROUTES))
    data: dict[str, JsonValue] = {
        "again": {**most},
        "count": window.again.total(),
        "keys": [*window.keys],
        "since": window.since.isoformat(timespec="seconds"),
    }
    return Noted(TrailWhat.REFUSED, TrailNoun.PAGE, data=data)
