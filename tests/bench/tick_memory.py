"""What ``dondoc tick`` holds at most, before a short queue and a long one in the same office."""

import os
from collections.abc import Iterator
from functools import partial
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

from tests.bench.in_a_child import measured
from tests.bench.queue import Queue, fill
from tests.bench.rows import Row, against_floor
from tests.bench.towns import postgres_town, sqlite_town

NOW = "2026-03-04T07:30"
READERS = 20_000
SENT = "1000"  # letters, then the tick is asked to stop; "0": never
PEAK, FLAT = 120.0, 1.05  # MB, long over short
QUEUED = Queue(READERS, each=10), Queue(READERS, each=10, told=100)
LOOSE = Queue(READERS, loose=4), Queue(READERS, loose=4, told=250)


def tick_memory() -> list[Row]:
    """Peaks before 200,000 queued messages and 80,000 letters in no message; the floor is 1,000 of them."""
    return [
        *_rows("200,000 queued", *QUEUED),
        *_rows("80,000 letters to bundle", *LOOSE),
    ]


def tick_memory_whole() -> list[Row]:
    """The same until the last of 20,000 readers has his letters; minutes."""
    return list(_rows("20,000 readers, all sent", *LOOSE, sent="0"))


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
    """In the child: the command line; the mail server answers at once, and after so many letters we stop."""
    from flows.actions.follow_up import tick as action
    from flows.cli import app
    from notifications.channels import registry
    from notifications.outbox.parcel import Outcome, Parcel
    from rules.letter_words import OutcomeClass

    sent: list[None] = []

    def post(_: str, __: Parcel) -> Outcome:
        sent.append(None)
        return Outcome(OutcomeClass.SENT)

    def until(*given: Any) -> Any:
        return pass_of(*given[:-1], lambda: 0 < int(most) <= len(sent))

    pass_of = action.deliver
    with patch.object(registry, "post", post), patch.object(action, "deliver", until):
        app(["tick", "--now", NOW], standalone_mode=False)
