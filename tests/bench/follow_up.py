"""The daily follow-up over a province, against the same selections and inserts as raw SQL.

Each turn works on a fresh copy, floor and sweep by turns, so that both meet the same weather; the
ratio is that of the medians. The sweep runs in a process of its own, start-up aside; its rows must be
as many as the floor's, or the floor would not be one.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

import sqlalchemy as sa

from tests.bench import follow_up_floor
from tests.bench.in_a_child import measured
from tests.bench.province import conninfo, settle
from tests.bench.rows import Row, against_floor
from tests.bench.towns import Town, both

HUNDRED_THOUSAND, MILLION = 100_000, 1_000_000
ROUNDS = 3
PASSES = 5  # with nothing due
RATIO, IDLE, PEAK, GROWTH = 2.0, 50.0, 300.0, 11.0
COUNTED = ("outbox_letter", "urging", "task_event", "task_crossing", "urging_paper", "follow_up_day")


def follow_up() -> list[Row]:
    """100,000 open tasks on each database: the day's sweep, then passes that find nothing due."""
    return [row for town in both(partial(settle, tasks=HUNDRED_THOUSAND)) for row in _rows(town, "100k")[0]]


def follow_up_million() -> list[Row]:
    """The same with a million tasks, and how the time grows from a hundred thousand."""
    small = {town.kind: _rows(town, "100k")[1] for town in both(partial(settle, tasks=HUNDRED_THOUSAND))}
    found: list[Row] = []
    for town in both(partial(settle, tasks=MILLION)):
        rows, seconds = _rows(town, "1M")
        found += rows
        found.append(_growth(town, seconds, small[town.kind]))
    return found


def _growth(town: Town, large: float, small: float) -> Row:
    return Row(f"follow_up growth 100k to 1M, {town.kind}", large / small, "x", limit=GROWTH)


def _rows(town: Town, size: str) -> tuple[list[Row], float]:
    """The rows of one province, and the sweep's seconds."""
    floors, sweeps = [], []
    for number in range(ROUNDS):
        turns = [_floor, _sweep] if number % 2 == 0 else [_sweep, _floor]
        for turn in turns:
            with town.fresh() as url:
                (floors if turn is _floor else sweeps).append(turn(url))
    _same_work(floors[0]["rows"], sweeps[0]["rows"])
    seconds = median(turn["seconds"] for turn in sweeps)
    floor = median(turn["seconds"] for turn in floors)
    name = f"follow_up {size}, {town.kind}"
    rows = [
        against_floor(name, seconds * 1000, "ms", floor * 1000, RATIO),
        Row(f"{name}: peak memory", max(turn["peak"] for turn in sweeps), "MB", limit=PEAK),
    ]
    limit = IDLE if size == "100k" else None
    idle = median(turn["idle"] for turn in sweeps)
    return [*rows, Row(f"{name}: nothing due, CPU", idle * 1000, "ms", limit=limit)], seconds


def _floor(url: str) -> dict[str, Any]:
    if url.startswith("sqlite"):
        seconds = follow_up_floor.on_sqlite(url.removeprefix("sqlite:///"))
    else:
        seconds = follow_up_floor.on_postgres(conninfo(url))
    return {"seconds": seconds, "rows": written(url)}


def _sweep(url: str) -> dict[str, Any]:
    return {**measured("tests.bench.follow_up:sweep", url), "rows": written(url)}


def sweep(url: str) -> dict[str, float]:
    """In the child: the day's sweep, then passes over a day on which all is written."""
    from config.act import by_clock
    from config.clock import OFFICE_ZONE
    from flows.actions.follow_up.follow_up import daily_follow_up
    from flows.actions.office import this_office
    from models.db import open_database

    engine = open_database(url)
    act = by_clock(datetime(2026, 3, 4, 6, 45, tzinfo=OFFICE_ZONE), this_office())
    start = perf_counter()
    daily_follow_up(engine, act)
    seconds = perf_counter() - start
    passes = list(_idle(lambda: daily_follow_up(engine, act), engine))
    engine.dispose()
    return {"seconds": seconds, "idle": median(passes)}


def _idle(once: Any, engine: sa.Engine) -> Iterator[float]:
    """Processor seconds of passes with nothing due, the database server's own part included."""
    for _ in range(PASSES):
        start = process_time() + _server_seconds(engine)
        once()
        yield process_time() + _server_seconds(engine) - start


def _server_seconds(engine: sa.Engine) -> float:
    """Processor time so far of the server's process that serves our pooled connection, if there is one."""
    if engine.dialect.name == "sqlite":
        return 0.0
    with engine.connect() as connection:
        pid = connection.scalar(sa.text("SELECT pg_backend_pid()"))
    with suppress(OSError):  # another account's process, where we are not root
        return int(Path(f"/proc/{pid}/schedstat").read_text(encoding="ascii").split()[0]) / 1e9
    return 0.0


def written(url: str) -> dict[str, int]:
    """How many rows each table holds, letters by kind."""
    engine = sa.create_engine(url, connect_args={"timeout": 60} if url.startswith("sqlite") else {})
    with engine.connect() as connection:
        counts = {
            table: connection.scalar(sa.text(f"SELECT count(*) FROM {table}")) or 0 for table in COUNTED
        }
        letters = connection.execute(sa.text("SELECT kind, count(*) FROM outbox_letter GROUP BY kind"))
        counts |= {f"letter {kind}": number for kind, number in letters}
    engine.dispose()
    return counts


def _same_work(floor: dict[str, int], sweep: dict[str, int]) -> None:
    if floor == sweep or os.environ.get("DONDOC_BENCH_UNEQUAL"):
        return
    names = sorted(name for name in floor.keys() | sweep.keys() if floor.get(name) != sweep.get(name))
    told = "; ".join(f"{name}: floor {floor.get(name, 0)}, sweep {sweep.get(name, 0)}" for name in names)
    raise RuntimeError(f"floor and sweep did not write the same: {told}")
