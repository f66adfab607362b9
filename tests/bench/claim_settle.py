"""What the database part of a letter takes: claimed, committed, settled; nothing is worded or sent."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from itertools import pairwise
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from unittest.mock import patch

from models.db import open_database
from notifications import deliver as delivery
from notifications.carried import Carried
from notifications.parcel import Letter, Outcome, Parcel
from notifications.restore_guard import Guard
from rules.vocabulary import LetterKind, OutcomeClass
from tests.bench.delivery import NOW
from tests.bench.province_tasks import TODAY
from tests.bench.queue import Queue, fill
from tests.bench.rows import Row
from tests.bench.towns import Town, postgres_town
from tests.cast import office, settings

READERS, EACH, LETTERS, LIMIT = 300, 2, 500, 1.0
_WORDS = Letter("Nhắc việc", "Nhắc việc.", "<p>Nhắc việc.</p>", "Nhắc việc")


def claim_settle() -> list[Row]:
    """Milliseconds from one hand-over to the next, the median; and the same with the letters' facts read."""
    with postgres_town(partial(fill, queue=Queue(readers=READERS, each=EACH))) as town, _still():
        with patch.object(delivery, "true_letters", _known):
            bare = _between(town)
        whole = _between(town)
    return [
        Row("claim + settle a letter, PostgreSQL", bare, "ms", limit=LIMIT),
        Row("the same, and its facts read", whole, "ms"),
    ]


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


def _known(_: object, message: int) -> tuple[Carried, ...]:
    """The one letter of a message, without a look at the database."""
    task = (message - 1) % READERS + 1
    return (
        Carried(message, LetterKind.REMINDER, f"a{task}", TODAY, task, None, 5, None, {}, key=f"L{message}"),
    )


def _between(town: Town) -> float:
    handed: list[float] = []

    def post(_: str, __: Parcel) -> Outcome:
        handed.append(perf_counter())
        return Outcome(OutcomeClass.SENT)

    with town.fresh() as url, TemporaryDirectory(prefix="witness-") as witness:
        engine, ours = open_database(url), settings(witness_folder=Path(witness))
        delivery.deliver(engine, NOW, office().policy, office().calendar, ours, post)
        engine.dispose()
    assert len(handed) == READERS * EACH
    gaps = [later - earlier for earlier, later in pairwise(handed)]
    return median(gaps[-LETTERS:]) * 1000
