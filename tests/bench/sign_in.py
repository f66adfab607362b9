"""What a try at a password takes for accounts that are unknown, locked and known: none may be told by it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from sqlalchemy.engine import Engine

from config.clock import wall_now
from flows.actions.sign_in import hashing, tries
from flows.actions.sign_in.passwords import set_password, try_password
from flows.actions.sign_in.seen import CameFrom
from models.db import migrate, open_database, unit_of_work
from models.tables.people import Person
from rules.sign_in.account_names import account_name
from tests.bench.rows import Row, against_floor

TRIES = 50
LIMIT = 1.15
KNOWN, LOCKED, UNKNOWN = "hoa@so.example", "binh@so.example", "nobody@so.example"
RIGHT, WRONG = "con mèo nằm trên mái", "con mèo nằm dưới mái"
_HERE = "192.0.2.1"  # of the one that is locked


def sign_in() -> list[Row]:
    """Milliseconds of the slowest kind of 50 wrong tries each, in turn; the floor is the fastest kind."""
    hashing.COST = hashing.REAL_COST
    with _office() as engine:
        try_password(engine, UNKNOWN, WRONG, CameFrom("192.0.2.2"), wall_now())  # the first of a process
        while tries.may_try(account_name(LOCKED), _HERE):
            pass
        taken: dict[str, list[float]] = {name: [] for name in (UNKNOWN, LOCKED, KNOWN)}
        for number in range(TRIES):
            for name, times in taken.items():
                # Each from elsewhere, as a network of machines would ask; the locked one from its own.
                address = _HERE if name == LOCKED else f"198.51.100.{number}"
                times.append(_milliseconds(engine, name, address))
        right = _milliseconds(engine, KNOWN, "203.0.113.5", RIGHT)
    kinds = [median(times) for times in taken.values()]
    return [
        against_floor("sign_in: which account", max(kinds), "ms", min(kinds), LIMIT),
        Row("sign_in: the right password", right, "ms"),
    ]


def _milliseconds(engine: Engine, name: str, address: str, typed: str = WRONG) -> float:
    begun = perf_counter()
    found = try_password(engine, name, typed, CameFrom(address), wall_now())
    taken = (perf_counter() - begun) * 1_000
    assert (found is not None) is (typed == RIGHT)
    return taken


@contextmanager
def _office() -> Iterator[Engine]:
    with TemporaryDirectory(prefix="bench-") as folder:
        url = f"sqlite:///{Path(folder) / 'office.db'}"
        migrate(url)
        engine = open_database(url)
        for name in (KNOWN, LOCKED):
            with unit_of_work(engine) as session:
                row = Person(
                    name="Nguyễn Thị Hoa", email=name, email_key=account_name(name), added_at=wall_now()
                )
                session.add(row)
            assert row.id is not None
            set_password(engine, row.id, RIGHT, wall_now())
        yield engine
        engine.dispose()
