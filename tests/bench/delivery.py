"""What a letter costs before a short queue and before a long one, on an instant mail server."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy.engine import Engine

from config.act import by_clock
from models.db import open_database
from notifications.delivery.deliver import deliver
from notifications.outbox.parcel import Outcome, Parcel
from rules.letter_words import MessageState, OutcomeClass
from tests.bench.database_cpu import cpu
from tests.bench.queue import Queue, fill
from tests.bench.rows import Row
from tests.bench.towns import Town, postgres_town, sqlite_town
from tests.cast import at, office, settings

NOW = at("2026-03-04", "07:30")
#: The floor, and what must cost no more than it.
SHORT = Queue(readers=100, each=10)
LONG = {
    "200,000 queued": Queue(readers=20_000, each=10),
    "100,000 of 200,000 on a stopped channel": Queue(readers=20_000, each=5, paused=5),
    "100,000 of 200,000 urgent and waiting": Queue(readers=20_000, each=5, later=5),
}
#: A short queue is used up after eight rounds: then both start anew.
ANEW, ROUNDS, LETTERS = 3, 7, 120
LIMIT = 1.10


def delivery_queue() -> list[Row]:
    """Milliseconds of processor for a letter, ours and the database's; the floor is 1,000 queued."""
    return [row for kind in (sqlite_town, postgres_town) for name in LONG for row in _compared(kind, name)]


def _compared(kind: Callable[..., Any], name: str) -> Iterator[Row]:
    fills = [partial(fill, queue=queue) for queue in (SHORT, LONG[name])]
    with kind(fills[0]) as town, kind(fills[1]) as crowded:
        pairs = [pair for _ in range(ANEW) for pair in _by_turns(town, crowded)]
    floor, value = (median(costs) * 1000 for costs in zip(*pairs, strict=True))
    # Of neighbours in time: a machine that slows down for a minute slows both.
    ratio = median(long / short for short, long in pairs)
    yield Row(f"a letter, {name}, {town.kind}", value, "ms", floor, ratio, LIMIT)


def _by_turns(town: Town, crowded: Town) -> Iterator[tuple[float, float]]:
    with _office(town) as short, _office(crowded) as long:
        short(), long()  # imports, compiled statements
        for number in range(ROUNDS):
            if number % 2:  # whoever goes second finds the other's rows in the caches
                later = long()
                yield short(), later
            else:
                yield short(), long()


@contextmanager
def _office(town: Town) -> Iterator[Callable[[], float]]:
    with ExitStack() as stack:
        engine = open_database(stack.enter_context(town.fresh()))
        stack.callback(engine.dispose)
        witness = Path(stack.enter_context(TemporaryDirectory(prefix="witness-")))
        yield partial(some, engine, witness)


def some(engine: Engine, witness: Path, letters: int = LETTERS) -> float:
    """Processor seconds a letter of a pass that is stopped after some letters, start and end included."""
    sent: list[str] = []

    def post(url: str, _: Parcel) -> Outcome:
        sent.append(url)
        return Outcome(OutcomeClass.SENT)

    url = engine.url.render_as_string(hide_password=False)
    ours = settings(witness_folder=witness)
    act, begun = by_clock(NOW, office()), cpu(url)
    report = deliver(engine, act, ours, post, lambda: len(sent) >= letters)
    spent = cpu(url) - begun
    assert report.by_state == {MessageState.SENT: letters}, report
    return spent / letters
