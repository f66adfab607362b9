"""What claiming and settling a letter takes; nothing is worded or sent.

The limit is on the database's own time, which is what a queue costs everybody else: by the clock a turn
is five ways to the server and back, and a way takes 0.03 to 0.4 ms, as the machine pleases that minute.
The clock's figure stands beside its floor, the same ways with nothing to do at their end.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from itertools import pairwise
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, sleep
from typing import Any
from unittest.mock import patch

import psycopg

from config.act import by_clock
from models.db import open_database
from models.installation.workers import Worker, worker
from notifications.delivery import deliver as delivery
from notifications.outbox.claims import Lane, lanes, next_due
from notifications.outbox.message_door import MessageStep, Sets, swap_and_note
from notifications.outbox.parcel import Letter, Outcome, Parcel
from notifications.witness.restore_guard import Guard
from rules.letter_words import MessageState, OutcomeClass
from tests.bench.delivery import NOW
from tests.bench.province import conninfo
from tests.bench.queue import Queue, fill
from tests.bench.rows import Row, against_floor
from tests.bench.towns import Town, postgres_town
from tests.cast import office, settings

READERS, EACH, LETTERS, LIMIT = 300, 2, 500, 1.0
_WORDS = Letter("Nhắc việc", "Nhắc việc.", "<p>Nhắc việc.</p>", "Nhắc việc")


def claim_settle() -> list[Row]:
    """Milliseconds of a commit that settles a message and claims the next; and of a turn without I/O."""
    with postgres_town(partial(fill, queue=Queue(readers=READERS, each=EACH))) as town, _still():
        database, pair, ways = _pairs(town)
        whole = _between(town)
    return [
        Row("claim + settle a letter, the database's own time", database, "ms", limit=LIMIT),
        against_floor("the same by the clock, over five empty ways", pair, "ms", ways),
        Row("a whole turn: letters read, thread, witness counted", whole, "ms"),
    ]


def _pairs(town: Town) -> tuple[float, float, float]:
    """The swap that settles one message, the look for the next, and the swap that claims it."""
    with town.fresh() as url:
        before, engine = _at_work(url), open_database(url)
        with worker(engine) as ours:
            assert ours is not None
            with ours.unit_of_work() as session:
                where = lanes(session, NOW, True)
            spent = list(_turns(ours, where))
        engine.dispose()
        database = (_at_work(url) - before) / len(spent)
        ways = _empty_ways(url)
    assert len(spent) == READERS * EACH
    return database, median(spent[-LETTERS:]) * 1000, ways


def _at_work(url: str) -> float:
    """Milliseconds that the server has spent on statements of this database, by its own book."""
    alone = "SELECT count(*) = 1 FROM pg_stat_activity WHERE datname = current_database()"
    spent = "SELECT active_time FROM pg_stat_database WHERE datname = current_database()"
    with _opened(url) as session:
        while not _one(session, alone):  # a session writes into the book at its end
            sleep(0.01)
        return float(_one(session, spent))


def _empty_ways(url: str) -> float:
    """Milliseconds of a transaction of three statements that find nothing to do."""
    with _opened(url) as session:
        spent = []
        for _ in range(LETTERS):
            begun = perf_counter()
            for statement in ("BEGIN", "SELECT 1", "SELECT 1", "SELECT 1", "COMMIT"):
                session.execute(statement)
            spent.append(perf_counter() - begun)
    return median(spent) * 1000


def _opened(url: str) -> psycopg.Connection[Any]:
    return psycopg.connect(conninfo(url), autocommit=True)


def _one(session: psycopg.Connection[Any], query: str) -> Any:
    row = session.execute(query).fetchone()
    assert row is not None
    return row[0]


def _turns(ours: Worker, where: list[Lane]) -> Iterator[float]:
    claimed: MessageStep | None = None
    while True:
        begun = perf_counter()
        with ours.unit_of_work() as session:
            if claimed is not None:
                done: Sets = {"outcome": OutcomeClass.SENT, "outcome_code": "250", "outcome_text": "ok"}
                assert swap_and_note(session, claimed, {**done, "settled_at": NOW}, NOW, ("250", "ok"))
            due = next_due(session, NOW, where)
            if due is None:
                return
            sending = MessageStep(due.id, due.claim, due.state, MessageState.SENDING)
            values: Sets = {"claim": due.claim + 1, "claimed_by": ours.number, "attempts": 1, "subject": "x"}
            assert swap_and_note(session, sending, values, NOW, ("", ""), *ours.is_here())
        claimed = MessageStep(due.id, due.claim + 1, MessageState.SENDING, MessageState.SENT)
        yield perf_counter() - begun


@contextmanager
def _still() -> Iterator[None]:
    """No words are found, and the witness, which is not the database, is not written."""

    def nothing(*_: object) -> None:
        return None

    with (
        patch.object(delivery, "compose", lambda *_: _WORDS),
        patch.object(Guard, "note", nothing),
        patch.object(Guard, "settled", nothing),
    ):
        yield


def _between(town: Town) -> float:
    handed: list[float] = []

    def post(_: str, __: Parcel) -> Outcome:
        handed.append(perf_counter())
        return Outcome(OutcomeClass.SENT)

    with town.fresh() as url, TemporaryDirectory(prefix="witness-") as witness:
        engine, ours = open_database(url), settings(witness_folder=Path(witness))
        delivery.deliver(engine, by_clock(NOW, office()), ours, post)
        engine.dispose()
    assert len(handed) == READERS * EACH
    gaps = [later - earlier for earlier, later in pairwise(handed)]
    return median(gaps[-LETTERS:]) * 1000
