"""What ``dondoc tick`` holds at most, before a short queue and before a long one: it must be the same."""

import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.in_a_child import measured
from tests.bench.queue import Queue, fill
from tests.bench.rows import Row, against_floor
from tests.bench.towns import both, postgres_town, sqlite_town

NOW = "2026-03-04T07:30"
READERS = 20_000
SENT = "1000"  # letters, then the tick is asked to stop; "0": never
PEAK, FLAT = 120.0, 1.05  # MB, long over short
QUEUED = Queue(READERS, each=10), Queue(100, each=10)
LOOSE = Queue(READERS, loose=4), Queue(250, loose=4)


def tick_memory() -> list[Row]:
    """Peaks over 200,000 queued messages and 80,000 letters in no message; the floor is 1,000 of them."""
    return [
        *_rows("200,000 queued", *QUEUED),
        *_rows("80,000 letters to bundle", *LOOSE),
    ]


def tick_memory_whole() -> list[Row]:
    """The same until the last of 20,000 readers has his letters; minutes."""
    return list(_rows("20,000 readers, all sent", Queue(READERS, loose=4), Queue(250, loose=4), sent="0"))


def _rows(name: str, long: Queue, short: Queue, sent: str = SENT) -> Iterator[Row]:
    for kind in (sqlite_town, postgres_town):
        peaks = {}
        for queue in (short, long):
            with kind(partial(fill, queue=queue)) as town, town.fresh() as url:
                peaks[queue] = _peak(url, sent)
        yield Row(f"tick, {name}: peak memory, {town.kind}", peaks[long], "MB", limit=PEAK)
        yield against_floor(f"tick, {name}: flat, {town.kind}", peaks[long], "MB", peaks[short], FLAT)


def _peak(url: str, sent: str) -> float:
    with TemporaryDirectory(prefix="witness-") as witness:
        ours = {"DONDOC_DATABASE_URL": url, "DONDOC_WITNESS_FOLDER": witness}
        found = measured("tests.bench.tick_memory:tick", sent, environment={**os.environ, **ours})
    return float(found["peak"])


def tick(most: str) -> None:
    """In the child: the command line, on a mail server that answers at once, as long as there is more to send."""
    from flows.actions import tick as action
    from flows.cli import app
    from notifications.channels import registry
    from notifications.parcel import Outcome, Parcel
    from rules.vocabulary import OutcomeClass

    sent = 0

    def post(_: str, __: Parcel) -> Outcome:
        nonlocal sent
        sent += 1
        return Outcome(OutcomeClass.SENT)

    def enough() -> bool:
        return 0 < int(most) <= sent

    registry.post = post
    action.deliver = partial(_until, action.deliver, enough)
    app(["tick", "--now", NOW], standalone_mode=False)


def _until(deliver, enough, *given):  # type: ignore[no-untyped-def]
    return deliver(*given[:-1], enough)
